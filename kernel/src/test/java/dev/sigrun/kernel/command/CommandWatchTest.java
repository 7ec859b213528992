// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.admin.connection.TestClient;
import dev.sigrun.kernel.admin.connection.TestServer;
import dev.sigrun.kernel.measure.LoggedCommand;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Times are made by the command {@code take}, which lets so many milliseconds go by. */
final class CommandWatchTest {
    private final TestServer server = new TestServer();
    private final CommandWatch watch = server.admin().dispatcher().watch();
    private TestClient client;

    @BeforeEach
    void begin() {
        command("take", CommandFlag.FAST);
        command("slow", CommandFlag.READONLY);
        command("hidden", CommandFlag.SKIP_COMMANDLOG);
        client = server.connect();
        log(10_000);
    }

    @AfterEach
    void end() {
        server.close();
    }

    private void command(String name, CommandFlag flag) {
        server.admin()
                .registry()
                .add(
                        Registry.KERNEL,
                        CommandSpec.command(name, -2).flags(flag).build(),
                        this::take);
    }

    private void take(CommandContext context) throws CommandException {
        server.advance(context.args().longAt(1));
        context.reply().ok();
    }

    private void log(long micros) {
        watch.slow().configure(micros, 100);
        watch.configured(0);
    }

    /** What is in the log, the oldest first, each with its milliseconds in front. */
    private List<String> logged() {
        List<String> logged = new ArrayList<>();
        Iterator<LoggedCommand> entries = watch.slow().newest();
        while (entries.hasNext()) {
            LoggedCommand entry = entries.next();
            StringBuilder line = new StringBuilder().append(entry.value() / 1000);
            for (byte[] argument : entry.arguments()) {
                line.append(' ').append(new String(argument, StandardCharsets.UTF_8));
            }
            logged.addFirst(line.toString());
        }
        return logged;
    }

    @Test
    void aSlowCommandIsLoggedWithItsOwnTime() {
        client.send("slow 0", "slow 20", "slow 9", "slow 10");
        assertEquals(List.of("20 slow 20", "10 slow 10"), logged());
    }

    @Test
    void quickCommandsAreMeasuredTogetherAndAStopAmongThemIsNotMissed() {
        client.send("take 0", "take 30", "take 0", "take 1");
        assertEquals(List.of("31 take 1"), logged());
    }

    @Test
    void afterAStopEachIsMeasuredByItselfForASecond() {
        client.send("take 0", "take 30");
        client.send("take 0", "take 20", "take 1");
        assertEquals(List.of("30 take 30", "20 take 20"), logged());
        server.advance(1000);
        watch.tick(10_000_000);
        watch.slow().reset();
        client.send("take 0", "take 20", "take 1");
        assertEquals(List.of("21 take 1"), logged());
    }

    @Test
    void timesBelowAMillisecondAreMeasuredOneByOne() {
        log(999);
        client.send("take 1", "take 0", "take 2");
        assertEquals(List.of("1 take 1", "2 take 2"), logged());
    }

    @Test
    void whatMovesManyBytesIsMeasuredByItself() {
        String large = "x".repeat(5000);
        client.send("take 0", "take 9", "take 20 " + large, "take 9", "take 0");
        assertEquals(1, logged().size());
        assertTrue(logged().get(0).startsWith("29 take 20 xxx"), () -> logged().toString());
    }

    @Test
    void someCommandsAreNeverLogged() {
        client.send("hidden 50");
        assertEquals(List.of(), logged());
    }

    @Test
    void theLatencyMonitorHearsOfBothKinds() {
        server.admin().store().latency().threshold(15);
        watch.configured(0);
        client.send("slow 20", "hidden 25", "take 30", "slow 14");
        assertEquals(25, server.admin().store().latency().event("command").worstMillis());
        assertEquals(30, server.admin().store().latency().event("fast-command").worstMillis());
    }

    @Test
    void theLongestCommandIsKnown() {
        client.send("slow 5", "take 7", "slow 6");
        assertEquals("take", watch.load().longestCommand());
        assertEquals(7_000_000, watch.load().longestCommandNanos());
    }
}

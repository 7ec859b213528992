// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the command logs keep of commands. */
final class CommandLogTest {
    @RegisterExtension
    static final SigrunServer SERVER = SigrunServer.withConfig("--enable-debug-command", "yes");

    private RespClient client;

    @BeforeEach
    void begin() {
        client = SERVER.connect(3);
        client.ask("CONFIG", "SET", "slowlog-max-len", "128");
        log("0");
    }

    @AfterEach
    void end() {
        client.close();
    }

    /** Empties the log and begins to log what takes so many microseconds. */
    private void log(String micros) {
        client.ask("CONFIG", "SET", "slowlog-log-slower-than", micros);
        client.ask("SLOWLOG", "RESET");
    }

    private List<Reply> entries(String type) {
        client.ask("CONFIG", "SET", "slowlog-log-slower-than", "-1");
        return client.ask("COMMANDLOG", "GET", "-1", type).items();
    }

    /** The commands in the log, the oldest first, without those that began and ended it. */
    private List<String> commands() {
        List<String> commands = new ArrayList<>();
        for (Reply entry : entries("slow").reversed()) {
            String words =
                    String.join(
                            " ", entry.items().get(3).items().stream().map(Reply::text).toList());
            if (!words.startsWith("SLOWLOG RESET")
                    && !words.contains("slowlog-log-slower-than -1")) {
                commands.add(words);
            }
        }
        return commands;
    }

    @Test
    void anEntrySaysWhatWhenHowLongAndWho() {
        client.ask("CLIENT", "SETNAME", "me");
        log("10000");
        client.ask("DEBUG", "SLEEP", "0.03");
        client.ask("PING");
        List<Reply> entries = entries("slow");
        assertEquals(1, entries.size());
        List<Reply> entry = entries.get(0).items();
        long micros = entry.get(2).integer();
        assertTrue(micros >= 30_000 && micros < 5_000_000, () -> "micros: " + micros);
        assertEquals("*[$\"DEBUG\", $\"SLEEP\", $\"0.03\"]", entry.get(3).toString());
        assertEquals("127.0.0.1:" + client.localPort(), entry.get(4).bulk());
        assertEquals("me", entry.get(5).bulk());
    }

    @Test
    void eachCommandOfAPipelineIsLoggedByItself() {
        client.pipeline(
                List.of(
                        List.of("GET", "a"),
                        List.of("GET", "b"),
                        List.of("SET", "c", "1"),
                        List.of("GET", "d")));
        assertEquals(List.of("GET a", "GET b", "SET c 1", "GET d"), commands());
    }

    @Test
    void aLargeReplyAmongQuickCommandsIsMeasuredByItself() {
        client.ask("SET", "large", "x".repeat(1 << 20));
        client.ask("CONFIG", "SET", "commandlog-reply-larger-than", "1000000");
        client.pipeline(List.of(List.of("GET", "a"), List.of("GET", "large"), List.of("GET", "b")));
        List<Reply> entries = entries("large-reply");
        assertEquals(1, entries.size());
        assertEquals((1 << 20) + 12, entries.get(0).items().get(2).integer());
        assertEquals("*[$\"GET\", $\"large\"]", entries.get(0).items().get(3).toString());
        client.ask("COMMANDLOG", "RESET", "large-reply");
    }

    @Test
    void execIsNotLoggedButItsCommandsAre() {
        client.ask("MULTI");
        client.ask("SET", "a", "1");
        client.ask("GET", "a");
        client.ask("EXEC");
        assertEquals(List.of("MULTI", "SET a 1", "GET a"), commands());
    }

    @Test
    void aCommandThatWaitsIsLoggedWhenItIsDone() {
        try (RespClient waiter = SERVER.connect(3)) {
            waiter.send("BLPOP", "list", "0");
            awaitBlocked();
            log("0");
            client.ask("RPUSH", "list", "x");
            assertEquals("*[$\"list\", $\"x\"]", waiter.read().toString());
            assertEquals(List.of("BLPOP list 0", "RPUSH list x"), sorted(commands()));
        }
    }

    @Test
    void aCommandThatWaitedInVainIsLoggedToo() {
        try (RespClient waiter = SERVER.connect(3)) {
            waiter.send("BLPOP", "list", "0.01");
            assertTrue(waiter.read().isNull());
            assertTrue(commands().contains("BLPOP list 0.01"));
        }
    }

    @Test
    void aWaitThatIsCutShortLeavesTheOtherCommandAsItIs() {
        try (RespClient waiter = SERVER.connect(3)) {
            waiter.send("CLIENT", "ID");
            String id = waiter.read().text();
            waiter.send("BLPOP", "list", "0");
            awaitBlocked();
            log("0");
            client.ask("CLIENT", "UNBLOCK", id);
            assertTrue(waiter.read().isNull());
            assertEquals(List.of("BLPOP list 0", "CLIENT UNBLOCK " + id), sorted(commands()));
        }
    }

    private void awaitBlocked() {
        Await.until(
                "the other client waits",
                () -> client.ask("INFO", "clients").text().contains("blocked_clients:1"));
    }

    private static List<String> sorted(List<String> words) {
        return words.stream().sorted().toList();
    }

    @Test
    void manyAndLongArgumentsAreCut() {
        List<String> words = new ArrayList<>(List.of("SADD", "set"));
        for (int i = 0; i < 31; i++) {
            words.add("m" + i);
        }
        client.ask(words.toArray(String[]::new));
        client.ask("SET", "k", "x".repeat(129));
        client.ask("SET", "k", "x".repeat(128));
        List<String> commands = commands();
        assertTrue(commands.get(0).endsWith("m27 m28 ... (2 more arguments)"), commands::toString);
        assertEquals("SET k " + "x".repeat(128) + "... (1 more bytes)", commands.get(1));
        assertEquals("SET k " + "x".repeat(128), commands.get(2));
    }

    @Test
    void secretsAreNotShown() {
        client.ask("AUTH", "nobody", "secret");
        client.ask("AUTH", "secret");
        client.ask("HELLO", "3", "AUTH", "nobody", "secret", "SETNAME", "me");
        client.ask("HELLO", "3", "SETNAME", "auth", "AUTH", "nobody", "secret");
        client.ask(
                "CONFIG",
                "SET",
                "masterauth",
                "secret",
                "maxclients",
                "0",
                "RequirePass",
                "secret");
        client.ask("MIGRATE", "h", "1", "", "0", "1", "AUTH", "secret", "KEYS", "auth", "k");
        client.ask("MIGRATE", "h", "1", "k", "0", "x", "COPY", "AUTH2", "nobody", "secret");
        client.ask("MIGRATE", "h", "1", "k", "0", "x", "AUTH");
        List<String> commands = commands();
        assertTrue(
                commands.stream().noneMatch(words -> words.contains("secret")), commands::toString);
        assertEquals(
                List.of(
                        "AUTH (redacted) (redacted)",
                        "AUTH (redacted)",
                        "HELLO 3 AUTH (redacted) (redacted) SETNAME me",
                        "HELLO 3 SETNAME auth AUTH (redacted) (redacted)",
                        "CONFIG SET masterauth (redacted) maxclients 0 RequirePass (redacted)",
                        "MIGRATE h 1  0 1 AUTH (redacted) KEYS auth k",
                        "MIGRATE h 1 k 0 x COPY AUTH2 (redacted) (redacted)",
                        "MIGRATE h 1 k 0 x AUTH"),
                commands);
    }

    @Test
    void theLatencyMonitorAndTheLogSeeTheSameCommand() {
        client.ask("CONFIG", "SET", "latency-monitor-threshold", "20");
        client.ask("LATENCY", "RESET");
        client.ask("DEBUG", "SLEEP", "0.05");
        Reply latest = client.ask("LATENCY", "LATEST").items().get(0);
        assertEquals("command", latest.items().get(0).bulk());
        assertTrue(latest.items().get(2).integer() >= 50, latest::toString);
        String graph = client.ask("LATENCY", "GRAPH", "command").text();
        assertTrue(graph.startsWith("txt:command - high "), graph);
        String doctor = client.ask("LATENCY", "DOCTOR").text();
        assertTrue(doctor.contains("1. command: 1 latency spikes (average "), doctor);
        client.ask("CONFIG", "SET", "latency-monitor-threshold", "0");
        assertEquals(1, client.ask("LATENCY", "RESET").integer());
    }

    @Test
    void histogramsCountTheCallsOfSubcommandsToo() {
        client.ask("CONFIG", "RESETSTAT");
        client.ask("CLIENT", "ID");
        client.ask("CLIENT", "GETNAME");
        client.ask("CLIENT", "GETNAME");
        Reply histograms = client.ask("LATENCY", "HISTOGRAM", "client");
        assertEquals(4, histograms.items().size());
        Reply names = client.ask("LATENCY", "HISTOGRAM", "client|getname");
        assertEquals("client|getname", names.items().get(0).bulk());
        assertEquals(2, names.items().get(1).items().get(1).integer());
    }
}

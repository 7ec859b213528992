// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** While a script runs for long, the others hear so, may end it, and lose nothing. */
final class BusyScriptTest {
    private static final String BUSY =
            "-BUSY Valkey is busy running a script. You can only call SCRIPT KILL or SHUTDOWN"
                    + " NOSAVE.";

    @RegisterExtension
    static final SigrunServer SERVER = SigrunServer.withConfig("--busy-reply-threshold", "20");

    @AfterEach
    void close() {
        SERVER.flush();
        SERVER.closeClients();
    }

    private static void awaitBusy(RespClient client) {
        Await.until("the script counts as busy", () -> client.call("GET", "k").equals(BUSY));
    }

    private static void kill(RespClient client) {
        assertEquals("+OK", client.call("SCRIPT", "KILL"));
    }

    @Test
    void othersHearThatTheServerIsBusyAndCanEndTheScript() {
        RespClient runner = SERVER.connect();
        RespClient other = SERVER.connect();
        other.call("SET", "k", "v");
        runner.send("EVAL", "while true do end", "0");
        awaitBusy(other);
        assertEquals(BUSY, other.call("SET", "k", "w"));
        assertTrue(other.call("HELLO", "2").startsWith("*["));
        assertEquals(":" + other.ask("CLIENT", "ID").integer(), other.call("CLIENT", "ID"));
        kill(other);
        assertTrue(runner.read().toString().contains("Script killed by user"));
        assertEquals("$\"v\"", other.call("GET", "k"));
        assertEquals("+PONG", runner.call("PING"));
    }

    @Test
    void whatStandsBehindTheScriptInThePipelineIsNotTouchedByOthers() {
        RespClient runner = SERVER.connect();
        RespClient other = SERVER.connect();
        StringBuilder pipeline = new StringBuilder();
        pipeline.append(text("SET", "before", "b"));
        pipeline.append(text("EVAL", "while true do end", "0"));
        for (int i = 0; i < 50; i++) {
            pipeline.append(text("RPUSH", "list", "element" + i));
        }
        pipeline.append(text("LRANGE", "list", "0", "-1"));
        runner.sendRaw(pipeline.toString());
        awaitBusy(other);
        // Large requests of others come through the buffer in which the pipeline was read.
        for (int i = 0; i < 20; i++) {
            assertEquals(BUSY, other.call("SET", "k", "x".repeat(3000)));
        }
        kill(other);
        assertEquals("+OK", runner.read().toString());
        assertTrue(runner.read().isError());
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            assertEquals(":" + (i + 1), runner.read().toString());
            expected.add("$\"element" + i + "\"");
        }
        assertEquals("*[" + String.join(", ", expected) + "]", runner.read().toString());
    }

    private static String text(String... words) {
        return new String(RespClient.encode(List.of(words)), StandardCharsets.ISO_8859_1);
    }

    @Test
    void scriptThatHasWrittenCannotBeKilledAndEndsByItself() {
        RespClient runner = SERVER.connect();
        RespClient other = SERVER.connect();
        runner.send(
                "EVAL",
                "redis.call('SET', 'k', 'v') local n = 0"
                        + " for i = 1, tonumber(ARGV[1]) do n = n + i % 7 end return n",
                "0",
                "60000000");
        awaitBusy(other);
        assertTrue(other.call("SCRIPT", "KILL").startsWith("-UNKILLABLE"));
        assertTrue(runner.read().integer() > 0);
        assertEquals("$\"v\"", other.call("GET", "k"));
    }

    @Test
    void clientThatRunsTheScriptMayGo() {
        RespClient runner = SERVER.connect();
        RespClient other = SERVER.connect();
        runner.send("EVAL", "while true do end", "0");
        awaitBusy(other);
        runner.close();
        assertEquals(BUSY, other.call("GET", "k"));
        kill(other);
        Await.until("the script has ended", () -> other.call("GET", "k").equals("_"));
        assertEquals("+PONG", SERVER.connect().call("PING"));
    }

    @Test
    void clientsThatComeMeanwhileAreServed() {
        RespClient runner = SERVER.connect();
        RespClient first = SERVER.connect();
        runner.send("EVAL", "while true do end", "0");
        awaitBusy(first);
        List<RespClient> late = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            RespClient one = SERVER.connect();
            assertEquals(BUSY, one.call("GET", "k"));
            late.add(one);
        }
        late.get(0).close();
        kill(first);
        for (RespClient one : late.subList(1, late.size())) {
            assertEquals("+PONG", one.call("PING"));
        }
    }

    @Test
    void transactionThatMeetsABusyServerDoesNotRun() {
        RespClient runner = SERVER.connect();
        RespClient other = SERVER.connect();
        RespClient third = SERVER.connect();
        other.call("SET", "n", "1");
        other.call("MULTI");
        other.call("INCR", "n");
        runner.send("EVAL", "while true do end", "0");
        awaitBusy(third);
        assertTrue(other.call("EXEC").startsWith("-EXECABORT Transaction discarded because of:"));
        kill(third);
        assertTrue(runner.read().isError());
        assertEquals("$\"1\"", other.call("GET", "n"));
    }
}

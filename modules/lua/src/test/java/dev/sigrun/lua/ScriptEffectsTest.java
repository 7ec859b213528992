// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Recording;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunExtension;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a script does leaves the server as its commands, and others see all of it or nothing. */
@ExtendWith(SigrunExtension.class)
final class ScriptEffectsTest {
    @Test
    void severalCommandsReplicateAsOneBlock(SigrunServer server, RespClient client) {
        Recording recording = server.record().showingBlocks();
        client.call("EVAL", "redis.call('set','a',1) redis.call('incr','a')", "0");
        assertEquals(
                List.of("MULTI", "SET a 1", "INCR a", "EXEC"), commands(recording.takeCommands()));
    }

    @Test
    void oneCommandReplicatesAlone(SigrunServer server, RespClient client) {
        Recording recording = server.record().showingBlocks();
        client.call("EVAL", "redis.call('get','b') redis.call('set','b',1)", "0");
        assertEquals(List.of("SET b 1"), commands(recording.takeCommands()));
    }

    @Test
    void aScriptMayKeepItsEffectsHere(SigrunServer server, RespClient client) {
        Recording recording = server.record().showingBlocks();
        client.call(
                "EVAL",
                "redis.set_repl(redis.REPL_NONE) redis.call('set','c',1)"
                        + " redis.set_repl(redis.REPL_ALL) redis.call('set','d',1)",
                "0");
        assertEquals(List.of("SET d 1"), commands(recording.takeCommands()));
    }

    private static List<String> commands(List<List<String>> taken) {
        return taken.stream().map(ScriptEffectsTest::line).toList();
    }

    private static String line(List<String> words) {
        List<String> shown = new ArrayList<>(words);
        shown.set(0, shown.get(0).toUpperCase(Locale.ROOT));
        return String.join(" ", shown);
    }

    @Test
    void whoWaitsForAKeyIsServedAfterTheScript(SigrunServer server, RespClient client) {
        try (RespClient waiting = server.connect()) {
            waiting.send("BLPOP", "q", "0");
            server.awaitSession(waiting);
            client.call("EVAL", "redis.call('rpush','q','a') redis.call('rpush','q','b')", "0");
            assertEquals("*[$\"q\", $\"a\"]", waiting.read().toString());
        }
    }

    @Test
    void aWatchedKeyThatAScriptChangesEndsATransaction(SigrunServer server, RespClient client) {
        try (RespClient other = server.connect()) {
            client.call("WATCH", "w");
            other.call("EVAL", "redis.call('set','w',1)", "0");
            client.call("MULTI");
            client.call("PING");
            assertEquals("_", client.call("EXEC"));
        }
    }

    @Test
    void aScriptRunsInsideOfATransaction(SigrunServer server, RespClient client) {
        client.call("MULTI");
        client.call("EVAL", "return redis.call('incr','n')", "0");
        client.call("EVAL", "return redis.call('incr','n')", "0");
        assertEquals("*[:1, :2]", client.call("EXEC"));
    }

    @Test
    void thousandsOfScriptsLeaveOnlyTheLatestInTheCache(SigrunServer server, RespClient client) {
        client.call("SCRIPT", "FLUSH");
        String kept = client.call("SCRIPT", "LOAD", "return 'kept'").substring(2, 42);
        for (int i = 0; i < 1200; i++) {
            assertEquals(":" + i, client.call("EVAL", "return " + i, "0"));
        }
        String info = client.call("INFO", "memory");
        assertTrue(info.contains("number_of_cached_scripts:501"), info);
        assertEquals("$\"kept\"", client.call("EVALSHA", kept, "0"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.script.Scripts;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import dev.sigrun.testkit.TrayPlugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Scripts in a language that is nothing like Lua: the kernel knows none. */
final class ScriptsTest {
    private static final EchoEngine ENGINE = new EchoEngine();

    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig().plugin("echo", ENGINE).plugin("tray", new TrayPlugin());

    private RespClient client;

    @BeforeEach
    void connect() {
        client = SERVER.connect();
    }

    @AfterEach
    void forget() {
        client.call("SCRIPT", "FLUSH");
        client.call("FUNCTION", "FLUSH");
        client.call("FLUSHALL");
    }

    private String eval(String code, String... more) {
        String[] words = new String[3 + more.length];
        words[0] = "EVAL";
        words[1] = "#!echo\n" + code;
        words[2] = "" + more.length;
        System.arraycopy(more, 0, words, 3, more.length);
        return client.call(words);
    }

    @Test
    void aScriptCallsCommands() {
        assertEquals("$\"DONE :1\"", eval("TRAY.PUT $1 7\nDBSIZE", "k"));
    }

    @Test
    void theNameOfAnEngineHasNoCase() {
        assertEquals("$\"DONE +PONG\"", client.call("EVAL", "#!ECHO\nPING", "0"));
    }

    @Test
    void aLanguageThatIsNotThereIsNotFound() {
        assertEquals(
                "-ERR Could not find scripting engine 'klingon'",
                client.call("EVAL", "#!klingon\nx", "0"));
    }

    @Test
    void whatDoesNotCompileIsNotKept() {
        assertEquals("-ERR that is no script", eval("?"));
        assertTrue(client.call("INFO", "memory").contains("number_of_cached_scripts:0"));
    }

    @Test
    void refusalsSayWhatTheyAre() {
        assertTrue(eval("NOSUCH").startsWith("$\"UNKNOWN_COMMAND -ERR unknown command"));
        assertTrue(eval("TRAY.PUT").startsWith("$\"WRONG_COUNT -ERR wrong number"));
        assertTrue(eval("MULTI").startsWith("$\"NOT_ALLOWED "));
        assertTrue(
                client.call("EVAL_RO", "#!echo flags=no-writes\nTRAY.PUT a 1", "0")
                        .startsWith("$\"REFUSED -ERR Write commands are not allowed"));
    }

    @Test
    void aDatabaseThatAScriptSelectsIsItsOwn() {
        String before = client.call("DBSIZE");
        assertEquals("$\"DONE :1\"", eval("SELECT 3\nTRAY.PUT inthree 1\nDBSIZE"));
        assertEquals(before, client.call("DBSIZE"));
        client.call("SELECT", "3");
        assertEquals(":1", client.call("DBSIZE"));
    }

    @Test
    void aLibraryIsReplacedAsAWhole() {
        client.call("FUNCTION", "LOAD", "#!echo name=l\na:PING\nb:PING");
        client.call("FUNCTION", "LOAD", "REPLACE", "#!echo name=l\nb:ECHO two");
        assertEquals("-ERR Function not found", client.call("FCALL", "a", "0"));
        assertEquals("$\"DONE $3\\r\\ntwo\"", client.call("FCALL", "B", "0"));
    }

    @Test
    void aNameBelongsToOneLibrary() {
        client.call("FUNCTION", "LOAD", "#!echo name=l\na:PING");
        int before = ENGINE.released;
        assertEquals(
                "-ERR Function A already exists",
                client.call("FUNCTION", "LOAD", "#!echo name=m\nc:PING\nA:PING"));
        assertEquals(2, ENGINE.released - before);
        assertEquals("-ERR Function not found", client.call("FCALL", "c", "0"));
    }

    @Test
    void aPayloadBringsLibrariesBack() {
        client.call("FUNCTION", "LOAD", "#!echo name=l\n!a:PING");
        String payload = client.ask("FUNCTION", "DUMP").text();
        assertEquals("-ERR Library l already exists", client.call("FUNCTION", "RESTORE", payload));
        client.call("FUNCTION", "FLUSH");
        assertEquals("+OK", client.call("FUNCTION", "RESTORE", payload));
        assertEquals("$\"DONE +PONG\"", client.call("FCALL_RO", "a", "0"));
        assertEquals("+OK", client.call("FUNCTION", "RESTORE", payload, "REPLACE"));
        assertEquals("+OK", client.call("FUNCTION", "RESTORE", payload, "FLUSH"));
    }

    @Test
    void aDamagedPayloadChangesNothing() {
        client.call("FUNCTION", "LOAD", "#!echo name=l\na:PING");
        String payload = client.ask("FUNCTION", "DUMP").text();
        for (int i = 0; i < payload.length(); i++) {
            char[] damaged = payload.toCharArray();
            damaged[i] = (char) (damaged[i] ^ 0x55);
            assertEquals(
                    "-ERR DUMP payload version or checksum are wrong",
                    client.call("FUNCTION", "RESTORE", new String(damaged), "FLUSH"));
        }
        assertEquals("$\"DONE +PONG\"", client.call("FCALL", "a", "0"));
    }

    @Test
    void aBusyScriptCanBeKilledWhileItHoldsTheOwner() {
        SERVER.set("busy-reply-threshold", "1");
        SERVER.onOwner(context -> {
            Scripts scripts = context.scripts();
            scripts.busyLoop(() -> {
                try {
                    assertTrue(scripts.running().isBusy());
                    scripts.running().kill(true);
                } catch (CommandException e) {
                    throw new AssertionError(e);
                }
            });
        });
        assertEquals("-ERR killed", eval("FOREVER"));
        SERVER.set("busy-reply-threshold", "5000");
        assertEquals("-NOTBUSY No scripts in execution right now.", client.call("SCRIPT", "KILL"));
    }

    @Test
    void aScriptThatHasWrittenIsNotKilled() {
        SERVER.set("busy-reply-threshold", "1");
        int[] refusals = new int[1];
        SERVER.onOwner(context -> {
            Scripts scripts = context.scripts();
            scripts.busyLoop(() -> {
                try {
                    scripts.running().kill(true);
                } catch (CommandException e) {
                    assertEquals("UNKILLABLE", e.code());
                    refusals[0]++;
                    throw new IllegalStateException("enough of it");
                }
            });
        });
        assertTrue(eval("TRAY.PUT a 1\nFOREVER").startsWith("-ERR internal error"));
        assertEquals(1, refusals[0]);
        assertEquals(1, SERVER.takeErrors().size());
        SERVER.set("busy-reply-threshold", "5000");
    }

    @Test
    void theEngineIsListed() {
        String info = client.call("INFO", "scriptingengines");
        assertTrue(info.contains(":name=Echo"), info);
        assertTrue(client.call("FUNCTION", "STATS").contains("Echo"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code rename-command} makes of commands; the replies are those of Valkey 9.1. */
final class RenamedCommandsTest {
    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig(
                    "--rename-command PING first",
                    "--rename-command FIRST Second",
                    "--rename-command incr counted",
                    "--rename-command client people",
                    "--rename-command del \"\"");

    @Test
    void aRenamedCommandAnswersToItsLastNameInAnyCase() {
        RespClient client = SERVER.connect();
        assertEquals("+PONG", client.call("second"));
        assertEquals("+PONG", client.call("SECOND"));
        assertEquals(
                "-ERR unknown command 'PING', with args beginning with: ", client.call("PING"));
        assertEquals(
                "-ERR unknown command 'first', with args beginning with: 'x' ",
                client.call("first", "x"));
    }

    @Test
    void aRemovedCommandIsUnknown() {
        RespClient client = SERVER.connect();
        client.call("SET", "kept", "1");
        assertEquals(
                "-ERR unknown command 'DEL', with args beginning with: 'kept' ",
                client.call("DEL", "kept"));
        assertEquals("*[_]", client.call("COMMAND", "INFO", "del"));
        assertEquals(":1", client.call("EXISTS", "kept"));
    }

    @Test
    void errorsSpeakOfTheOldNameAndOfWhatWasTyped() {
        RespClient client = SERVER.connect();
        assertEquals("-ERR wrong number of arguments for 'incr' command", client.call("counted"));
        assertEquals(
                "-ERR unknown subcommand 'lost'. Try PEOPLE HELP.", client.call("people", "lost"));
    }

    @Test
    void rulesGoByTheOldName() {
        RespClient client = SERVER.connect();
        assertEquals(
                "+OK", client.call("ACL", "SETUSER", "counter", "on", "nopass", "~*", "+incr"));
        assertEquals(
                "-ERR Error in ACL SETUSER modifier '+counted': Unknown command or category name in"
                        + " ACL",
                client.call("ACL", "SETUSER", "counter", "+counted"));
        assertEquals("+OK", client.call("AUTH", "counter", "any"));
        assertEquals(":1", client.call("counted", "of-user"));
        assertEquals(
                "-NOPERM User counter has no permissions to run the 'ping' command",
                client.call("second"));
    }

    @Test
    void aTransactionTakesTheNewNameOnly() {
        RespClient client = SERVER.connect();
        assertEquals("+OK", client.call("MULTI"));
        assertEquals("+QUEUED", client.call("counted", "in-transaction"));
        assertTrue(client.call("EXEC").contains(":1"));
        assertEquals("+OK", client.call("MULTI"));
        assertTrue(client.call("incr", "in-transaction").startsWith("-ERR unknown command"));
        assertTrue(client.call("EXEC").startsWith("-EXECABORT"));
    }

    @Test
    void aStreamOfEffectsMayUseBothNames() {
        RespClient stream = SERVER.connectAsPrimary();
        assertEquals(":1", stream.call("INCR", "streamed"));
        assertEquals(":2", stream.call("counted", "streamed"));
        assertEquals("+OK", stream.call("MULTI"));
        assertEquals("+QUEUED", stream.call("DEL", "streamed"));
        assertTrue(stream.call("EXEC").contains(":1"));
    }

    @ParameterizedTest
    @CsvSource({
        "lost anything, No such command in rename-command",
        "get set, Target command name already exists",
        "config|get readable, No such command in rename-command"
    })
    void aLineThatCannotBeObeyedKeepsTheServerFromStarting(String words, String reason) {
        try (SigrunServer server = SigrunServer.withConfig("--rename-command " + words)) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, server::start);
            assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** MONITOR shows what others do, and no secrets. */
final class MonitorTest {
    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient monitor;
    private RespClient other;

    @BeforeEach
    void connect() {
        monitor = SERVER.connect();
        other = SERVER.connect();
        assertEquals("+OK", monitor.call("MONITOR"));
    }

    @AfterEach
    void close() {
        SERVER.closeClients();
    }

    private void assertShown(String command) {
        String line = monitor.read().toString();
        assertTrue(line.matches("\\+\\d+\\.\\d{6} \\[\\d+ 127\\.0\\.0\\.1:\\d+\\] .*"), line);
        assertEquals(command, line.substring(line.indexOf(']') + 2));
    }

    @Test
    void commandsAreShownWithTheirArgumentsQuoted() {
        other.call("SET", "k\n\"\\", "\u0001\u00ff");
        assertShown("\"SET\" \"k\\n\\\"\\\\\" \"\\x01\\xff\"");
        other.call("nosuch");
        other.call("GET", "k");
        assertShown("\"GET\" \"k\"");
    }

    @Test
    void transactionIsShownWhenItRuns() {
        other.call("MULTI");
        other.call("SET", "a", "1");
        other.call("INCR", "a");
        other.call("EXEC");
        assertShown("\"MULTI\"");
        assertShown("\"SET\" \"a\" \"1\"");
        assertShown("\"INCR\" \"a\"");
        assertShown("\"EXEC\"");
    }

    @Test
    void secretsAndCommandsOfAdministratorsAreNotShown() {
        other.call("AUTH", "name", "secret");
        other.call("CONFIG", "GET", "port");
        other.call("PING");
        assertShown("\"AUTH\" \"(redacted)\" \"(redacted)\"");
        assertShown("\"PING\"");
    }

    @Test
    void resetEndsIt() {
        assertEquals("+RESET", monitor.call("RESET"));
        other.call("PING");
        assertEquals("+PONG", monitor.call("PING"));
    }
}

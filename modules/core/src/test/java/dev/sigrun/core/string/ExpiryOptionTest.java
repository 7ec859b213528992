// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What SET and GETEX make of the words that say when a key expires. */
final class ExpiryOptionTest {
    private static final String SYNTAX = "-ERR syntax error";

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient client;

    @BeforeEach
    void start() {
        SERVER.flush();
        client = SERVER.connect();
        client.call("SET", "k", "v");
    }

    @Test
    void takesATimeAndItsNumber() {
        assertEquals("+OK", client.call("SET", "k", "v", "ex", "5"));
        assertEquals(":5000", client.call("PTTL", "k"));
    }

    @Test
    void takesItsOwnWordAndNoOther() {
        client.call("EXPIRE", "k", "100");
        assertEquals(SYNTAX, client.call("SET", "k", "v", "PERSIST"));
        assertEquals(SYNTAX, client.call("GETEX", "k", "KEEPTTL"));
        assertEquals("+OK", client.call("SET", "k", "w", "keepttl"));
        assertEquals(":100", client.call("TTL", "k"));
        assertEquals("$\"w\"", client.call("GETEX", "k", "persist"));
        assertEquals(":-1", client.call("TTL", "k"));
    }

    @Test
    void theLastOfTheSameKindCounts() {
        assertEquals("+OK", client.call("SET", "k", "v", "PX", "1000", "PX", "2000"));
        assertEquals(":2000", client.call("PTTL", "k"));
        assertEquals("$\"v\"", client.call("GETEX", "k", "PX", "3000", "PX", "4000"));
        assertEquals(":4000", client.call("PTTL", "k"));
    }

    @Test
    void refusesTwoKinds() {
        for (String second : new String[] {"PX", "EXAT", "PXAT"}) {
            assertEquals(SYNTAX, client.call("SET", "k", "v", "EX", "1", second, "2"));
            assertEquals(SYNTAX, client.call("GETEX", "k", "EX", "1", second, "2"));
        }
        assertEquals(SYNTAX, client.call("SET", "k", "v", "EX", "1", "KEEPTTL"));
        assertEquals(SYNTAX, client.call("SET", "k", "v", "KEEPTTL", "EX", "1"));
        assertEquals(SYNTAX, client.call("GETEX", "k", "PERSIST", "EX", "1"));
        assertEquals(":-1", client.call("TTL", "k"));
    }

    @Test
    void refusesAMissingNumber() {
        for (String kind : new String[] {"EX", "PX", "EXAT", "PXAT"}) {
            assertEquals(SYNTAX, client.call("SET", "k", "v", kind));
            assertEquals(SYNTAX, client.call("GETEX", "k", kind));
        }
    }

    @Test
    void forgetsThePreviousCommand() {
        assertEquals("+OK", client.call("SET", "k", "v", "EX", "1"));
        assertEquals("+OK", client.call("SET", "k", "v", "KEEPTTL"));
        assertEquals(SYNTAX, client.call("SET", "k", "v", "PX", "7", "nonsense"));
        assertEquals("+OK", client.call("SET", "k", "v"));
        assertEquals(":-1", client.call("TTL", "k"));
    }
}

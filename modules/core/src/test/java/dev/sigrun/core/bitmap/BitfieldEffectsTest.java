// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Recording;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What BITFIELD does to a key whose steps all fail, and for a primary. */
final class BitfieldEffectsTest {
    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient user;

    @BeforeEach
    void start() {
        SERVER.flush();
        user = SERVER.connect();
    }

    @Test
    void aStringMadeForStepsThatFailReachesReplicas() {
        Recording recording = SERVER.record();
        assertEquals("*[_]", user.call("BITFIELD k OVERFLOW FAIL INCRBY u8 8 -1".split(" ")));
        assertEquals(List.of("& BITFIELD k OVERFLOW FAIL INCRBY u8 8 -1"), recording.takeLines());
        assertEquals("$\"\\x00\\x00\"", user.call("GET", "k"));
    }

    @Test
    void stepsThatFailLeaveAStringAlone() {
        user.call("SET", "k", "abc");
        Recording recording = SERVER.record();
        assertEquals("*[_]", user.call("BITFIELD k OVERFLOW FAIL SET u8 8 256".split(" ")));
        assertEquals(List.of(), recording.takeLines());
    }

    @Test
    void theLimitOfUsersDoesNotHoldForAPrimary() {
        SERVER.set("proto-max-bulk-len", "1mb");
        RespClient primary = SERVER.connectAsPrimary();
        assertEquals(":0", primary.call("SETBIT", "k", "8388608", "1"));
        assertEquals("*[:0]", primary.call("BITFIELD", "k", "SET", "u8", "8388609", "7"));
        assertEquals(":4", user.call("BITCOUNT", "k"));
        assertEquals(
                "-ERR bit offset is not an integer or out of range",
                primary.call("SETBIT", "k", "9223372036854775807", "1"));
        SERVER.set("proto-max-bulk-len", "512mb");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.key.Access;
import dev.sigrun.testkit.Recording;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a primary or a file asks for is done as it is, and what goes there says all there is. */
final class ReplicatedWritesTest {
    private static final Bytes KEY = Bytes.constant("k");
    private static final int MEBIBYTE = 1 << 20;
    private static final String TOO_LONG =
            "-ERR string exceeds maximum allowed size (proto-max-bulk-len)";

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient user;
    private RespClient primary;

    @BeforeEach
    void start() {
        SERVER.flush();
        SERVER.onOwner(context -> context.toggles().activeExpire = false);
        user = SERVER.connect();
        primary = SERVER.connectAsPrimary();
    }

    private static long expireAtMillis() {
        int access = Access.EXPIRED_TOO | Access.NO_TOUCH | Access.NO_STATS;
        return SERVER.fromOwner(context ->
                context.dispatcher().execution().stored(0, KEY, access).expireAtMillis());
    }

    @Test
    void aTimeInThePastIsKept() {
        assertEquals("+OK", primary.call("SET", "k", "v", "PXAT", "1"));
        assertEquals(1, expireAtMillis());
        user.call("SET", "k", "v");
        assertEquals("$\"v\"", primary.call("GETEX", "k", "PXAT", "2"));
        assertEquals(2, expireAtMillis());
    }

    @Test
    void theLimitOfUsersDoesNotHold() {
        SERVER.set("proto-max-bulk-len", "1mb");
        String end = Integer.toString(MEBIBYTE);
        assertEquals(TOO_LONG, user.call("SETRANGE", "k", end, "x"));
        assertEquals(":" + (MEBIBYTE + 1), primary.call("SETRANGE", "k", end, "x"));
        assertEquals(":" + (MEBIBYTE + 2), primary.call("APPEND", "k", "x"));
        assertEquals(TOO_LONG, user.call("APPEND", "k", "x"));
        assertEquals(TOO_LONG, primary.call("SETRANGE", "k", "9223372036854775807", "x"));
        SERVER.set("proto-max-bulk-len", "512mb");
    }

    @Test
    void aRepeatedTimeReplicatesOnce() {
        Recording recording = SERVER.record();
        user.call("MSETEX", "1", "k", "v", "ex", "5", "NX", "EX", "9");
        String time = Long.toString(SigrunServer.VIRTUAL_START_MILLIS + 9_000);
        assertEquals(
                List.of(List.of("MSETEX", "1", "k", "v", "NX", "PXAT", time)),
                recording.takeCommands());
    }

    @Test
    void aComparisonWithTheWordGetReplicatesWhole() {
        user.call("SET", "k", "get");
        Recording recording = SERVER.record();
        assertEquals("$\"get\"", user.call("SET", "k", "v", "GET", "IFEQ", "get"));
        assertEquals(List.of(List.of("SET", "k", "v", "IFEQ", "get")), recording.takeCommands());
    }
}

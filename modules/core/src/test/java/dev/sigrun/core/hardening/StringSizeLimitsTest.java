// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.SigrunServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No string grows past the limit, and none grows on the way to finding that out. */
final class StringSizeLimitsTest {
    private static final String TOO_LONG =
            "-ERR string exceeds maximum allowed size (proto-max-bulk-len)";
    private static final int LIMIT = 1 << 20;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private final FrontDoor door = new FrontDoor(SERVER);

    @Test
    void aRangePastTheUsualLimitIsRefused() {
        SERVER.set("proto-max-bulk-len", "512mb");
        door.make("SET k hello");
        door.assertAllHarmless(
                TOO_LONG,
                "SETRANGE k 536870912 x",
                "SETRANGE k 536870911 xy",
                "SETRANGE k 2147483647 x",
                "SETRANGE k 4294967295 x",
                "SETRANGE k 9223372036854775807 x",
                "SETRANGE nokey 536870912 x",
                "SETRANGE nokey 9223372036854775807 x");
        door.assertAllHarmless(
                "-ERR offset is out of range",
                "SETRANGE k -1 x",
                "SETRANGE k -9223372036854775808 x",
                "SETRANGE nokey -1 x");
        door.assertHarmless(":5", "SETRANGE", "k", "9223372036854775807", "");
        door.assertHarmless(":0", "SETRANGE", "nokey", "9223372036854775807", "");
    }

    @Test
    void aStringGrowsToTheLastByteOfTheLimitAndNoFurther() {
        SERVER.set("proto-max-bulk-len", "1mb");
        door.make("SET k hello");
        assertEquals(":" + LIMIT, door.client().call("SETRANGE", "k", "" + (LIMIT - 1), "x"));
        door.assertHarmless(TOO_LONG, "SETRANGE", "k", "" + LIMIT, "x");
        door.assertHarmless(TOO_LONG, "SETRANGE", "k", "" + (LIMIT - 1), "xy");
        door.assertHarmless(TOO_LONG, "APPEND", "k", "x");
        door.assertHarmless(":" + LIMIT, "APPEND", "k", "");
        door.assertHarmless("$\"x\"", "GETRANGE", "k", "-1", "9223372036854775807");
    }

    @Test
    void manySmallStepsDoNotPassTheLimitEither() {
        SERVER.set("proto-max-bulk-len", "1mb");
        String part = "x".repeat(LIMIT / 4 - 1);
        for (int i = 1; i <= 4; i++) {
            assertEquals(":" + i * part.length(), door.client().call("APPEND", "k", part));
        }
        door.assertHarmless(TOO_LONG, "APPEND", "k", "12345");
        assertEquals(":" + LIMIT, door.client().call("APPEND", "k", "1234"));
        door.assertHarmless(TOO_LONG, "APPEND", "k", "1");
    }

    @Test
    void whatIsLongerThanALoweredLimitCanBeReadButNotWritten() {
        SERVER.set("proto-max-bulk-len", "4mb");
        door.make("SETRANGE k 3000000 x");
        SERVER.set("proto-max-bulk-len", "1mb");
        door.assertHarmless(TOO_LONG, "APPEND", "k", "x");
        door.assertHarmless(TOO_LONG, "SETRANGE", "k", "2000000", "x");
        door.assertHarmless("$\"x\"", "GETRANGE", "k", "3000000", "-1");
        assertTrue(SERVER.usedBytes() < 8 << 20);
    }
}

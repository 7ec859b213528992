// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import dev.sigrun.testkit.SigrunServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Places of bits past the longest string are refused, however they are written. */
final class BitOffsetLimitsTest {
    private static final String NO_OFFSET = "-ERR bit offset is not an integer or out of range";
    private static final String NO_TYPE =
            "-ERR Invalid bitfield type. Use something like i16 u8."
                    + " Note that u64 is not supported but i64 is.";

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private final FrontDoor door = new FrontDoor(SERVER);

    @BeforeEach
    void makeKey() {
        door.make("SET k hello");
    }

    @Test
    void aBitPastTheLongestStringIsRefused() {
        door.assertAllHarmless(
                NO_OFFSET,
                "SETBIT k 4294967296 1",
                "SETBIT k -1 1",
                "SETBIT k 9223372036854775807 1",
                "SETBIT k 18446744073709551615 1",
                "SETBIT nokey 4294967296 0",
                "GETBIT k 4294967296",
                "GETBIT k -1",
                "GETBIT nokey 4294967296");
        door.assertHarmless(":0", "GETBIT", "k", "4294967295");
        door.assertHarmless(
                "-ERR bit is not an integer or out of range", "SETBIT", "k", "4294967295", "2");
    }

    @Test
    void anIntegerPastTheLongestStringIsRefused() {
        door.assertAllHarmless(
                NO_OFFSET,
                "BITFIELD k SET u8 4294967296 1",
                "BITFIELD k SET u8 #536870912 1",
                "BITFIELD k SET u8 #1152921504606846976 1",
                "BITFIELD k SET i64 #288230376151711744 1",
                "BITFIELD k INCRBY u63 #9223372036854775807 1",
                "BITFIELD k INCRBY u63 #146402730743726600 1",
                "BITFIELD k GET u8 #-1",
                "BITFIELD k GET u8 #",
                "BITFIELD k GET u8 ##1",
                "BITFIELD nokey SET u1 4294967296 1",
                "BITFIELD_RO k GET u8 #536870912");
        door.assertHarmless("*[:0]", "BITFIELD", "k", "GET", "u8", "4294967295");
    }

    @Test
    void aFalseStepKeepsTheStepsBeforeFromBeingTaken() {
        door.assertAllHarmless(
                NO_OFFSET,
                "BITFIELD k SET u8 0 5 SET u8 4294967296 1",
                "BITFIELD k INCRBY u8 0 5 OVERFLOW FAIL GET u8 -1");
        door.assertAllHarmless(
                NO_TYPE, "BITFIELD k SET u8 0 5 SET u64 0 1", "BITFIELD k SET u8 0 5 GET i65 0");
        door.assertAllHarmless(
                "-ERR value is not an integer or out of range",
                "BITFIELD k SET u8 0 5 SET u8 8 9223372036854775808");
    }

    @Test
    void widthsThatNoIntegerHasAreRefused() {
        door.assertAllHarmless(
                NO_TYPE,
                "BITFIELD k GET u0 0",
                "BITFIELD k GET u64 0",
                "BITFIELD k GET i65 0",
                "BITFIELD k GET u-1 0",
                "BITFIELD k GET i4294967297 0",
                "BITFIELD k GET i18446744073709551617 0",
                "BITFIELD k GET u 0");
    }

    @Test
    void aLoweredLimitCountsForBitsToo() {
        SERVER.set("proto-max-bulk-len", "1mb");
        try {
            door.assertAllHarmless(
                    NO_OFFSET,
                    "SETBIT k 8388608 1",
                    "GETBIT k 8388608",
                    "BITFIELD k SET u8 #1048576 1");
            door.assertHarmless(":0", "GETBIT", "k", "8388607");
        } finally {
            SERVER.set("proto-max-bulk-len", "512mb");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.SigrunServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Counts and identifiers at the ends of their ranges, and entries that are gone when claimed. */
final class StreamCountExtremesTest {
    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private final FrontDoor door = new FrontDoor(SERVER);

    @Test
    void aCountOfClaimsHasToFitInMemory() {
        door.make("XADD k 1-1 a 1", "XGROUP CREATE k g 0");
        door.assertAllHarmless(
                "-ERR COUNT must be > 0",
                "XAUTOCLAIM k g c 0 0 COUNT 18446744073709551615",
                "XAUTOCLAIM k g c 0 0 COUNT 9223372036854775807",
                "XAUTOCLAIM k g c 0 0 COUNT 0",
                "XAUTOCLAIM k g c 0 0 COUNT -9223372036854775808",
                "XAUTOCLAIM nokey g c 0 0 COUNT -1");
    }

    @Test
    void entriesThatAreGoneWhenClaimedAreListedAndForgotten() {
        door.make(
                "XADD k 1-1 a 1",
                "XADD k 2-1 a 1",
                "XADD k 3-1 a 1",
                "XGROUP CREATE k g 0",
                "XREADGROUP GROUP g c STREAMS k >",
                "XDEL k 1-1 3-1");
        assertEquals(
                "*[$\"0-0\", *[*[$\"2-1\", *[$\"a\", $\"1\"]]], *[$\"1-1\", $\"3-1\"]]",
                door.client().run("XAUTOCLAIM k g d 0 0 COUNT 100").toString());
        assertEquals(
                "*[:1, $\"2-1\", $\"2-1\", *[*[$\"d\", $\"1\"]]]",
                door.client().run("XPENDING k g").toString());
        assertEquals("*[]", door.client().run("XCLAIM k g d 0 1-1 FORCE").toString());
    }

    @Test
    void anEntryThatIsGoneMeanwhileIsDroppedByAClaim() {
        door.make(
                "XADD k 1-1 a 1",
                "XGROUP CREATE k g 0",
                "XREADGROUP GROUP g c STREAMS k >",
                "XDEL k 1-1");
        assertEquals("*[]", door.client().run("XCLAIM k g d 0 1-1").toString());
        assertEquals("*[:0, _, _, _]", door.client().run("XPENDING k g").toString());
    }

    @Test
    void countsOfReadsAreNoClaims() {
        door.make("XADD k 1-1 a 1", "XGROUP CREATE k g 0");
        String all = "*[*[$\"1-1\", *[$\"a\", $\"1\"]]]";
        door.assertHarmless(all, "XRANGE", "k", "-", "+", "COUNT", "9223372036854775807");
        door.assertHarmless("_", "XRANGE", "k", "-", "+", "COUNT", "-9223372036854775808");
        door.assertHarmless("*[]", "XPENDING", "k", "g", "-", "+", "9223372036854775807");
        door.assertAllHarmless(
                "-ERR value is not an integer or out of range",
                "XREVRANGE k + - COUNT 18446744073709551615",
                "XREAD COUNT 9223372036854775808 STREAMS k 0",
                "XPENDING k g - + 9223372036854775808",
                "XINFO STREAM k FULL COUNT 9223372036854775808");
        door.assertAllHarmless(
                "-ERR timeout is not an integer or out of range",
                "XREAD BLOCK 9223372036854775808 STREAMS k 0");
        door.assertAllHarmless(
                "-ERR timeout is out of range", "XREAD BLOCK 9223372036854775807 STREAMS k 0");
    }

    @Test
    void nothingComesAfterTheLastIdentifier() {
        door.make("XADD k 18446744073709551615-18446744073709551615 a 1");
        door.assertAllHarmless(
                "-ERR The stream has exhausted the last possible ID, unable to add more items",
                "XADD k * a 1",
                "XADD k 18446744073709551615-18446744073709551615 a 1",
                "XADD k 18446744073709551615-* a 1");
        door.assertAllHarmless(
                "-ERR Invalid stream ID specified as stream command argument",
                "XADD k 18446744073709551616-0 a 1",
                "XADD k 1-18446744073709551616 a 1",
                "XADD k -1-1 a 1");
        door.assertAllHarmless(
                "-ERR invalid start ID for the interval",
                "XRANGE k (18446744073709551615-18446744073709551615 +");
    }

    @Test
    void numbersOfASetIdentifierThatContradictEachOtherAreRefused() {
        door.make("XADD k 5-5 a 1");
        door.assertAllHarmless(
                "-ERR value is not an integer or out of range",
                "XSETID k 9-9 ENTRIESADDED 9223372036854775808 MAXDELETEDID 1-1");
        door.assertAllHarmless(
                "-ERR entries_added must be positive",
                "XSETID k 9-9 ENTRIESADDED -9223372036854775808 MAXDELETEDID 1-1");
        door.assertAllHarmless(
                "-ERR value for ENTRIESREAD must be positive or -1",
                "XGROUP CREATE k g 0 ENTRIESREAD -9223372036854775808");
    }
}

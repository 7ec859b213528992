// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.SigrunServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ends of ranges, limits and cursors are cut to what there is, and none wraps around. */
final class RangeExtremesTest {
    private static final String ABC = "*[$\"a\", $\"b\", $\"c\"]";
    private static final String NO_INTEGER = "-ERR value is not an integer or out of range";

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private final FrontDoor door = new FrontDoor(SERVER);

    @Test
    void ofAList() {
        door.make("RPUSH k a b c");
        door.assertAllHarmless(
                ABC,
                "LRANGE k 0 9223372036854775807",
                "LRANGE k -9223372036854775808 9223372036854775807",
                "LRANGE k -4294967296 4294967296");
        door.assertAllHarmless(
                "*[]",
                "LRANGE k 9223372036854775807 -9223372036854775808",
                "LRANGE k 2147483648 4294967296");
        door.assertAllHarmless(
                "_", "LINDEX k -9223372036854775808", "LINDEX k 9223372036854775807");
        door.assertAllHarmless(
                NO_INTEGER, "LRANGE k 0 9223372036854775808", "LTRIM k -9223372036854775809 0");
        door.assertHarmless("+OK", "LTRIM", "k", "-9223372036854775808", "9223372036854775807");
        assertEquals(
                "+OK",
                door.client().run("LTRIM k 9223372036854775807 -9223372036854775808").toString());
        assertEquals(":0", door.client().call("EXISTS", "k"));
    }

    /** On Valkey the index loses its upper half, so that 4294967296 would be the first. */
    @Test
    void anIndexPastTheEndIsNotTheFirstElement() {
        door.make("RPUSH k a b c");
        door.assertAllHarmless(
                "-ERR index out of range",
                "LSET k 4294967296 x",
                "LSET k 9223372036854775807 x",
                "LSET k -9223372036854775808 x");
    }

    @Test
    void ofASort() {
        door.make("RPUSH k a b c");
        door.assertAllHarmless(
                "*[]",
                "SORT k BY nosort GET # LIMIT 2147483648 2147483648",
                "SORT k BY nosort GET # LIMIT 9223372036854775807 9223372036854775807",
                "SORT k ALPHA LIMIT 4294967296 1");
        door.assertAllHarmless(
                ABC,
                "SORT k BY nosort GET # LIMIT 0 9223372036854775807",
                "SORT k BY nosort GET # LIMIT -9223372036854775808 9223372036854775807",
                "SORT k ALPHA LIMIT 0 2147483648");
        door.assertAllHarmless(
                "*[$\"b\", $\"c\"]",
                "SORT k BY nosort GET # LIMIT 1 9223372036854775807",
                "SORT_RO k ALPHA LIMIT 1 9223372036854775807");
        door.assertAllHarmless("*[$\"a\", $\"b\"]", "SORT k ALPHA LIMIT -9223372036854775808 2");
    }

    @Test
    void ofASortedSet() {
        door.make("ZADD k 1 a 2 b 3 c");
        door.assertAllHarmless(
                ABC,
                "ZRANGE k 0 9223372036854775807",
                "ZRANGE k -9223372036854775808 9223372036854775807",
                "ZRANGEBYSCORE k -inf +inf LIMIT 0 9223372036854775807",
                "ZRANGEBYSCORE k -inf +inf LIMIT 0 -9223372036854775808");
        door.assertAllHarmless(
                "*[]",
                "ZRANGE k 9223372036854775807 -9223372036854775808",
                "ZRANGEBYSCORE k -inf +inf LIMIT 9223372036854775807 9223372036854775807",
                "ZRANGE k - + BYLEX LIMIT 9223372036854775807 1");
        door.assertAllHarmless(
                "*[$\"b\", $\"c\"]",
                "ZRANGEBYSCORE k -inf +inf LIMIT 1 9223372036854775807",
                "ZRANGE k 1 9223372036854775807");
        door.assertAllHarmless(NO_INTEGER, "ZRANGE k 0 9223372036854775808");
        door.assertAllHarmless(":0", "ZREMRANGEBYRANK k 9223372036854775807 9223372036854775807");
    }

    @Test
    void ofAString() {
        door.make("SET k hello");
        door.assertAllHarmless(
                "$\"hello\"",
                "GETRANGE k -9223372036854775808 9223372036854775807",
                "SUBSTR k -4294967296 4294967296");
        door.assertAllHarmless("$\"\"", "GETRANGE k 9223372036854775807 -9223372036854775808");
        door.assertAllHarmless(":21", "BITCOUNT k -9223372036854775808 9223372036854775807");
        door.assertAllHarmless(":0", "BITCOUNT k 9223372036854775807 -9223372036854775808 BIT");
        door.assertAllHarmless(":1", "BITPOS k 1 -9223372036854775808 9223372036854775807 BIT");
        door.assertAllHarmless(":-1", "BITPOS k 1 9223372036854775807");
    }

    @Test
    void cursorsThatNoServerGaveAreRefusedOrEndTheScan() {
        for (String key : new String[] {"SADD k a b", "HSET k a b", "ZADD k 1 a"}) {
            door.client().call("DEL", "k");
            door.make(key);
            String scan = key.charAt(0) + "SCAN";
            for (String cursor :
                    new String[] {
                        "", "x", "1x", "-", "1.5", "18446744073709551616", "9".repeat(5000)
                    }) {
                door.assertHarmless("-ERR invalid cursor", scan, "k", cursor);
                door.assertHarmless("-ERR invalid cursor", "SCAN", cursor);
            }
            door.assertAllHarmless(
                    "-ERR syntax error",
                    scan + " k 0 COUNT 0",
                    scan + " k 0 COUNT -9223372036854775808");
            door.assertAllHarmless(NO_INTEGER, scan + " k 0 COUNT 9223372036854775808");
            String last = Long.toUnsignedString(-1);
            assertEquals("0", door.client().ask(scan, "k", last).items().getFirst().bulk());
            assertEquals("0", door.client().ask("SCAN", last).items().getFirst().bulk());
            long items =
                    door.client()
                            .ask(scan, "k", "0", "COUNT", "9223372036854775807")
                            .items()
                            .getLast()
                            .items()
                            .size();
            assertEquals(2, items);
        }
    }
}

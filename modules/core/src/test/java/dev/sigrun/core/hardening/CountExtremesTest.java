// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.SigrunServer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Counts whose negation or double is no number are refused; large ones are cut to what there is.
 */
final class CountExtremesTest {
    private static final String OUT_OF_BOUNDS =
            "-ERR value is out of range, value must between"
                    + " -9223372036854775807 and 9223372036854775807";
    private static final String NEGATIVE = "-ERR value is out of range, must be positive";

    /** Valkey would answer until its memory is full. */
    private static final String ENDLESS = "-ERR value is out of range";

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private final FrontDoor door = new FrontDoor(SERVER);

    private static String members(String command, int count, String each) {
        StringBuilder line = new StringBuilder(command);
        for (int i = 0; i < count; i++) {
            line.append(each.formatted(i));
        }
        return line.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 600})
    void ofASet(int size) {
        door.make(members("SADD k", size, " m%d"));
        door.assertHarmless(OUT_OF_BOUNDS, "SRANDMEMBER", "k", "-9223372036854775808");
        door.assertAllHarmless(
                ENDLESS, "SRANDMEMBER k -9223372036854775807", "SRANDMEMBER k -16777217");
        door.assertAllHarmless(NEGATIVE, "SPOP k -1", "SPOP k -9223372036854775808");
        door.assertHarmless("*[]", "SRANDMEMBER", "nokey", "-9223372036854775807");
        assertEquals(
                size, door.client().ask("SRANDMEMBER", "k", Long.MAX_VALUE + "").items().size());
        assertEquals(size, door.client().ask("SPOP", "k", Long.MAX_VALUE + "").items().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 600})
    void ofAHash(int size) {
        door.make(members("HSET k", size, " f%d v"));
        door.assertAllHarmless(
                OUT_OF_BOUNDS,
                "HRANDFIELD k -9223372036854775808",
                "HRANDFIELD k -9223372036854775808 WITHVALUES");
        door.assertAllHarmless(
                "-ERR value is out of range",
                "HRANDFIELD k -4611686018427387905 WITHVALUES",
                "HRANDFIELD k 4611686018427387904 WITHVALUES",
                "HRANDFIELD k 9223372036854775807 WITHVALUES",
                "HRANDFIELD nokey -9223372036854775807 WITHVALUES");
        door.assertAllHarmless(
                ENDLESS, "HRANDFIELD k -9223372036854775807", "HRANDFIELD k -16777217");
        String most = "4611686018427387903";
        int pairs = door.client().ask("HRANDFIELD", "k", most, "WITHVALUES").items().size();
        assertEquals(size, pairs);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 600})
    void ofASortedSet(int size) {
        door.make(members("ZADD k", size, " 1 m%d"));
        door.assertHarmless(OUT_OF_BOUNDS, "ZRANDMEMBER", "k", "-9223372036854775808");
        door.assertAllHarmless(
                "-ERR value is out of range",
                "ZRANDMEMBER k -4611686018427387905 WITHSCORES",
                "ZRANDMEMBER k 4611686018427387904 WITHSCORES");
        door.assertAllHarmless(
                ENDLESS, "ZRANDMEMBER k -9223372036854775807", "ZRANDMEMBER k -16777217");
        door.assertAllHarmless(
                NEGATIVE, "ZPOPMIN k -1", "ZPOPMAX k -9223372036854775808", "ZPOPMIN nokey -1");
        door.assertAllHarmless(
                "-ERR count should be greater than 0",
                "ZMPOP 1 k MIN COUNT -1",
                "ZMPOP 1 k MIN COUNT 9223372036854775808",
                "BZMPOP 0 1 k MIN COUNT 0");
        door.assertAllHarmless(
                "-ERR numkeys should be greater than 0",
                "ZMPOP -9223372036854775808 k MIN",
                "ZMPOP 18446744073709551615 k MIN");
        assertEquals(size, door.client().ask("ZPOPMAX", "k", Long.MAX_VALUE + "").items().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3000})
    void ofAList(int size) {
        door.make(members("RPUSH k", size, " e%d"));
        door.assertAllHarmless(NEGATIVE, "LPOP k -1", "RPOP k -9223372036854775808", "LPOP no -1");
        door.assertAllHarmless("-ERR COUNT can't be negative", "LPOS k e COUNT -1");
        door.assertAllHarmless(
                "-ERR MAXLEN can't be negative", "LPOS k e MAXLEN -9223372036854775808");
        door.assertHarmless(OUT_OF_BOUNDS, "LPOS", "k", "e", "RANK", "-9223372036854775808");
        door.assertHarmless("_", "LPOS", "k", "e0", "RANK", "-9223372036854775807");
        door.assertHarmless(OUT_OF_BOUNDS, "LREM", "k", "-9223372036854775808", "e0");
        door.assertHarmless(":0", "LREM", "k", "-9223372036854775807", "none");
        assertEquals(size, door.client().ask("LPOP", "k", Long.MAX_VALUE + "").items().size());
    }
}

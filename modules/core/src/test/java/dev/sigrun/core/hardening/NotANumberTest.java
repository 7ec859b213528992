// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.SigrunServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is no number, and what would become none, is refused and changes nothing. */
final class NotANumberTest {
    private static final String NO_FLOAT = "-ERR value is not a valid float";
    private static final String ENDLESS = "-ERR increment would produce NaN or Infinity";

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private final FrontDoor door = new FrontDoor(SERVER);

    @Test
    void aStringIsNotIncrementedWithoutEnd() {
        door.make("SET k 1");
        door.assertAllHarmless(NO_FLOAT, "INCRBYFLOAT k nan", "INCRBYFLOAT k -nan");
        door.assertAllHarmless(
                ENDLESS, "INCRBYFLOAT k inf", "INCRBYFLOAT k -inf", "INCRBYFLOAT k Infinity");
        door.make("SET k inf");
        door.assertAllHarmless(ENDLESS, "INCRBYFLOAT k -inf", "INCRBYFLOAT k 1");
        door.make("SET k 1e4932");
        door.assertAllHarmless(ENDLESS, "INCRBYFLOAT k 1e4932");
        door.make("SET k nan");
        door.assertAllHarmless(NO_FLOAT, "INCRBYFLOAT k 1");
    }

    @Test
    void aFieldIsNotIncrementedWithoutEnd() {
        door.make("HSET k f 1 i inf n nan");
        door.assertAllHarmless(
                "-ERR value is NaN or Infinity",
                "HINCRBYFLOAT k f +inf",
                "HINCRBYFLOAT k new -inf");
        door.assertAllHarmless(NO_FLOAT, "HINCRBYFLOAT k f nan", "HINCRBYFLOAT nokey f nan");
        door.assertAllHarmless(ENDLESS, "HINCRBYFLOAT k i 1");
        door.assertAllHarmless("-ERR hash value is not a float", "HINCRBYFLOAT k n 1");
    }

    @Test
    void aScoreIsANumber() {
        door.make("ZADD k 1 a inf i -inf j");
        door.assertAllHarmless(
                NO_FLOAT,
                "ZADD k nan a",
                "ZADD k 5 b nan a",
                "ZADD k INCR nan a",
                "ZINCRBY k nan a",
                "ZINCRBY nokey nan a");
        door.assertAllHarmless(
                "-ERR resulting score is not a number (NaN)",
                "ZINCRBY k -inf i",
                "ZADD k INCR inf j",
                "ZADD k INCR -inf i");
        door.assertAllHarmless(
                "-ERR weight value is not a float",
                "ZUNIONSTORE d 1 k WEIGHTS nan",
                "ZINTERSTORE k 1 k WEIGHTS nan");
        door.assertAllHarmless(
                "-ERR min or max is not a float",
                "ZRANGEBYSCORE k nan 1",
                "ZCOUNT k (nan 1",
                "ZRANGE k 1 nan BYSCORE",
                "ZREMRANGEBYSCORE k nan nan");
    }

    @Test
    void scoresThatMeetFromBothEndsOfTheLineAddUpToZero() {
        door.make("ZADD k inf i -inf j 0 z");
        door.client().run("ZUNIONSTORE d 2 k k WEIGHTS 1 -1");
        assertEquals(
                "*[*[$\"i\", ,0], *[$\"j\", ,0], *[$\"z\", ,0]]",
                door.client().run("ZRANGE d 0 -1 WITHSCORES").toString());
        door.client().run("ZUNIONSTORE d 1 k WEIGHTS 0");
        assertEquals(
                "*[*[$\"i\", ,0], *[$\"j\", ,0], *[$\"z\", ,0]]",
                door.client().run("ZRANGE d 0 -1 WITHSCORES").toString());
    }

    @Test
    void aPlaceIsOnTheEarth() {
        door.make("GEOADD k 13 38 Palermo");
        door.assertAllHarmless(
                NO_FLOAT,
                "GEOADD k nan 1 a",
                "GEOADD k 1 1 b nan 1 a",
                "GEOSEARCH k FROMLONLAT nan 1 BYRADIUS 1 m");
        door.assertAllHarmless(
                "-ERR invalid longitude,latitude pair inf,1.000000", "GEOADD k inf 1 a");
        door.assertAllHarmless(
                "-ERR invalid longitude,latitude pair 181.000000,1.000000",
                "GEOADD k 1 1 b 181 1 a");
        door.assertAllHarmless(
                "-ERR need numeric width", "GEOSEARCH k FROMLONLAT 1 1 BYBOX nan 1 m");
    }

    @Test
    void nobodyWaitsForTimesThatAreNone() {
        door.assertAllHarmless(
                "-ERR timeout is not a float or out of range", "BZPOPMIN none nan", "BLPOP none x");
        door.assertHarmless(
                "-ERR timeout is not a float or out of range", "BLPOP", "none", "9".repeat(5000));
        door.assertAllHarmless(
                "-ERR timeout is out of range",
                "BLPOP none inf",
                "BLMPOP 1e309 1 none LEFT",
                "BZPOPMAX none 9223372036854775807");
        door.assertAllHarmless("-ERR timeout is negative", "BLMOVE none d LEFT LEFT -1");
    }
}

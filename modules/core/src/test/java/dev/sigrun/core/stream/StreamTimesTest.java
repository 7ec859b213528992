// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Recording;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where streams depend on the clock: chosen identifiers, and since when consumers have entries. */
final class StreamTimesTest {
    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient client;

    @BeforeEach
    void start() {
        SERVER.flush();
        client = SERVER.connect();
    }

    private String run(String command) {
        return client.run(command).toString();
    }

    private static long now() {
        return SERVER.clock().unixMillis();
    }

    @Test
    void aStarIsTheTimeAndReplicatesAsWhatWasChosen() {
        Recording recording = SERVER.record();
        long begin = now();
        assertEquals("$\"" + begin + "-0\"", run("XADD k * a 1"));
        assertEquals("$\"" + begin + "-1\"", run("XADD k * a 1"));
        SERVER.clock().advance(5);
        assertEquals("$\"" + (begin + 5) + "-0\"", run("XADD k MAXLEN ~ 100 * a 1"));
        assertEquals(
                List.of(
                        List.of("XADD", "k", begin + "-0", "a", "1"),
                        List.of("XADD", "k", begin + "-1", "a", "1"),
                        List.of("XADD", "k", "MAXLEN", "=", "3", begin + 5 + "-0", "a", "1")),
                recording.takeCommands());
    }

    @Test
    void identifiersRiseAlsoWhenTheClockGoesBack() {
        long ahead = now() + 1000;
        run("XADD k " + ahead + "-7 a 1");
        assertEquals("$\"" + ahead + "-8\"", run("XADD k * a 1"));
        run("XADD k " + ahead + "-18446744073709551615 a 1");
        assertEquals("$\"" + (ahead + 1) + "-0\"", run("XADD k * a 1"));
        SERVER.clock().advance(1001);
        assertEquals("$\"" + (ahead + 1) + "-1\"", run("XADD k * a 1"));
    }

    @Test
    void aCutByIdentifierReplicatesAsTheFirstEntryThatItLeft() {
        run("XADD k 1-1 a 1");
        run("XADD k 2-1 a 1");
        Recording recording = SERVER.record();
        run("XADD k MINID ~ 2 3-1 a 1");
        SERVER.set("stream-node-max-entries", "3");
        run("XADD k 4-1 a 1");
        assertEquals(":3", run("XTRIM k MINID ~ 4 LIMIT 1000"));
        SERVER.set("stream-node-max-entries", "100");
        assertEquals(
                List.of(
                        List.of("XADD", "k", "MINID", "=", "1-1", "3-1", "a", "1"),
                        List.of("XADD", "k", "4-1", "a", "1"),
                        List.of("XTRIM", "k", "MINID", "=", "4-1", "LIMIT", "1000")),
                recording.takeCommands());
    }

    @Test
    void consumersAreSeenWhenTheyAskAndActiveWhenTheyGet() {
        run("XGROUP CREATE k g 0 MKSTREAM");
        long begin = now();
        run("XREADGROUP GROUP g c STREAMS k >");
        SERVER.clock().advance(10);
        assertEquals(
                "*[*[$\"name\", $\"c\", $\"pending\", :0, $\"idle\", :10, $\"inactive\", :-1]]",
                run("XINFO CONSUMERS k g"));
        run("XADD k 1-1 a 1");
        run("XREADGROUP GROUP g c STREAMS k >");
        SERVER.clock().advance(10);
        run("XREADGROUP GROUP g c STREAMS k >");
        SERVER.clock().advance(10);
        assertEquals(
                "*[*[$\"name\", $\"c\", $\"pending\", :1, $\"idle\", :10, $\"inactive\", :20]]",
                run("XINFO CONSUMERS k g"));
        assertEquals(
                "*[*[$\"name\", $\"c\", $\"seen-time\", :"
                        + (begin + 20)
                        + ", $\"active-time\", :"
                        + (begin + 10)
                        + ", $\"pel-count\", :1, $\"pending\", *[*[$\"1-1\", :"
                        + (begin + 10)
                        + ", :1]]]]",
                client.run("XINFO STREAM k FULL")
                        .items()
                        .getLast()
                        .items()
                        .getFirst()
                        .items()
                        .getLast()
                        .toString());
        assertEquals("*[*[$\"1-1\", $\"c\", :20, :1]]", run("XPENDING k g IDLE 20 - + 9"));
        assertEquals("*[]", run("XPENDING k g IDLE 21 - + 9"));
    }

    @Test
    void onlyWhatNobodyHasLookedAtForLongIsClaimed() {
        run("XGROUP CREATE k g 0 MKSTREAM");
        run("XADD k 1-1 a 1");
        run("XADD k 1-2 a 1");
        run("XREADGROUP GROUP g c COUNT 1 STREAMS k >");
        SERVER.clock().advance(50);
        run("XREADGROUP GROUP g c COUNT 1 STREAMS k >");
        SERVER.clock().advance(50);
        assertEquals("*[]", run("XCLAIM k g d 101 1-1 1-2 JUSTID"));
        assertEquals("*[$\"1-1\"]", run("XCLAIM k g d 100 1-1 1-2 JUSTID"));
        assertEquals("*[$\"0-0\", *[], *[]]", run("XAUTOCLAIM k g e 51 0 JUSTID"), "too recently");
        assertEquals("*[$\"0-0\", *[$\"1-2\"], *[]]", run("XAUTOCLAIM k g e 50 0 JUSTID"));
        SERVER.clock().advance(5);
        assertEquals("*[$\"1-1\"]", run("XCLAIM k g e 0 1-1 IDLE 1000 JUSTID"));
        assertEquals(
                "*[*[$\"1-1\", $\"e\", :1000, :1], *[$\"1-2\", $\"e\", :5, :1]]",
                run("XPENDING k g - + 9"));
    }

    @Test
    void readingAgainCountsAsADeliveryThatNobodyElseHearsOf() {
        run("XGROUP CREATE k g 0 MKSTREAM");
        run("XADD k 1-1 a 1");
        run("XREADGROUP GROUP g c STREAMS k >");
        SERVER.clock().advance(50);
        Recording recording = SERVER.record();
        run("XREADGROUP GROUP g c STREAMS k 0");
        assertEquals("*[*[$\"1-1\", $\"c\", :0, :2]]", run("XPENDING k g - + 9"));
        assertEquals(List.of(), recording.takeCommands());
    }
}

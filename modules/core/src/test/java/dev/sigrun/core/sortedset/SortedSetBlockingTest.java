// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.Recording;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** BZPOPMIN, BZPOPMAX and BZMPOP wait until there is something. */
final class SortedSetBlockingTest {
    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient feeder;

    @BeforeEach
    void start() {
        SERVER.flush();
        feeder = SERVER.connect(3);
    }

    private static long blocked() {
        return SERVER.fromOwner(context -> context.sessions().blocked());
    }

    private static RespClient wait(String... words) {
        RespClient client = SERVER.connect(3);
        long before = blocked();
        client.send(words);
        Await.until("one client more is blocked", () -> blocked() == before + 1);
        return client;
    }

    @Test
    void whoCameFirstIsServedFirst() {
        RespClient min = wait("BZPOPMIN", "a", "k", "0");
        RespClient max = wait("BZPOPMAX", "k", "0");
        RespClient some = wait("BZMPOP", "0", "2", "b", "k", "MIN", "COUNT", "2");
        Recording recording = SERVER.record();
        assertEquals(
                ":5", feeder.call("ZADD", "k", "1", "a", "2", "b", "3", "c", "4", "d", "5", "e"));
        assertEquals("*[$\"k\", $\"a\", ,1]", min.read().toString());
        assertEquals("*[$\"k\", $\"e\", ,5]", max.read().toString());
        assertEquals("*[$\"k\", *[*[$\"b\", ,2], *[$\"c\", ,3]]]", some.read().toString());
        assertEquals("*[$\"d\"]", feeder.call("ZRANGE", "k", "0", "-1"));
        assertEquals(
                List.of("zadd k", "zpopmin k", "zpopmax k", "zpopmin k"), recording.takeEvents());
        assertEquals(
                List.of(
                        List.of("ZPOPMIN", "k"),
                        List.of("ZPOPMAX", "k"),
                        List.of("ZPOPMIN", "k", "2")),
                recording.takeCommands().subList(1, 4));
    }

    @Test
    void whatEmptiesTheKeyLeavesTheOthersWaiting() {
        RespClient one = wait("BZPOPMIN", "k", "0");
        RespClient two = wait("BZPOPMIN", "k", "0");
        feeder.call("ZADD", "k", "1", "a");
        assertEquals("*[$\"k\", $\"a\", ,1]", one.read().toString());
        assertEquals(":0", feeder.call("EXISTS", "k"));
        assertEquals(1, blocked());
        feeder.call("ZUNIONSTORE", "k", "1", "nothing");
        assertEquals(1, blocked());
        feeder.call("ZADD", "source", "7", "b");
        feeder.call("ZUNIONSTORE", "k", "1", "source");
        assertEquals("*[$\"k\", $\"b\", ,7]", two.read().toString());
    }

    @Test
    void aWaitThatTakesTooLongIsInVain() {
        RespClient one = wait("BZPOPMAX", "k", "l", "1.5");
        RespClient many = wait("BZMPOP", "2", "1", "k", "MAX");
        SERVER.clock().advance(1600);
        assertEquals("_", one.read().toString());
        SERVER.clock().advance(500);
        assertEquals("_", many.read().toString());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import dev.sigrun.testkit.TrayPlugin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients wait for keys, and are served in the order in which they came. */
final class KeyWaitsTest {
    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig().plugin("tray", new TrayPlugin()).virtualClock();

    private static final Waiters WAITERS = new Waiters(SERVER);

    @AfterEach
    void nobodyWaitsAnyLonger() {
        WAITERS.assertNone();
    }

    @Test
    void whoCameFirstIsServedFirst() {
        RespClient one = WAITERS.begin("TRAY.TAKE", "k", "0");
        RespClient two = WAITERS.begin("TRAY.TAKE", "other", "k", "0");
        RespClient three = WAITERS.begin("TRAY.TAKE", "k", "0");
        RespClient feeder = SERVER.connect();
        assertEquals(":1", feeder.call("TRAY.PUT", "k", "a"));
        assertEquals("*[$\"k\", $\"a\"]", Waiters.read(one));
        WAITERS.await(2);
        assertEquals(":3", feeder.call("TRAY.PUT", "k", "b", "c", "d"));
        assertEquals("*[$\"k\", $\"b\"]", Waiters.read(two));
        assertEquals("*[$\"k\", $\"c\"]", Waiters.read(three));
        WAITERS.await(0);
        assertEquals("*[$\"k\", $\"d\"]", feeder.call("TRAY.TAKE", "k", "0"));
    }

    @Test
    void theyAreServedBetweenTwoCommandsOfABatch() {
        RespClient waiter = WAITERS.begin("TRAY.TAKE", "k", "0");
        RespClient feeder = SERVER.connect();
        List<Reply> replies =
                feeder.pipeline(
                        List.of(
                                List.of("TRAY.PUT", "k", "a"),
                                List.of("EXISTS", "k"),
                                List.of("TRAY.PUT", "k", "b"),
                                List.of("EXISTS", "k")));
        assertEquals("[:1, :0, :1, :1]", replies.toString());
        assertEquals("*[$\"k\", $\"a\"]", Waiters.read(waiter));
    }

    @Test
    void anotherTypeIsNotWaitedFor() {
        RespClient waiter = WAITERS.begin("TRAY.TAKE", "k", "0");
        RespClient feeder = SERVER.connect();
        assertEquals("+OK", feeder.call("SET", "k", "v"));
        assertEquals(1, WAITERS.count());
        feeder.call("DEL", "k");
        feeder.call("TRAY.PUT", "k", "a");
        assertEquals("*[$\"k\", $\"a\"]", Waiters.read(waiter));
    }

    @Test
    void theWholeCommandRunsAgainAndMayFail() {
        RespClient waiter = WAITERS.begin("TRAY.TAKE", "wrong", "k", "0");
        RespClient feeder = SERVER.connect();
        feeder.call("SET", "wrong", "v");
        feeder.call("TRAY.PUT", "k", "a");
        assertEquals(
                "-WRONGTYPE Operation against a key holding the wrong kind of value",
                Waiters.read(waiter));
        assertEquals(":1", feeder.call("EXISTS", "k"));
    }

    @Test
    void whoWaitsOnKeepsItsPlaceAndItsDeadline() {
        RespClient picky = WAITERS.begin("TRAY.PICK", "k", "2", "100");
        RespClient second = WAITERS.begin("TRAY.TAKE", "k", "0");
        RespClient feeder = SERVER.connect();
        feeder.call("TRAY.PUT", "k", "a");
        assertEquals("*[$\"k\", $\"a\"]", Waiters.read(second));
        RespClient third = WAITERS.begin("TRAY.TAKE", "k", "0");
        feeder.call("TRAY.PUT", "k", "b", "c");
        assertEquals("$\"b\"", Waiters.read(picky));
        assertEquals("*[$\"k\", $\"c\"]", Waiters.read(third));

        WAITERS.begin(picky, "TRAY.PICK", "k", "5", "100");
        SERVER.clock().advance(60);
        feeder.call("TRAY.PUT", "k", "d");
        WAITERS.await(1);
        SERVER.clock().advance(40);
        assertEquals("_", Waiters.read(picky));
    }

    @Test
    void servingOneMayServeTheNext() {
        RespClient last = WAITERS.begin("TRAY.TAKE", "d", "0");
        RespClient third = WAITERS.begin("TRAY.MOVE", "c", "d", "0");
        RespClient second = WAITERS.begin("TRAY.MOVE", "b", "c", "0");
        RespClient first = WAITERS.begin("TRAY.MOVE", "a", "b", "0");
        RespClient feeder = SERVER.connect();
        assertEquals(
                "[:1, :0]",
                feeder.pipeline(
                                List.of(
                                        List.of("TRAY.PUT", "a", "x"),
                                        List.of("EXISTS", "a", "b", "c", "d")))
                        .toString());
        assertEquals("$\"x\"", Waiters.read(first));
        assertEquals("$\"x\"", Waiters.read(second));
        assertEquals("$\"x\"", Waiters.read(third));
        assertEquals("*[$\"d\", $\"x\"]", Waiters.read(last));
    }

    @Test
    void aCircleEndsWithThoseWhoWait() {
        RespClient there = WAITERS.begin("TRAY.MOVE", "a", "b", "0");
        RespClient back = WAITERS.begin("TRAY.MOVE", "b", "a", "0");
        RespClient round = WAITERS.begin("TRAY.MOVE", "a", "a", "0");
        RespClient feeder = SERVER.connect();
        feeder.call("TRAY.PUT", "a", "x");
        assertEquals("$\"x\"", Waiters.read(there));
        assertEquals("$\"x\"", Waiters.read(back));
        assertEquals("$\"x\"", Waiters.read(round));
        assertEquals("*[$\"a\", $\"x\"]", feeder.call("TRAY.TAKE", "a", "b", "0"));
    }

    @Test
    void manyClientsWaitForOneKey() {
        int count = 300;
        List<RespClient> waiters = new ArrayList<>();
        List<String> put = new ArrayList<>(List.of("TRAY.PUT", "k"));
        for (int i = 0; i < count; i++) {
            RespClient waiter = SERVER.connect();
            waiters.add(waiter);
            WAITERS.begin(waiter, "TRAY.TAKE", "k", i % 2 == 0 ? "0" : "60000");
            put.add("item" + i);
        }
        RespClient feeder = SERVER.connect();
        assertEquals(":" + count, feeder.ask(put.toArray(String[]::new)).toString());
        for (int i = 0; i < count; i++) {
            assertEquals("*[$\"k\", $\"item" + i + "\"]", Waiters.read(waiters.get(i)));
        }
        WAITERS.await(0);
    }

    @Test
    void everyClientIsAnsweredInItsOwnProtocol() {
        RespClient three = SERVER.connect(3);
        RespClient two = SERVER.connect();
        WAITERS.begin(two, "TRAY.TOTAL", "k", "1", "0");
        WAITERS.begin(three, "TRAY.TOTAL", "k", "1", "0");
        RespClient feeder = SERVER.connect(3);
        assertEquals(
                "[:1, %{$\"total\":,1}]".replace(",1", ":1"),
                feeder.pipeline(
                                List.of(
                                        List.of("TRAY.PUT", "k", "a"),
                                        List.of("TRAY.TOTAL", "k", "1", "0")))
                        .toString());
        assertEquals("%{$\"total\"::1}", Waiters.read(three));
        assertEquals("*[$\"total\", :1]", Waiters.read(two));
    }

    @Test
    void aKeyIsWaitedForInItsDatabase() {
        RespClient waiter = SERVER.connect();
        waiter.call("SELECT", "1");
        WAITERS.begin(waiter, "TRAY.TAKE", "k", "0");
        RespClient feeder = SERVER.connect();
        feeder.call("TRAY.PUT", "k", "a");
        assertEquals(1, WAITERS.count());
        assertEquals(":1", feeder.call("MOVE", "k", "1"));
        assertEquals("*[$\"k\", $\"a\"]", Waiters.read(waiter));
        WAITERS.begin(waiter, "TRAY.TAKE", "k", "0");
        feeder.call("TRAY.PUT", "k", "b");
        assertEquals("+OK", feeder.call("SWAPDB", "0", "1"));
        assertEquals("*[$\"k\", $\"b\"]", Waiters.read(waiter));
    }

    @Test
    void howeverAKeyComesIntoBeing() {
        RespClient waiter = SERVER.connect();
        RespClient feeder = SERVER.connect();
        WAITERS.begin(waiter, "TRAY.TAKE", "k", "0");
        feeder.call("TRAY.PUT", "other", "a");
        assertEquals("+OK", feeder.call("RENAME", "other", "k"));
        assertEquals("*[$\"k\", $\"a\"]", Waiters.read(waiter));
        WAITERS.begin(waiter, "TRAY.TAKE", "k", "0");
        feeder.call("TRAY.PUT", "other", "b");
        assertEquals(":1", feeder.call("COPY", "other", "k"));
        assertEquals("*[$\"k\", $\"b\"]", Waiters.read(waiter));
        WAITERS.begin(waiter, "TRAY.TAKE", "k", "0");
        String payload = feeder.ask("DUMP", "other").bulk();
        assertEquals("+OK", feeder.call("RESTORE", "k", "0", payload));
        assertEquals("*[$\"k\", $\"b\"]", Waiters.read(waiter));
    }

    @Test
    void anArgumentMayBeReplacedWhenTheWaitBegins() {
        RespClient waiter = SERVER.connect();
        RespClient feeder = SERVER.connect();
        feeder.call("TRAY.PUT", "k", "a");
        WAITERS.begin(waiter, "TRAY.NEXT", "k", "$", "0");
        feeder.call("TRAY.PUT", "k", "b");
        assertEquals(":2", Waiters.read(waiter));
    }

    @Test
    void aClientThatWantsNoRepliesGetsNone() {
        RespClient waiter = SERVER.connect();
        RespClient feeder = SERVER.connect();
        waiter.send("CLIENT", "REPLY", "SKIP");
        WAITERS.begin(waiter, "TRAY.TAKE", "k", "0");
        feeder.call("TRAY.PUT", "k", "a");
        assertEquals("+PONG", waiter.call("PING"));
        waiter.send("CLIENT", "REPLY", "OFF");
        WAITERS.begin(waiter, "TRAY.PICK", "k", "2", "1000");
        feeder.call("TRAY.PUT", "k", "b");
        SERVER.clock().advance(1000);
        WAITERS.await(0);
        WAITERS.begin(waiter, "TRAY.PICK", "k", "2", "1000");
        feeder.call("TRAY.PUT", "k", "c");
        assertEquals("+OK", waiter.call("CLIENT", "REPLY", "ON"));
        assertEquals("*[$\"k\", $\"c\"]", waiter.call("TRAY.TAKE", "k", "0"));
    }
}

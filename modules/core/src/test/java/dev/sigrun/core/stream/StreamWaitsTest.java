// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.Recording;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands that wait for an entry of a stream. */
final class StreamWaitsTest {
    private static final String NO_GROUP =
            "-NOGROUP No such key 'k' or consumer group 'g' in XREADGROUP with GROUP option";

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient feeder;

    @BeforeEach
    void start() {
        SERVER.flush();
        feeder = SERVER.connect();
    }

    @AfterEach
    void end() {
        SERVER.closeClients();
        await(0);
    }

    private static void await(long count) {
        Await.until(
                count + " clients that wait",
                () -> SERVER.fromOwner(context -> context.sessions().blocked()) == count);
    }

    private static RespClient begin(int waiting, String command) {
        return begin(waiting, SERVER.connect(), command);
    }

    private static RespClient begin(int waiting, RespClient client, String command) {
        client.send(command.split(" "));
        await(waiting);
        return client;
    }

    private static String read(RespClient client) {
        return client.read().toString();
    }

    @Test
    void everyoneWhoWaitsReadsTheSameEntries() {
        RespClient one = begin(1, "XREAD BLOCK 0 STREAMS k 0");
        RespClient two = begin(2, "XREAD BLOCK 0 COUNT 1 STREAMS j k 0 0");
        RespClient three = begin(3, "XREAD BLOCK 0 STREAMS k 5");
        feeder.run("XADD k 1-1 a 1");
        assertEquals("*[*[$\"k\", *[*[$\"1-1\", *[$\"a\", $\"1\"]]]]]", read(one));
        assertEquals("*[*[$\"k\", *[*[$\"1-1\", *[$\"a\", $\"1\"]]]]]", read(two));
        await(1);
        feeder.run("XADD k 5-0 a 2");
        await(1);
        feeder.run("XADD k 5-1 a 3");
        assertEquals("*[*[$\"k\", *[*[$\"5-1\", *[$\"a\", $\"3\"]]]]]", read(three));
    }

    @Test
    void theEndOfAStreamIsThatOfTheBeginningOfTheWait() {
        feeder.run("XADD k 3-3 a 1");
        RespClient waiter = begin(1, "XREAD BLOCK 0 STREAMS nothing k $ $");
        feeder.run("XDEL k 3-3");
        await(1);
        feeder.pipeline(
                List.of(
                        List.of("XADD", "k", "3-4", "a", "2"),
                        List.of("XADD", "k", "3-5", "a", "3")));
        assertEquals("*[*[$\"k\", *[*[$\"3-4\", *[$\"a\", $\"2\"]]]]]", read(waiter));
        RespClient other = begin(1, "XREAD BLOCK 0 STREAMS nothing k $ $");
        feeder.run("XADD nothing 0-1 a 1");
        assertEquals("*[*[$\"nothing\", *[*[$\"0-1\", *[$\"a\", $\"1\"]]]]]", read(other));
    }

    @Test
    void theLastEntryIsWaitedForWhereThereIsNone() {
        feeder.run("XADD k 1-1 a 1");
        feeder.run("XDEL k 1-1");
        RespClient waiter = begin(1, "XREAD BLOCK 0 STREAMS k +");
        feeder.run("XADD k 1-2 a 2");
        assertEquals("*[*[$\"k\", *[*[$\"1-2\", *[$\"a\", $\"2\"]]]]]", read(waiter));
    }

    @Test
    void theNewerProtocolGetsAMap() {
        RespClient waiter = begin(1, SERVER.connect(3), "XREAD BLOCK 0 STREAMS k $");
        feeder.run("XADD k 1-1 a 1");
        assertEquals("%{$\"k\":*[*[$\"1-1\", *[$\"a\", $\"1\"]]]}", read(waiter));
    }

    @Test
    void aWaitInVainEndsWithANullArray() {
        feeder.run("XGROUP CREATE k g $ MKSTREAM");
        for (String command :
                List.of(
                        "XREAD BLOCK 50 STREAMS k $",
                        "XREADGROUP GROUP g c BLOCK 50 STREAMS k >")) {
            RespClient waiter = begin(1, command);
            SERVER.clock().advance(49);
            feeder.call("PING");
            await(1);
            SERVER.clock().advance(2);
            assertEquals("_", read(waiter));
        }
    }

    @Test
    void anEntryGoesToTheConsumerThatCameFirst() {
        feeder.run("XGROUP CREATE k g $ MKSTREAM");
        RespClient first = begin(1, "XREADGROUP GROUP g a BLOCK 0 STREAMS k >");
        RespClient second = begin(2, "XREADGROUP GROUP g b BLOCK 0 COUNT 1 STREAMS k >");
        feeder.run("XADD k 1-1 a 1");
        assertEquals("*[*[$\"k\", *[*[$\"1-1\", *[$\"a\", $\"1\"]]]]]", read(first));
        await(1);
        feeder.run("XADD k 1-2 a 2");
        assertEquals("*[*[$\"k\", *[*[$\"1-2\", *[$\"a\", $\"2\"]]]]]", read(second));
        assertEquals(
                "*[:2, $\"1-1\", $\"1-2\", *[*[$\"a\", $\"1\"], *[$\"b\", $\"1\"]]]",
                feeder.call("XPENDING", "k", "g"));
    }

    @Test
    void whatServesAConsumerReplicatesAsAClaim() {
        feeder.run("XGROUP CREATE k g $ MKSTREAM");
        Recording recording = SERVER.record();
        begin(1, "XREADGROUP GROUP g a BLOCK 0 STREAMS k >");
        begin(2, "XREADGROUP GROUP g b BLOCK 0 NOACK STREAMS k >");
        feeder.run("XADD k 1-1 a 1");
        feeder.run("XADD k 1-2 a 2");
        await(0);
        assertEquals(
                List.of(
                        "@ xgroup-createconsumer k",
                        "@ xgroup-createconsumer k",
                        "@ xadd k",
                        "@ xadd k",
                        "& XGROUP CREATECONSUMER k g b",
                        "& XADD k 1-1 a 1",
                        "& XCLAIM k g a 0 1-1 TIME now+0 RETRYCOUNT 1 FORCE JUSTID LASTID 1-1",
                        "& XGROUP SETID k g 1-1 ENTRIESREAD 1",
                        "& XADD k 1-2 a 2",
                        "& XGROUP SETID k g 1-2 ENTRIESREAD 2"),
                recording.takeLines());
    }

    @Test
    void aGroupThatGoesEndsTheWait() {
        List<String> endings = List.of("XGROUP DESTROY k g", "DEL k", "RENAME k l", "FLUSHALL");
        for (String ending : endings) {
            feeder.call("FLUSHALL");
            feeder.run("XGROUP CREATE k g $ MKSTREAM");
            RespClient waiter = begin(1, "XREADGROUP GROUP g c BLOCK 0 STREAMS k >");
            feeder.run(ending);
            assertEquals(NO_GROUP, read(waiter), ending);
        }
        feeder.run("XGROUP CREATE k g $ MKSTREAM");
        RespClient waiter = begin(1, "XREADGROUP GROUP g c BLOCK 0 STREAMS k >");
        feeder.run("SET k v");
        assertEquals(
                "-WRONGTYPE Operation against a key holding the wrong kind of value", read(waiter));
    }

    @Test
    void aReaderWaitsOnWhenItsStreamGoes() {
        feeder.run("XADD k 9-9 a 1");
        RespClient waiter = begin(1, "XREAD BLOCK 0 STREAMS k $");
        feeder.run("DEL k");
        feeder.run("SET k v");
        feeder.run("DEL k");
        feeder.run("XADD k 1-1 a 1");
        await(1);
        feeder.run("XADD k 9-10 a 1");
        assertEquals("*[*[$\"k\", *[*[$\"9-10\", *[$\"a\", $\"1\"]]]]]", read(waiter));
    }

    @Test
    void aRestoredStreamServesThoseWhoWait() {
        feeder.run("XADD other 1-1 a 1");
        final String payload = feeder.ask("DUMP", "other").bulk();
        RespClient waiter = begin(1, "XREAD BLOCK 0 STREAMS k 0");
        feeder.call("RESTORE", "k", "0", payload);
        assertEquals("*[*[$\"k\", *[*[$\"1-1\", *[$\"a\", $\"1\"]]]]]", read(waiter));
    }

    @Test
    void anErrorComesAtOnceWhetherThereIsSomethingToReadOrNot() {
        assertEquals(
                "-ERR timeout is negative",
                feeder.call("XREAD", "BLOCK", "-1", "STREAMS", "k", "$"));
        assertEquals(
                NO_GROUP,
                feeder.call("XREADGROUP", "GROUP", "g", "c", "BLOCK", "0", "STREAMS", "k", ">"));
        assertEquals(
                "-ERR timeout is out of range",
                feeder.call("XREAD", "BLOCK", "9223372036854775807", "STREAMS", "k", "$"));
    }
}

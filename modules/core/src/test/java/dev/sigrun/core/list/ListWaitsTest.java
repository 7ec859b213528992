// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

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

/** The commands that wait for an element of a list. */
final class ListWaitsTest {
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

    private static RespClient begin(int waiting, String... command) {
        RespClient client = SERVER.connect();
        client.send(command);
        await(waiting);
        return client;
    }

    @Test
    void thePopsWaitForTheFirstKeyThatHasSomething() {
        RespClient left = begin(1, "BLPOP", "k", "l", "0");
        RespClient right = begin(2, "BRPOP", "k", "l", "0");
        assertEquals(":3", feeder.call("RPUSH", "l", "a", "b", "c"));
        assertEquals("*[$\"l\", $\"a\"]", left.read().toString());
        assertEquals("*[$\"l\", $\"c\"]", right.read().toString());
        assertEquals("*[$\"b\"]", feeder.call("LRANGE", "l", "0", "-1"));
    }

    @Test
    void theMovesWaitForTheirSource() {
        RespClient first = begin(1, "BLMOVE", "k", "l", "LEFT", "RIGHT", "0");
        RespClient second = begin(2, "BRPOPLPUSH", "l", "m", "0");
        RespClient third = begin(3, "BLMPOP", "0", "1", "m", "LEFT", "COUNT", "2");
        feeder.call("RPUSH", "k", "a", "b");
        assertEquals("$\"a\"", first.read().toString());
        assertEquals("$\"a\"", second.read().toString());
        assertEquals("*[$\"m\", *[$\"a\"]]", third.read().toString());
        assertEquals("*[$\"b\"]", feeder.call("LRANGE", "k", "0", "-1"));
    }

    @Test
    void whatServesThemReplicatesAsWhatItDid() {
        begin(1, "BLPOP", "k", "0");
        begin(2, "BLMOVE", "k", "l", "RIGHT", "LEFT", "0");
        begin(3, "BRPOPLPUSH", "k", "l", "0");
        begin(4, "BLMPOP", "0", "2", "nothing", "k", "RIGHT", "COUNT", "9");
        Recording recording = SERVER.record();
        feeder.call("RPUSH", "k", "1", "2", "3", "4", "5");
        await(0);
        assertEquals(
                List.of(
                        List.of("RPUSH", "k", "1", "2", "3", "4", "5"),
                        List.of("LPOP", "k"),
                        List.of("LMOVE", "k", "l", "RIGHT", "LEFT"),
                        List.of("RPOPLPUSH", "k", "l"),
                        List.of("RPOP", "k", "2")),
                recording.takeCommands());
    }

    @Test
    void aWaitInVainEndsWithANullArray() {
        for (List<String> command :
                List.of(
                        List.of("BLPOP", "k", "l", "0.05"),
                        List.of("BRPOP", "k", "0.05"),
                        List.of("BLMPOP", "0.05", "1", "k", "LEFT"),
                        List.of("BLMOVE", "k", "l", "LEFT", "LEFT", "0.05"),
                        List.of("BRPOPLPUSH", "k", "l", "0.05"))) {
            RespClient waiter = begin(1, command.toArray(String[]::new));
            SERVER.clock().advance(49);
            assertEquals("+PONG", feeder.call("PING"));
            await(1);
            SERVER.clock().advance(2);
            assertEquals("_", waiter.read().toString());
            await(0);
        }
    }

    @Test
    void theTimeIsReadAsANumberThatIsWiderThanADouble() {
        for (String millis : List.of("0x1p-9", "+0X.008", "1e-400")) {
            RespClient waiter = begin(1, "BLPOP", "k", millis);
            SERVER.clock().advance(2);
            assertEquals("_", waiter.read().toString());
            await(0);
        }
        for (String tooFar : List.of("0x7FFFFFFFFFFFFF", "1e400", "inf")) {
            assertEquals("-ERR timeout is out of range", feeder.call("BLPOP", "k", tooFar));
        }
        for (String past : List.of("-0x1", "-1e400", "-inf")) {
            assertEquals("-ERR timeout is negative", feeder.call("BLPOP", "k", past));
        }
        for (String text : List.of("0x", "0xg", "0x1p", "0x.", "1e", " 1", "nan", "1f", "")) {
            assertEquals(
                    "-ERR timeout is not a float or out of range", feeder.call("BLPOP", "k", text));
        }
    }

    @Test
    void eachElementThatComesOrGoesIsAChangeAndEachMove() {
        assertEquals(3, changes("RPUSH", "k", "a", "b", "c"));
        assertEquals(1, changes("LPUSH", "k", "d"));
        assertEquals(1, changes("LMOVE", "k", "l", "LEFT", "LEFT"));
        assertEquals(1, changes("LMOVE", "k", "l", "LEFT", "LEFT"));
        assertEquals(1, changes("LMOVE", "k", "k", "LEFT", "RIGHT"));
        assertEquals(1, changes("RPOPLPUSH", "k", "l"));
        assertEquals(1, changes("RPOPLPUSH", "k", "l"));
        assertEquals(0, changes("EXISTS", "k"));
        assertEquals(1, changes("LREM", "l", "0", "a"));
        assertEquals(2, changes("LTRIM", "l", "0", "0"));
        assertEquals(1, changes("LSET", "l", "0", "x"));
        assertEquals(2, changes("RPUSH", "l", "y", "z"));
        assertEquals(2, changes("LPOP", "l", "2"));
        assertEquals(1, changes("RPOP", "l"));
        begin(1, "BLPOP", "k", "0");
        assertEquals(2, changes("LPUSH", "k", "a"));
        begin(1, "BLMOVE", "k", "l", "LEFT", "LEFT", "0");
        assertEquals(2, changes("LPUSH", "k", "a"));
    }

    private long changes(String... command) {
        long before = changes();
        feeder.call(command);
        return changes() - before;
    }

    private static long changes() {
        return SERVER.fromOwner(context -> context.store().stats().dirty);
    }

    @Test
    void anotherTypeThatComesIsWaitedOutAndATargetOfAnotherTypeIsAnError() {
        RespClient waiter = begin(1, "BLMOVE", "k", "target", "LEFT", "RIGHT", "0");
        feeder.call("SET", "target", "v");
        feeder.call("SET", "k", "v");
        feeder.call("DEL", "k");
        await(1);
        feeder.call("RPUSH", "k", "a");
        assertEquals(
                "-WRONGTYPE Operation against a key holding the wrong kind of value",
                waiter.read().toString());
        assertEquals(":1", feeder.call("LLEN", "k"));
    }

    @Test
    void aListThatIsRenamedOrRestoredServesToo() {
        RespClient renamed = begin(1, "BLPOP", "k", "0");
        feeder.call("RPUSH", "other", "a");
        final String payload = feeder.ask("DUMP", "other").bulk();
        feeder.call("RENAME", "other", "k");
        assertEquals("*[$\"k\", $\"a\"]", renamed.read().toString());
        RespClient restored = begin(1, "BRPOP", "k", "0");
        assertEquals("+OK", feeder.call("RESTORE", "k", "0", payload));
        assertEquals("*[$\"k\", $\"a\"]", restored.read().toString());
    }
}

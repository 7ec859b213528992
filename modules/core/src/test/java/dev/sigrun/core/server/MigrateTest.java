// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.OpaquePlugin;
import dev.sigrun.testkit.Recording;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** MIGRATE between two servers that are well. */
final class MigrateTest {
    private static final String KEPT = "migrate_cached_sockets:";

    @Order(1)
    @RegisterExtension
    static final SigrunServer SOURCE =
            SigrunServer.withConfig().virtualClock().plugin("opaque", new OpaquePlugin());

    @Order(2)
    @RegisterExtension
    static final SigrunServer TARGET =
            SigrunServer.withConfig().virtualClock().plugin("opaque", new OpaquePlugin());

    private RespClient source;
    private RespClient target;

    @BeforeEach
    void start() {
        SOURCE.flush();
        TARGET.flush();
        source = SOURCE.connect();
        target = TARGET.connect();
    }

    /** The connections that are kept are clients of the target. */
    @AfterEach
    void forgetConnections() {
        SOURCE.clock().advance(11_000);
    }

    private String migrate(String key, String... options) {
        List<String> words = new ArrayList<>(List.of("MIGRATE", "127.0.0.1"));
        words.addAll(List.of("" + TARGET.port(), key, "0", "5000"));
        words.addAll(List.of(options));
        return source.call(words.toArray(String[]::new));
    }

    @Test
    void aKeyMovesWithItsTimeToLive() {
        source.call("SET", "k", "v", "PX", "5000");
        SOURCE.clock().advance(1000);
        assertEquals("+OK", migrate("k"));
        assertEquals(":0", source.call("EXISTS", "k"));
        assertEquals("$\"v\"", target.call("GET", "k"));
        assertEquals(":4000", target.call("PTTL", "k"));
        source.call("SET", "lasting", "v");
        assertEquals("+OK", migrate("lasting"));
        assertEquals(":-1", target.call("TTL", "lasting"));
    }

    @Test
    void movingReplicatesAsRemovingAndCopyingAsNothing() {
        source.call("MSET", "a", "1", "b", "2");
        Recording recording = SOURCE.record();
        assertEquals("+OK", migrate("a", "COPY"));
        assertEquals(List.of(), recording.takeLines());
        assertEquals(":2", source.call("DBSIZE"));
        assertEquals("+OK", migrate("", "KEYS", "b"));
        assertEquals(List.of("@ del b", "& DEL b"), recording.takeLines());
        assertEquals(":1", source.call("DBSIZE"));
        assertEquals(":2", target.call("DBSIZE"));
    }

    @Test
    void whatTheTargetHasIsOnlyReplacedWhenAskedFor() {
        source.call("SET", "k", "here");
        target.call("SET", "k", "there");
        String busy =
                "-ERR Target instance replied with error: BUSYKEY Target key name already exists.";
        assertEquals(busy, migrate("k"));
        assertEquals(busy, migrate("k", "COPY"));
        assertEquals("$\"here\"", source.call("GET", "k"));
        assertEquals("$\"there\"", target.call("GET", "k"));
        assertEquals("+OK", migrate("k", "copy", "replace"));
        assertEquals("$\"here\"", target.call("GET", "k"));
        assertEquals(":1", source.call("EXISTS", "k"));
    }

    @Test
    void absentKeysAreLeftOut() {
        assertEquals("+NOKEY", migrate("k"));
        assertEquals("+NOKEY", migrate("", "KEYS", "a", "b"));
        assertEquals("+NOKEY", migrate("", "KEYS"));
        source.call("MSET", "a", "1", "c", "3", "e", "5");
        assertEquals("+OK", migrate("", "KEYS", "a", "b", "c", "d", "e", "a"));
        assertEquals("*[$\"1\", $\"3\", $\"5\"]", target.call("MGET", "a", "c", "e"));
        assertEquals(":0", source.call("DBSIZE"));
    }

    @Test
    void onlyKeysThatTheTargetHasTakenGo() {
        for (String key : List.of("a", "b", "c", "d", "e")) {
            source.call("SET", key, "v");
        }
        target.call("MSET", "b", "_", "d", "_");
        assertTrue(migrate("", "KEYS", "a", "b", "c", "d", "e").contains("BUSYKEY"));
        assertEquals(":2", source.call("EXISTS", "a", "b", "c", "d", "e"));
        assertEquals(":2", source.call("EXISTS", "b", "d"));
        assertEquals(":5", target.call("DBSIZE"));
    }

    @Test
    void thousandsOfKeysMoveInOneGo() {
        List<List<String>> sets = new ArrayList<>();
        List<String> options = new ArrayList<>(List.of("KEYS"));
        for (int i = 0; i < 3000; i++) {
            sets.add(List.of("SET", "key" + i, "value" + i));
            options.add("key" + i);
        }
        source.pipeline(sets);
        assertEquals("+OK", migrate("", options.toArray(String[]::new)));
        assertEquals(":0", source.call("DBSIZE"));
        assertEquals(":3000", target.call("DBSIZE"));
        assertEquals("$\"value2999\"", target.call("GET", "key2999"));
    }

    @Test
    void aLargeValueArrivesWhole() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 900_000; i++) {
            text.append((char) ('a' + i * 31L % 1009 % 26)).append(i % 10);
        }
        source.call("SET", "k", text.toString());
        source.call("SET", "l", "x");
        assertEquals("+OK", migrate("", "KEYS", "k", "l"));
        assertEquals(text.toString(), target.ask("GET", "k").bulk());
        assertEquals("$\"x\"", target.call("GET", "l"));
    }

    @Test
    void valuesOfPluginsMove() {
        source.call("TESTKIT.OPAQUE", "k", "text");
        String payload = source.call("DUMP", "k");
        assertEquals("+OK", migrate("k"));
        assertEquals(payload, target.call("DUMP", "k"));
        assertEquals(":0", source.call("EXISTS", "k"));
    }

    @Test
    void namesAndValuesMayHoldAnyBytes() {
        String odd = "\u0000\r\n\u00ff$*";
        source.call("SET", odd, odd);
        assertEquals("+OK", migrate(odd));
        assertEquals(odd, target.ask("GET", odd).bulk());
    }

    @Test
    void databasesAreThoseThatWereAskedFor() {
        source.call("SELECT", "3");
        source.call("SET", "k", "v");
        String port = "" + TARGET.port();
        assertEquals("+OK", source.call("MIGRATE", "127.0.0.1", port, "k", "7", "1000"));
        assertEquals(":0", source.call("DBSIZE"));
        target.call("SELECT", "7");
        assertEquals("$\"v\"", target.call("GET", "k"));
        source.call("SET", "k", "v");
        for (String db : List.of("99", "-1")) {
            assertEquals(
                    "-ERR Target instance replied with error: ERR DB index is out of range",
                    source.call("MIGRATE", "127.0.0.1", port, "k", db, "1000"));
        }
        assertEquals(":1", source.call("DBSIZE"));
        assertEquals("+OK", source.call("MIGRATE", "127.0.0.1", port, "k", "0", "0"));
        target.call("SELECT", "0");
        assertEquals("$\"v\"", target.call("GET", "k"));
    }

    @Test
    void aServerMayBeItsOwnTarget() {
        source.call("SET", "k", "v");
        String port = "" + SOURCE.port();
        assertEquals("+OK", source.call("MIGRATE", "localhost", port, "k", "1", "1000"));
        assertEquals(":0", source.call("EXISTS", "k"));
        source.call("SELECT", "1");
        assertEquals("$\"v\"", source.call("GET", "k"));
    }

    @Test
    void aPasswordLetsKeysIn() {
        source.call("MSET", "a", "1", "b", "2", "c", "3");
        TARGET.set("requirepass", "secret");
        String refused = "-ERR Target instance replied with error: ";
        assertEquals(refused + "NOAUTH Authentication required.", migrate("a"));
        assertEquals("+OK", migrate("a", "AUTH", "secret"));
        assertEquals("+OK", migrate("b", "AUTH2", "default", "secret"));
        assertTrue(migrate("c", "AUTH", "wrong").startsWith(refused + "WRONGPASS "));
        TARGET.set("requirepass", "other");
        assertTrue(migrate("c", "AUTH", "secret").startsWith(refused + "WRONGPASS "));
        TARGET.set("requirepass", "");
        assertEquals(":1", source.call("DBSIZE"));
        assertEquals("*[$\"1\", $\"2\", _]", target.call("MGET", "a", "b", "c"));
    }

    @Test
    void connectionsAreKeptForAWhile() {
        assertTrue(source.ask("INFO", "stats").bulk().contains(KEPT + "0\r\n"));
        source.call("MSET", "a", "1", "b", "2");
        migrate("a");
        assertTrue(source.ask("INFO", "stats").bulk().contains(KEPT + "1\r\n"));
        migrate("b");
        assertTrue(source.ask("INFO", "stats").bulk().contains(KEPT + "1\r\n"));
        SOURCE.clock().advance(10_001);
        Await.until(
                "the connection is closed",
                () -> source.ask("INFO", "stats").bulk().contains(KEPT + "0\r\n"));
    }

    @Test
    void aConnectionIsNotUsedForSomebodyElse() {
        source.call("MSET", "a", "1", "b", "2");
        TARGET.set("requirepass", "secret");
        assertEquals("+OK", migrate("a", "AUTH", "secret"));
        assertTrue(migrate("b").contains("NOAUTH"));
        TARGET.set("requirepass", "");
    }

    @Test
    void wrongWordsAreRefused() {
        String syntax = "-ERR syntax error";
        assertEquals(syntax, migrate("k", "AUTH"));
        assertEquals(syntax, migrate("k", "AUTH2", "user"));
        assertEquals(syntax, migrate("k", "COPY", "nonsense"));
        assertEquals(
                "-ERR When using MIGRATE KEYS option, the key argument must be set to the empty"
                        + " string",
                migrate("k", "KEYS", "a"));
        String number = "-ERR value is not an integer or out of range";
        assertEquals(number, source.call("MIGRATE", "h", "1", "k", "x", "1"));
        assertEquals(number, source.call("MIGRATE", "h", "1", "k", "0", "x"));
        assertEquals(
                "-ERR wrong number of arguments for 'migrate' command",
                source.call("MIGRATE", "h", "1", "k", "0"));
    }

    @Test
    void keysAreFoundInBothForms() {
        assertEquals(
                "*[$\"k\"]", source.call("COMMAND", "GETKEYS", "MIGRATE", "h", "1", "k", "0", "1"));
        assertEquals(
                "*[$\"a\", $\"b\"]",
                source.run("COMMAND GETKEYS MIGRATE h 1 \"\" 0 1 AUTH keys KEYS a b").toString());
        assertEquals(
                "*[$\"a\"]",
                source.run("COMMAND GETKEYS MIGRATE h 1 \"\" 0 1 AUTH2 keys keys KEYS a")
                        .toString());
    }
}

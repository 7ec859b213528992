// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas that introduce themselves as older servers do get what those can read. */
final class OlderReplicasTest {
    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig(
                    "--save", "", "--repl-diskless-sync-delay", "0", "--rdbcompression", "yes");

    private RespClient client;

    @BeforeEach
    void start() {
        client = SERVER.connect();
    }

    @AfterEach
    void stop() {
        awaitReplicas(0);
        SERVER.set("replica-unknown-type-policy", "refuse");
        SERVER.set("repl-diskless-sync", "yes");
        SERVER.set("rdb-key-save-delay", "0");
        SERVER.flush();
    }

    private void awaitReplicas(int count) {
        String field = "connected_slaves:" + count + "\r\n";
        Await.until(field, () -> client.ask("INFO", "replication").bulk().contains(field));
    }

    /** Values of all types, in all their forms. */
    private void fill() {
        List<List<String>> commands = new ArrayList<>();
        commands.add(List.of("SET", "text", "value", "PX", "100000000"));
        commands.add(List.of("SET", "number", "-70000"));
        commands.add(List.of("SET", "even", "ab".repeat(10_000)));
        for (int i = 0; i < 1000; i++) {
            String size = i < 5 ? "small" : "large";
            commands.add(List.of("RPUSH", "list-" + size, "element" + i));
            commands.add(List.of("SADD", "numbers-" + size, Integer.toString(i)));
            commands.add(List.of("SADD", "set-" + size, "member" + i));
            commands.add(List.of("HSET", "hash-" + size, "field" + i, "value"));
            commands.add(List.of("ZADD", "sorted-" + size, i + ".5", "member" + i));
            commands.add(List.of("XADD", "stream-" + size, "1-" + (i + 1), "field", "value"));
        }
        commands.add(List.of("XGROUP", "CREATE", "stream-large", "group", "0"));
        commands.add(
                List.of(
                        "XREADGROUP",
                        "GROUP",
                        "group",
                        "reader",
                        "COUNT",
                        "9",
                        "STREAMS",
                        "stream-large",
                        ">"));
        client.pipeline(commands).forEach(reply -> assertFalse(reply.isError(), reply::toString));
    }

    /** Says what a replica of a version says; {@code 7.2} and older do not name theirs. */
    private static ScriptedReplica introduce(String version) {
        ScriptedReplica replica = new ScriptedReplica(SERVER.port());
        assertEquals("+PONG", replica.ask("PING"));
        assertEquals("+OK", replica.ask("REPLCONF", "listening-port", "7000"));
        assertEquals("+OK", replica.ask("REPLCONF", "capa", "eof", "capa", "psync2"));
        if (!version.equals("7.2")) {
            assertEquals("+OK", replica.ask("REPLCONF", "version", version));
        }
        return replica;
    }

    private static String synchronise(ScriptedReplica replica) {
        String answer = replica.ask("PSYNC", "?", "-1");
        assertTrue(answer.startsWith("+FULLRESYNC "), answer);
        return replica.snapshot();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.2", "8.0.1", "8.1.4"})
    void getASnapshotThatTheyCanReadToItsEnd(String version) {
        fill();
        try (ScriptedReplica replica = introduce(version)) {
            Map<String, Integer> keys = Rdb11.read(synchronise(replica));
            assertEquals(client.call("DBSIZE"), ":" + keys.size());
            assertEquals(Map.of(), without(keys, List.of(0, 2, 4, 5, 11, 16, 17, 18, 20, 21)));
        }
    }

    private static Map<String, Integer> without(Map<String, Integer> all, List<Integer> layouts) {
        all.values().removeAll(layouts);
        return all;
    }

    @Test
    void areToldInTheLogWhichKeyTheyCannotHold() {
        client.call("SET", "plain", "1");
        client.call("HSET", "timed", "field", "value");
        client.call("HPEXPIRE", "timed", "100000000", "FIELDS", "1", "field");
        Queue<String> logged = new ConcurrentLinkedQueue<>();
        Handler watch = watch(logged);
        Logger root = Logger.getLogger("");
        root.addHandler(watch);
        try (ScriptedReplica replica = introduce("8.0.1")) {
            assertTrue(replica.ask("PSYNC", "?", "-1").startsWith("+FULLRESYNC "));
            assertTrue(replica.isClosed());
            Await.until(
                    "the name of the key",
                    () -> logged.stream().anyMatch(n -> n.contains("timed")));
        } finally {
            root.removeHandler(watch);
        }
    }

    private static Handler watch(Queue<String> logged) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getMessage() + " " + entry.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    void getTheRestWhereThatIsWanted() {
        SERVER.set("replica-unknown-type-policy", "skip");
        client.call("SET", "plain", "1");
        client.call("HSET", "timed", "field", "value");
        client.call("HPEXPIRE", "timed", "100000000", "FIELDS", "1", "field");
        try (ScriptedReplica replica = introduce("7.2")) {
            assertEquals(Map.of("plain", 0), Rdb11.read(synchronise(replica)));
        }
        try (ScriptedReplica replica = introduce("9.0.0")) {
            String snapshot = synchronise(replica);
            assertTrue(snapshot.startsWith("VALKEY080"), snapshot);
            assertTrue(snapshot.contains("timed"), snapshot);
        }
    }

    @Test
    void doNotShareTheFileThatIsWrittenForANewerOne() {
        SERVER.set("repl-diskless-sync", "no");
        SERVER.set("rdb-key-save-delay", "2000");
        for (int i = 0; i < 100; i++) {
            client.call("SET", "key" + i, "1");
        }
        try (ScriptedReplica newer = introduce("9.1.2");
                ScriptedReplica older = introduce("8.0.1")) {
            assertTrue(newer.ask("PSYNC", "?", "-1").startsWith("+FULLRESYNC "));
            older.send("PSYNC", "?", "-1");
            assertTrue(newer.snapshot().startsWith("VALKEY080"));
            assertTrue(older.line().startsWith("+FULLRESYNC "));
            assertEquals(100, Rdb11.read(older.snapshot()).size());
        }
    }
}

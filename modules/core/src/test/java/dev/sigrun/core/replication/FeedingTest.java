// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A primary whose replicas say and do what a test wants. */
final class FeedingTest {
    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig(
                    "--repl-diskless-sync-delay",
                    "0",
                    "--repl-ping-replica-period",
                    "3600",
                    "--dual-channel-replication-enabled",
                    "yes");

    private RespClient client;
    private ScriptedReplica replica;

    @BeforeEach
    void start() {
        client = SERVER.connect();
        replica = new ScriptedReplica(SERVER.port());
    }

    @AfterEach
    void stop() {
        replica.close();
        awaitReplicas(0);
        SERVER.flush();
    }

    private String info(String field) {
        for (String line : client.ask("INFO", "replication").bulk().split("\r\n", -1)) {
            if (line.startsWith(field + ":")) {
                return line.substring(field.length() + 1);
            }
        }
        return null;
    }

    private void awaitReplicas(int count) {
        String wanted = Integer.toString(count);
        Await.until(count + " replicas", () -> wanted.equals(info("connected_slaves")));
    }

    /** Has the replica get everything; returns the snapshot. */
    private String sync() {
        assertEquals("+OK", replica.ask("REPLCONF", "capa", "eof", "capa", "psync2"));
        assertEquals("+OK", replica.ask("REPLCONF", "version", "9.1.2"));
        String answer = replica.ask("PSYNC", "?", "-1");
        assertTrue(answer.startsWith("+FULLRESYNC "), answer);
        String snapshot = replica.snapshot();
        replica.send("REPLCONF", "ACK", answer.substring(answer.lastIndexOf(' ') + 1));
        return snapshot;
    }

    @Test
    void anOldReplicaGetsASnapshotWithItsLengthAndThenTheStream() {
        client.call("SET", "before", "1");
        replica.send("SYNC");

        String snapshot = replica.snapshot();
        assertTrue(snapshot.startsWith("VALKEY080"), snapshot);
        assertTrue(snapshot.contains("before"), snapshot);
        client.call("SET", "after", "2");

        assertEquals(List.of("SELECT", "0"), replica.command());
        assertEquals(List.of("SET", "after", "2"), replica.command());
    }

    @Test
    void theStreamBeginsWithTheFirstAcknowledgement() {
        client.call("SET", "before", "1");
        assertTrue(sync().contains("before"));
        client.call("SET", "after", "2");

        assertEquals(List.of("SELECT", "0"), replica.command());
        assertEquals(List.of("SET", "after", "2"), replica.command());
        assertTrue(info("slave0").contains("state=online"), info("slave0"));
    }

    @Test
    void aServerOfTheYearBeforeGetsAnOlderSnapshot() {
        replica.ask("REPLCONF", "capa", "eof", "version", "8.1.0");
        replica.ask("PSYNC", "?", "-1");

        String snapshot = replica.snapshot();
        assertTrue(snapshot.startsWith("REDIS0011"), snapshot);
    }

    @Test
    void aTransactionArrivesAsOne() {
        sync();
        client.call("MULTI");
        client.call("SET", "a", "1");
        client.call("SET", "b", "2");
        client.call("EXEC");

        assertEquals(List.of("MULTI"), replica.command());
        assertEquals(List.of("SELECT", "0"), replica.command());
        assertEquals(List.of("SET", "a", "1"), replica.command());
        assertEquals(List.of("SET", "b", "2"), replica.command());
        assertEquals(List.of("EXEC"), replica.command());
    }

    @Test
    void goesOnWhereAReplicaWas() {
        sync();
        client.call("SET", "a", "1");
        replica.command();
        replica.command();
        String id = info("master_replid");
        long next = Long.parseLong(info("master_repl_offset")) + 1;
        replica.close();
        awaitReplicas(0);
        client.call("SET", "a", "2");

        replica = new ScriptedReplica(SERVER.port());
        replica.ask("REPLCONF", "capa", "psync2");
        assertEquals("+CONTINUE " + id, replica.ask("PSYNC", id, Long.toString(next)));
        assertEquals(List.of("SET", "a", "2"), replica.command());
    }

    @Test
    void doesNotGoOnInAnotherHistory() {
        sync();
        replica.close();
        awaitReplicas(0);

        replica = new ScriptedReplica(SERVER.port());
        replica.ask("REPLCONF", "capa", "eof");
        String answer = replica.ask("PSYNC", "f".repeat(40), "1");
        assertTrue(answer.startsWith("+FULLRESYNC " + info("master_replid")), answer);
        replica.snapshot();
    }

    @Test
    void aClientWaitsForTheAcknowledgement() {
        sync();
        client.call("SET", "a", "1");
        assertEquals(":0", client.call("WAIT", "1", "20"));
        client.send("WAIT", "1", "0");

        List<String> heard = replica.command();
        while (!heard.getFirst().equals("REPLCONF")) {
            heard = replica.command();
        }
        assertEquals(List.of("REPLCONF", "GETACK", "*"), heard);
        try (RespClient other = SERVER.connect()) {
            String facts = other.ask("INFO", "replication").bulk();
            String offset = facts.replaceAll("(?s).*master_repl_offset:(\\d+).*", "$1");
            replica.send("REPLCONF", "ACK", offset);
        }
        assertEquals(":1", client.read().toString());
    }

    @Test
    void refusesWritesWithoutEnoughReplicas() {
        SERVER.set("min-replicas-to-write", "1");
        try {
            assertTrue(client.call("SET", "a", "1").startsWith("-NOREPLICAS"));
            sync();
            Await.until("enough", () -> client.call("SET", "a", "1").equals("+OK"));
        } finally {
            SERVER.set("min-replicas-to-write", "0");
        }
    }

    @Test
    void twoConnectionsShareASynchronisation() {
        client.call("SET", "before", "1");
        replica.ask("REPLCONF", "capa", "eof", "capa", "psync2", "capa", "dual-channel");
        assertEquals("+DUALCHANNELSYNC", replica.ask("PSYNC", "?", "-1"));

        try (ScriptedReplica second = new ScriptedReplica(SERVER.port())) {
            second.ask("REPLCONF", "capa", "eof", "rdb-only", "1", "rdb-channel", "1");
            String[] end = second.ask("SYNC").split("[: ]", -1);
            assertEquals("$ENDOFF", end[0]);
            client.call("SET", "after", "2");
            assertEquals("+OK", replica.ask("REPLCONF", "set-rdb-client-id", end[4]));
            String next = Long.toString(Long.parseLong(end[1]) + 1);
            assertEquals("+CONTINUE " + end[2], replica.ask("PSYNC", end[2], next));

            assertEquals(List.of("SELECT", "0"), replica.command());
            assertEquals(List.of("SET", "after", "2"), replica.command());
            String snapshot = second.snapshot();
            assertTrue(snapshot.contains("before"), snapshot);
            assertFalse(snapshot.contains("after"), snapshot);
            assertTrue(second.isClosed());
        }
        assertTrue(info("slave0").contains("state=bg_transfer"), info("slave0"));
        replica.send("REPLCONF", "ACK", "1");
        Await.until("online", () -> info("slave0").contains("state=online"));
    }

    @Test
    void aSnapshotCanBeOfTheFunctionsAlone() {
        client.call("SET", "zebra", "1");
        replica.ask("REPLCONF", "capa", "eof", "rdb-only", "1", "version", "9.1.2");
        replica.ask("REPLCONF", "rdb-filter-only", "functions");
        replica.send("SYNC");

        String snapshot = replica.snapshot();
        assertTrue(snapshot.startsWith("VALKEY080"), snapshot);
        assertFalse(snapshot.contains("zebra"), snapshot);
        assertTrue(replica.isClosed());
    }

    @Test
    void aReplicaThatIsAnsweredIsLetGo() {
        sync();
        replica.send("PING");

        assertTrue(replica.isClosed());
        assertTrue(SERVER.takeErrors().isEmpty());
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertEquals("-ERR syntax error", replica.ask("REPLCONF", "capa"));
        assertEquals(
                "-ERR Unrecognized REPLCONF option: nonsense",
                replica.ask("REPLCONF", "nonsense", "1"));
        assertEquals(
                "-ERR Unrecognized version format: 9.x", replica.ask("REPLCONF", "version", "9.x"));
        assertEquals(
                "-ERR Unrecognized RDB client id 77",
                replica.ask("REPLCONF", "set-rdb-client-id", "77"));
        assertEquals(
                "-ERR value is not an integer or out of range",
                replica.ask("REPLCONF", "rdb-only", "x"));
        assertEquals(
                "-ERR value is not an integer or out of range", replica.ask("PSYNC", "?", "x"));
    }
}

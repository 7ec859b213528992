// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.replication;

import static dev.sigrun.core.replication.ScriptedPrimary.ID;
import static dev.sigrun.core.replication.ScriptedPrimary.bulk;
import static dev.sigrun.core.replication.ScriptedPrimary.command;
import static dev.sigrun.core.replication.ScriptedPrimary.rdb;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.ScriptedServer.Peer;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A replica of a primary that cuts, dawdles and lies. */
final class FollowingTest {
    private static final String GETACK = command("REPLCONF", "GETACK", "*");

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private final ScriptedPrimary primary = new ScriptedPrimary();
    private RespClient client;

    @BeforeEach
    void start() {
        SERVER.set("repl-diskless-load", "flush-before-load");
        client = SERVER.connect();
        client.call("SET", "old", "1");
    }

    @AfterEach
    void stop() {
        client = SERVER.connect();
        Await.until("a primary again", () -> client.call("REPLICAOF", "NO", "ONE").equals("+OK"));
        SERVER.flush();
        primary.close();
    }

    private void follow() {
        assertEquals("+OK", client.call("REPLICAOF", "127.0.0.1", primary.port()));
    }

    private String info(String field) {
        for (String line : client.ask("INFO", "replication").bulk().split("\r\n", -1)) {
            if (line.startsWith(field + ":")) {
                return line.substring(field.length() + 1);
            }
        }
        return null;
    }

    private String get(String key) {
        Reply reply = client.ask("GET", key);
        return reply.isNull() || reply.isError() ? null : reply.bulk();
    }

    private void awaitValue(String key, String value) {
        Await.until(key + " is " + value, () -> value.equals(get(key)));
    }

    /** Reads acknowledgements until one says this. */
    private static void awaitAck(Peer peer, long offset) {
        List<String> ack = peer.read();
        while (!ack.get(2).equals(Long.toString(offset))) {
            assertTrue(Long.parseLong(ack.get(2)) < offset, "acknowledged: " + ack);
            ack = peer.read();
        }
    }

    @Test
    void allDataIsTakenOverAndTheStreamFollowsByteByByte() {
        follow();
        Peer peer = primary.sync(Map.of("a", "1", "b", "2"));
        awaitValue("a", "1");
        assertNull(get("old"));
        String stream =
                command("SELECT", "3")
                        + command("SET", "c", "3")
                        + command("SELECT", "0")
                        + command("MULTI")
                        + command("SET", "d", "4")
                        + command("INCR", "d")
                        + command("EXEC");
        for (int i = 0; i < stream.length(); i++) {
            peer.send(stream.substring(i, i + 1));
        }
        awaitValue("d", "5");
        client.call("SELECT", "3");
        assertEquals("3", get("c"));
        peer.send(GETACK);
        awaitAck(peer, stream.length());
        assertEquals(ID, info("master_replid"));
        assertEquals("up", info("master_link_status"));
    }

    @Test
    void aCommandMayBeLargerThanWhatIsReadAhead() {
        follow();
        Peer peer = primary.sync(Map.of("a", "1"));
        String stream = command("SELECT", "0") + command("SET", "large", "x".repeat(3 << 20));
        peer.send(stream + command("SET", "b", "2") + GETACK);
        awaitValue("b", "2");
        assertEquals(":" + (3 << 20), client.call("STRLEN", "large"));
    }

    @Test
    void clientsMayNotWriteButReadAndSeeTheRole() {
        follow();
        Peer peer = primary.sync(Map.of("a", "1"));
        assertEquals(
                "-READONLY You can't write against a read only replica.",
                client.call("SET", "a", "2"));
        assertEquals("1", get("a"));
        assertEquals("slave", client.ask("ROLE").items().getFirst().bulk());
        assertEquals(
                "+OK Already connected to specified master",
                client.call("REPLICAOF", "127.0.0.1", primary.port()));
        peer.send(command("SET", "a", "2"));
        awaitValue("a", "2");
    }

    @Test
    void theLinkMayBeCutAnywhereBeforeTheData() {
        String[] answers = {
            "+PONG\r\n", "+OK\r\n", "+OK\r\n", "+OK\r\n", "+FULLRESYNC " + ID + " 0\r\n",
        };
        for (int cut = 0; cut <= answers.length; cut++) {
            follow();
            Peer peer = primary.accept();
            for (int i = 0; i < cut; i++) {
                peer.read();
                peer.send(answers[i]);
            }
            peer.send("+half an answ");
            peer.close();
            assertEquals("1", get("old"), "cut at " + cut);
            assertEquals("+OK", client.call("REPLICAOF", "NO", "ONE"));
        }
    }

    @Test
    void aTransactionThatIsCutCountsAsNeverHeard() {
        follow();
        Peer peer = primary.sync(Map.of("a", "1"));
        String before = command("SET", "b", "2");
        peer.send(before + command("MULTI") + command("SET", "a", "lost"));
        awaitValue("b", "2");
        peer.close();
        peer = primary.acceptUpToPsync();
        long next = before.length() + 1L;
        assertEquals(List.of("PSYNC", ID, Long.toString(next)), peer.read());
        peer.send("+CONTINUE\r\n" + command("SET", "c", "3"));
        awaitValue("c", "3");
        assertEquals("1", get("a"));
    }

    @Test
    void aCommandThatIsCutIsHeardAgainAsAWhole() {
        follow();
        Peer peer = primary.sync(Map.of("a", "1"));
        String whole = command("APPEND", "a", "2");
        String cut = command("APPEND", "a", "3");
        peer.send(whole + cut.substring(0, cut.length() - 3));
        awaitValue("a", "12");
        peer.close();
        peer = primary.acceptUpToPsync();
        assertEquals(Long.toString(whole.length() + 1), peer.read().get(2));
        String other = ID.replace('0', 'f');
        peer.send("+CONTINUE " + other + "\r\n" + cut);
        awaitValue("a", "123");
        assertEquals(other, info("master_replid"));
        assertEquals(ID, info("master_replid2"));
        assertEquals(Long.toString(whole.length() + 1), info("second_repl_offset"));
    }

    @Test
    void aStreamThatIsNoneIsNotContinued() {
        follow();
        Peer peer = primary.sync(Map.of("a", "1"));
        peer.send("*3\r\n$3\r\nSET\r\n$x\r\n");
        peer = primary.acceptUpToPsync();
        assertEquals(List.of("PSYNC", "?", "-1"), peer.read());
    }

    @Test
    void anErrorInTheStreamIsCountedAndTheStreamGoesOn() {
        follow();
        Peer peer = primary.sync(Map.of("a", "text"));
        peer.send(command("INCR", "a") + command("NO", "SUCH") + command("SET", "b", "2"));
        awaitValue("b", "2");
        assertTrue(client.ask("INFO", "stats").bulk().contains("unexpected_error_replies:2"));
    }

    @Test
    void dataThatIsRefusedBesideLeavesTheOldData() {
        SERVER.set("repl-diskless-load", "swapdb");
        follow();
        String good = rdb(Map.of("a", "1"));
        String[] bad = {
            "REDIS9999" + good.substring(9),
            "GARBAGE12" + good.substring(9),
            good.substring(0, 12) + "\u00c3\u00ff\u00ff" + good.substring(15),
            good.substring(0, good.length() - 9) + "\u00f0" + good.substring(good.length() - 9),
        };
        for (String data : bad) {
            Peer peer = primary.acceptUpToPsync();
            peer.read();
            peer.send("+FULLRESYNC " + ID + " 0\r\n" + bulk(data));
        }
        Peer last = primary.acceptUpToPsync();
        assertEquals("1", get("old"));
        last.read();
        last.send("+FULLRESYNC " + ID + " 7\r\n" + bulk(good));
        assertEquals(List.of("REPLCONF", "ACK", "7"), last.read());
        assertEquals("1", get("a"));
        assertNull(get("old"));
    }

    @Test
    void dataThatIsCutIsAskedForAgain() {
        SERVER.set("repl-diskless-load", "swapdb");
        follow();
        String data = bulk(rdb(Map.of("a", "1")));
        for (int cut = 1; cut < data.length(); cut += 7) {
            Peer peer = primary.acceptUpToPsync();
            peer.read();
            peer.send("+FULLRESYNC " + ID + " 0\r\n" + data.substring(0, cut));
            peer.close();
        }
        primary.sync(Map.of("b", "2"));
        awaitValue("b", "2");
    }

    @Test
    void aPrimaryThatKnowsNoPsyncGivesItsDataAllTheSame() {
        follow();
        Peer peer = primary.acceptUpToPsync();
        peer.read();
        peer.send("-ERR unknown command\r\n");
        assertEquals("SYNC", peer.readLine());
        peer.send("\n\n" + bulk(rdb(Map.of("a", "1"))) + command("SET", "b", "2"));
        awaitValue("b", "2");
        assertEquals("1", get("a"));
    }

    @Test
    void claimsThatCannotBeTrueEndTheLink() {
        String[] lies = {"$99999999999999999999999\r\n", "$-5\r\n", "$EOF:x\r\n", "+OK\r\n"};
        follow();
        for (String lie : lies) {
            Peer peer = primary.acceptUpToPsync();
            peer.read();
            peer.send("+FULLRESYNC " + ID + " 0\r\n" + lie);
            peer.awaitEnd();
            assertEquals("1", get("old"));
        }
        Peer peer = primary.acceptUpToPsync();
        peer.read();
        peer.send("+" + "x".repeat(100_000));
        peer.awaitEnd();
        assertEquals("1", get("old"));
    }
}

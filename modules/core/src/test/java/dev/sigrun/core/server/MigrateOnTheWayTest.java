// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.store.StoredKey;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.key.Access;
import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.Recording;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.ScriptedServer;
import dev.sigrun.testkit.ScriptedServer.Peer;
import dev.sigrun.testkit.SigrunServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What happens between the sending of a key and the target's answer: others are served, and nothing
 * that is written meanwhile is lost.
 */
final class MigrateOnTheWayTest {
    private static final Bytes KEY = Bytes.constant("k");
    private static final String CHANGED =
            "-IOERR a key was changed on its way and so stays here, the target instance has it as"
                    + " it was before";

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private final ScriptedServer target = new ScriptedServer();
    private RespClient mover;
    private RespClient other;

    @BeforeEach
    void start() {
        SERVER.flush();
        mover = SERVER.connect();
        other = SERVER.connect();
        other.call("SET", "k", "sent");
    }

    @AfterEach
    void stop() {
        target.close();
        SERVER.clock().advance(11_000);
    }

    /** Sends a key as far as to the target. */
    private Peer sendKey(String... options) {
        mover.send(words("k", options));
        Peer peer = target.accept();
        assertEquals(List.of("SELECT", "0"), peer.read());
        peer.send("+OK\r\n");
        assertEquals(List.of("RESTORE", "k"), peer.read().subList(0, 2));
        return peer;
    }

    private String[] words(String key, String... options) {
        return words(target, key, "5000", options);
    }

    private static String[] words(
            ScriptedServer to, String key, String timeout, String... options) {
        List<String> words = new ArrayList<>(List.of("MIGRATE", "127.0.0.1", to.port(), key, "0"));
        words.add(timeout);
        words.addAll(List.of(options));
        return words.toArray(String[]::new);
    }

    private static void change(Consumer<StoredKey> change) {
        SERVER.onOwner(context -> {
            int access = Access.WRITE | Access.NO_STATS;
            change.accept(context.dispatcher().execution().stored(0, KEY, access));
        });
    }

    private static long size() {
        return SERVER.fromOwner(context -> context.store().database(0).size());
    }

    private static void awaitWaiting(RespClient client) {
        SERVER.awaitSession(client);
        Await.until(
                "a client waits",
                () ->
                        SERVER.fromOwner(
                                context -> SigrunServer.session(context, client).isBlocked()));
    }

    @Test
    void othersAreServedAndReadTheKey() {
        Peer peer = sendKey();
        assertEquals("$\"sent\"", other.call("GET", "k"));
        assertEquals("+OK", other.call("SET", "another", "v"));
        peer.send("+OK\r\n");
        assertEquals("+OK", mover.read().toString());
        assertEquals("_", other.call("GET", "k"));
    }

    @Test
    void whoWritesToTheKeyWaitsUntilItHasGone() {
        Peer peer = sendKey();
        other.send("APPEND", "k", "-late");
        other.send("GET", "k");
        awaitWaiting(other);
        RespClient third = SERVER.connect();
        third.send("MSET", "x", "1", "k", "third");
        awaitWaiting(third);
        peer.send("+OK\r\n");
        assertEquals("+OK", mover.read().toString());
        assertEquals(":5", other.read().toString());
        assertEquals("+OK", third.read().toString());
        assertTrue(List.of("$\"-late\"", "$\"third\"").contains(other.read().toString()));
    }

    @Test
    void whoWritesToTheKeyFindsItThereWhenTheTargetRefuses() {
        Peer peer = sendKey();
        other.send("APPEND", "k", "-late");
        awaitWaiting(other);
        peer.send("-BUSYKEY Target key name already exists.\r\n");
        assertEquals(
                "-ERR Target instance replied with error: BUSYKEY Target key name already exists.",
                mover.read().toString());
        assertEquals(":9", other.read().toString());
        assertEquals("$\"sent-late\"", other.call("GET", "k"));
    }

    @Test
    void whoWaitsForTheKeyMayGoAway() {
        Peer peer = sendKey();
        RespClient third = SERVER.connect();
        third.send("DEL", "k");
        awaitWaiting(third);
        third.close();
        Await.until(
                "the client is gone",
                () -> SERVER.fromOwner(context -> context.sessions().size()) == 2);
        peer.send("+OK\r\n");
        assertEquals("+OK", mover.read().toString());
        assertEquals(":0", other.call("EXISTS", "k"));
    }

    @Test
    void copyingHoldsNobodyUp() {
        Peer peer = sendKey("COPY");
        assertEquals(":9", other.call("APPEND", "k", "-more"));
        peer.send("+OK\r\n");
        assertEquals("+OK", mover.read().toString());
        assertEquals("$\"sent-more\"", other.call("GET", "k"));
    }

    @Test
    void aKeyThatWasChangedAllTheSameStays() {
        Recording recording = SERVER.record();
        Peer peer = sendKey();
        change(key -> key.setString("changed".getBytes(StandardCharsets.US_ASCII), false));
        recording.takeLines();
        peer.send("+OK\r\n");
        assertEquals(CHANGED, mover.read().toString());
        assertEquals("$\"changed\"", other.call("GET", "k"));
        assertEquals(List.of(), recording.takeLines());
    }

    @Test
    void aKeyThatWasRemovedAndMadeAgainStays() {
        Peer peer = sendKey();
        change(key -> key.remove(true));
        change(key -> key.setInteger(7, false));
        peer.send("+OK\r\n");
        assertEquals(CHANGED, mover.read().toString());
        assertEquals("$\"7\"", other.call("GET", "k"));
    }

    @Test
    void exchangedAndEmptiedDatabasesKeepWhatTheyHaveNow() {
        other.call("SELECT", "1");
        other.call("SET", "k", "from another database");
        Peer peer = sendKey();
        other.call("SWAPDB", "0", "1");
        peer.send("+OK\r\n");
        assertEquals(CHANGED, mover.read().toString());
        assertEquals("$\"sent\"", other.call("GET", "k"));
        other.call("SELECT", "0");
        assertEquals("$\"from another database\"", other.call("GET", "k"));
        mover.send(words("k"));
        peer.read();
        other.call("FLUSHALL");
        change(key -> key.setInteger(7, false));
        peer.send("+OK\r\n");
        assertEquals(CHANGED, mover.read().toString());
        assertEquals("$\"7\"", other.call("GET", "k"));
    }

    @Test
    void keysOfAnotherDatabaseAreNotSentInTheirPlace() {
        String[] options = new String[301];
        options[0] = "KEYS";
        for (int i = 0; i < 300; i++) {
            options[i + 1] = "key" + i;
            other.call("SET", "key" + i, "v");
        }
        other.call("SELECT", "1");
        other.call("SET", "key299", "of database 1");
        mover.send(words("", options));
        Peer peer = target.accept();
        peer.read();
        peer.send("+OK\r\n");
        for (int i = 0; i < 256; i++) {
            peer.read();
        }
        other.call("SWAPDB", "0", "1");
        peer.send("+OK\r\n".repeat(256));
        assertEquals(CHANGED, mover.read().toString());
        assertEquals(":301", other.call("DBSIZE"));
        other.call("SELECT", "0");
        assertEquals("$\"of database 1\"", other.call("GET", "key299"));
    }

    @Test
    void aKeyWhoseTimeComesOnTheWayIsMoved() {
        other.call("PEXPIRE", "k", "1000");
        Peer peer = sendKey();
        SERVER.clock().advance(1001);
        assertEquals("_", other.call("GET", "k"));
        peer.send("+OK\r\n");
        assertEquals("+OK", mover.read().toString());
    }

    @Test
    void aKeyMadeAnewAfterItsTimeCameStays() {
        other.call("PEXPIRE", "k", "1000");
        Peer peer = sendKey();
        SERVER.clock().advance(1001);
        change(key -> key.setInteger(7, false));
        peer.send("+OK\r\n");
        assertEquals(CHANGED, mover.read().toString());
        assertEquals("$\"7\"", other.call("GET", "k"));
    }

    @Test
    void nothingChangesWhileWritesArePaused() {
        Recording recording = SERVER.record();
        Peer peer = sendKey();
        other.call("CLIENT", "PAUSE", "100000", "WRITE");
        peer.send("+OK\r\n");
        peer.close();
        assertEquals("+PONG", other.call("PING"));
        assertEquals("$\"sent\"", other.call("GET", "k"));
        assertEquals(List.of(), recording.takeLines());
        other.call("CLIENT", "UNPAUSE");
        assertEquals("+OK", mover.read().toString());
        assertEquals(List.of("@ del k", "& DEL k"), recording.takeLines());
    }

    @Test
    void theTransferEndsWithoutTheClientThatBeganIt() {
        Peer peer = sendKey();
        mover.close();
        Await.until(
                "the client is gone",
                () -> SERVER.fromOwner(context -> context.sessions().size()) == 1);
        peer.send("+OK\r\n");
        Await.until("the key is gone", () -> other.call("EXISTS", "k").equals(":0"));
    }

    @Test
    void nobodyElseEndsTheWait() {
        Peer peer = sendKey();
        String id = "" + SERVER.fromOwner(context -> SigrunServer.session(context, mover).id());
        assertEquals(":0", other.call("CLIENT", "UNBLOCK", id));
        peer.send("+OK\r\n");
        assertEquals("+OK", mover.read().toString());
    }

    @Test
    void whatTheClientAskedBehindComesBehind() {
        mover.send(words("k"));
        mover.send("SET", "k", "after");
        mover.send("GET", "k");
        Peer peer = target.accept();
        peer.read();
        peer.send("+OK\r\n");
        peer.read();
        peer.send("+OK\r\n");
        assertEquals("+OK", mover.read().toString());
        assertEquals("+OK", mover.read().toString());
        assertEquals("$\"after\"", mover.read().toString());
    }

    @Test
    void theSameKeyMovesOnce() {
        Peer peer = sendKey();
        other.send(words("k"));
        awaitWaiting(other);
        peer.send("+OK\r\n");
        assertEquals("+OK", mover.read().toString());
        assertEquals("+NOKEY", other.read().toString());
    }

    @Test
    void transfersThatWaitForEachOtherEndInTime() {
        String[] options = new String[258];
        options[0] = "KEYS";
        for (int i = 0; i < 257; i++) {
            options[i + 1] = "key" + i;
            other.call("SET", "key" + i, "v");
        }
        mover.send(words(target, "", "1500", options));
        try (ScriptedServer second = new ScriptedServer()) {
            String[] crossed = {"KEYS", "key256", "key1"};
            other.send(words(second, "", "1500", crossed));
            Peer peer = target.accept();
            Peer secondPeer = second.accept();
            peer.read();
            peer.send("+OK\r\n");
            for (int i = 0; i < 256; i++) {
                peer.read();
            }
            secondPeer.read();
            secondPeer.send("+OK\r\n");
            assertEquals("key256", secondPeer.read().get(1));
            // With this answer there is room for the key that the other one has sent.
            peer.send("+OK\r\n");
            String reading = "-IOERR error or timeout reading to target instance";
            assertEquals(reading, mover.read().toString());
            assertEquals(reading, other.read().toString());
        }
        assertEquals(":257", other.call("DBSIZE"));
    }

    @Test
    void keysAreSentALittleAheadOfTheAnswers() {
        String[] options = new String[301];
        options[0] = "KEYS";
        for (int i = 0; i < 300; i++) {
            options[i + 1] = "key" + i;
            other.call("SET", "key" + i, "v");
        }
        mover.send(words("", options));
        Peer peer = target.accept();
        peer.read();
        peer.send("+OK\r\n");
        for (int i = 0; i < 256; i++) {
            assertEquals("key" + i, peer.read().get(1));
        }
        // A key that has not been sent is anybody's still, also another target's.
        try (ScriptedServer second = new ScriptedServer()) {
            other.send(words(second, "key299", "5000"));
            Peer secondPeer = second.accept();
            secondPeer.read();
            secondPeer.send("+OK\r\n");
            assertEquals("key299", secondPeer.read().get(1));
            peer.send("+OK\r\n".repeat(256));
            for (int i = 256; i < 299; i++) {
                assertEquals("key" + i, peer.read().get(1));
            }
            peer.send("+OK\r\n".repeat(43));
            Await.until("all others are gone", () -> size() == 2);
            secondPeer.send("+OK\r\n");
            assertEquals("+OK", other.read().toString());
        }
        assertEquals("+OK", mover.read().toString());
        assertEquals(":1", other.call("DBSIZE"));
    }
}

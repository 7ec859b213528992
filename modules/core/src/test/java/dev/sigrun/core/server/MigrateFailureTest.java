// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.ScriptedServer;
import dev.sigrun.testkit.ScriptedServer.Peer;
import dev.sigrun.testkit.SigrunServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Targets that are not there, do not answer or talk nonsense; the keys stay. */
final class MigrateFailureTest {
    private static final String CONNECTING = "-IOERR error or timeout connecting to the client";
    private static final String WRITING = "-IOERR error or timeout writing to target instance";
    private static final String READING = "-IOERR error or timeout reading to target instance";

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private final ScriptedServer target = new ScriptedServer();
    private RespClient client;

    @BeforeEach
    void start() {
        SERVER.flush();
        client = SERVER.connect();
        client.call("SET", "k", "v");
    }

    @AfterEach
    void stop() {
        target.close();
        SERVER.clock().advance(11_000);
    }

    private void migrate(String timeout, String key, String... options) {
        List<String> words = new ArrayList<>(List.of("MIGRATE", "127.0.0.1", target.port(), key));
        words.addAll(List.of("0", timeout));
        words.addAll(List.of(options));
        client.send(words.toArray(String[]::new));
    }

    private Peer acceptAndSelect() {
        Peer peer = target.accept();
        assertEquals("SELECT", peer.read().getFirst());
        peer.send("+OK\r\n");
        return peer;
    }

    private void assertAnswered(String answer) {
        assertEquals(answer, client.read().toString());
    }

    private void assertStays(String... keys) {
        for (String key : keys) {
            assertEquals(":1", client.call("EXISTS", key), key);
        }
    }

    /** A text that no compression makes shorter. */
    private static String noise(int length) {
        byte[] noise = new byte[length];
        new Random(1).nextBytes(noise);
        return new String(noise, StandardCharsets.ISO_8859_1);
    }

    @Test
    void nobodyListens() {
        target.close();
        migrate("1000", "k");
        assertAnswered(CONNECTING);
        for (String port : List.of("0", "65536", "-1", "port", "")) {
            assertEquals(CONNECTING, client.call("MIGRATE", "127.0.0.1", port, "k", "0", "1000"));
        }
        assertEquals(CONNECTING, client.call("MIGRATE", "no host", "1", "k", "0", "5000"));
        assertStays("k");
    }

    @Test
    void theTargetNeverAnswers() {
        migrate("400", "k");
        Peer peer = target.accept();
        assertAnswered(READING);
        assertEquals(List.of("SELECT", "0"), peer.read());
        assertTrue(peer.awaitEnd());
        assertStays("k");
        migrate("400", "k");
        peer = acceptAndSelect();
        assertAnswered(READING);
        assertEquals("RESTORE", peer.read().getFirst());
        assertStays("k");
    }

    @Test
    void theTargetDoesNotRead() {
        client.call("SET", "large", noise(20_000_000));
        migrate("500", "large");
        acceptAndSelect();
        assertAnswered(WRITING);
        assertStays("large");
    }

    @Test
    void theTargetIsSlowButGoesOn() {
        client.call("MSET", "a", "1", "b", "2", "c", "3");
        migrate("10000", "", "KEYS", "a", "b", "c");
        Peer peer = acceptAndSelect();
        peer.read();
        "+OK\r\n+OK\r\n+OK\r\n".chars().forEach(letter -> peer.send("" + (char) letter));
        assertAnswered("+OK");
        assertEquals(":1", client.call("DBSIZE"));
    }

    @Test
    void theTargetClosesTheConnection() {
        migrate("5000", "k");
        target.accept().close();
        // Which of the two it is depends on whether the system has taken the bytes before.
        assertTrue(List.of(READING, WRITING).contains(client.read().toString()));
        migrate("5000", "k");
        Peer peer = acceptAndSelect();
        peer.read();
        peer.close();
        assertAnswered(READING);
        assertStays("k");
    }

    @Test
    void whatWasConfirmedBeforeIsGone() {
        client.call("MSET", "a", "1", "b", "2", "c", "3");
        migrate("5000", "", "KEYS", "a", "b", "c");
        Peer peer = acceptAndSelect();
        peer.read();
        peer.read();
        peer.read();
        peer.send("+OK\r\n-NO reason\r\n");
        peer.close();
        assertAnswered("-ERR Target instance replied with error: NO reason");
        assertEquals(":0", client.call("EXISTS", "a"));
        assertStays("b", "c");
    }

    @Test
    void theTargetTalksNonsense() {
        for (String nonsense : List.of(":1\r\n", "$2\r\nOK\r\n", "\r\n", "HTTP/1.1 200 OK\r\n")) {
            migrate("5000", "k");
            Peer peer = acceptAndSelect();
            peer.read();
            peer.send(nonsense);
            assertAnswered(READING);
            assertTrue(peer.awaitEnd());
        }
        migrate("5000", "k");
        Peer peer = acceptAndSelect();
        peer.read();
        peer.send("+" + "O".repeat(70_000));
        assertAnswered(READING);
        assertStays("k");
    }

    @Test
    void theTargetSaysMoreThanItWasAsked() {
        migrate("5000", "k", "COPY");
        Peer peer = acceptAndSelect();
        peer.read();
        peer.send("+OK\r\n+OK\r\n");
        assertAnswered(READING);
        assertTrue(peer.awaitEnd());
        migrate("5000", "k", "COPY");
        peer = acceptAndSelect();
        peer.read();
        peer.send("+OK\r\n");
        assertAnswered("+OK");
        peer.send("+OK\r\n");
        assertTrue(peer.awaitEnd());
        migrate("5000", "k", "COPY");
        peer = acceptAndSelect();
        peer.read();
        peer.send("+OK\r\n+O");
        assertAnswered("+OK");
        assertTrue(peer.awaitEnd());
    }

    @Test
    void noKeyIsSentToWhomDoesNotKnowUs() {
        migrate("5000", "k", "AUTH2", "user", "wrong");
        Peer peer = target.accept();
        assertEquals(List.of("AUTH", "user", "wrong"), peer.read());
        assertEquals(List.of("SELECT", "0"), peer.read());
        peer.send("-WRONGPASS no\r\n+OK\r\n");
        assertAnswered("-ERR Target instance replied with error: WRONGPASS no");
        migrate("5000", "k", "AUTH", "password");
        peer = target.accept();
        assertEquals(List.of("AUTH", "password"), peer.read());
        peer.read();
        peer.send("+OK\r\n-ERR no such database\r\n");
        assertAnswered("-ERR Target instance replied with error: ERR no such database");
        SERVER.clock().advance(11_000);
        assertTrue(peer.awaitEnd());
        assertStays("k");
    }

    @Test
    void aKeptConnectionThatHasDiedIsOpenedAnew() {
        migrate("5000", "k", "COPY");
        Peer peer = acceptAndSelect();
        peer.read();
        peer.send("+OK\r\n");
        assertAnswered("+OK");
        // The target closes only when it hears of the next key, so that nobody knew before.
        migrate("5000", "k");
        assertEquals("RESTORE", peer.read().getFirst());
        peer.close();
        peer = acceptAndSelect();
        assertEquals("RESTORE", peer.read().getFirst());
        peer.send("+OK\r\n");
        assertAnswered("+OK");
        assertEquals(":0", client.call("EXISTS", "k"));
    }

    @Test
    void aNewConnectionIsIntroducedAgain() {
        migrate("5000", "k", "COPY");
        Peer peer = acceptAndSelect();
        peer.read();
        peer.send("+OK\r\n");
        assertAnswered("+OK");
        migrate("5000", "k");
        peer.read();
        peer.close();
        peer = target.accept();
        assertEquals(List.of("SELECT", "0"), peer.read());
        peer.send("-ERR no such database\r\n");
        assertAnswered("-ERR Target instance replied with error: ERR no such database");
        SERVER.clock().advance(11_000);
        assertTrue(peer.awaitEnd());
        assertStays("k");
    }

    @Test
    void aKeptConnectionIsOpenedAnewOnlyOnce() {
        migrate("5000", "k", "COPY");
        Peer peer = acceptAndSelect();
        peer.read();
        peer.send("+OK\r\n");
        assertAnswered("+OK");
        migrate("5000", "k");
        peer.read();
        peer.close();
        peer = acceptAndSelect();
        peer.read();
        peer.close();
        assertAnswered(READING);
        assertStays("k");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.ScriptedServer;
import dev.sigrun.testkit.ScriptedServer.Peer;
import java.util.List;
import java.util.Map;

/** A primary that says what a test wants. Confined to the test's thread. */
final class ScriptedPrimary implements AutoCloseable {
    /** The history that it tells of. */
    static final String ID = "0123456789abcdef0123456789abcdef01234567";

    private final ScriptedServer server = new ScriptedServer();

    String port() {
        return server.port();
    }

    /** Takes the next connection of the replica. */
    Peer accept() {
        return server.accept();
    }

    /** Takes the next connection, and goes through all that stands before {@code PSYNC}. */
    Peer acceptUpToPsync() {
        Peer peer = accept();
        introduce(peer);
        return peer;
    }

    /** Goes through all that stands before {@code PSYNC}. */
    static void introduce(Peer peer) {
        assertEquals(List.of("PING"), peer.read());
        peer.send("+PONG\r\n");
        for (int i = 0; i < 3; i++) {
            assertEquals("REPLCONF", peer.read().getFirst());
            peer.send("+OK\r\n");
        }
    }

    /** Gives the replica all data, of which there is none but this, at offset 0. */
    Peer sync(Map<String, String> strings) {
        Peer peer = acceptUpToPsync();
        peer.read();
        peer.send("+FULLRESYNC " + ID + " 0\r\n" + bulk(rdb(strings)));
        assertEquals(List.of("REPLCONF", "ACK", "0"), peer.read());
        return peer;
    }

    /** Data as it is sent, with its size. */
    static String bulk(String data) {
        return "$" + data.length() + "\r\n" + data;
    }

    /** A file with some strings in database 0, one char for each byte. */
    static String rdb(Map<String, String> strings) {
        StringBuilder file = new StringBuilder("REDIS0011\u00fe\0");
        strings.forEach((key, value) -> file.append('\0').append(text(key)).append(text(value)));
        return file.append('\u00ff').append("\0".repeat(8)).toString();
    }

    private static String text(String content) {
        return (char) content.length() + content;
    }

    /** A command as it stands in the stream. */
    static String command(String... words) {
        StringBuilder bytes = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            bytes.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return bytes.toString();
    }

    @Override
    public void close() {
        server.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a replica says first, and how it takes the answers. */
final class HandshakeTest {
    private static final Introduction PLAIN =
            new Introduction(null, null, 6379, null, false, false, "9.1.2");

    private static final Introduction FULL =
            new Introduction("me", new byte[] {'a', 0, (byte) 0xff}, 1, "h", true, true, "9.1.2");

    private final List<String> said = new ArrayList<>();

    private Handshake handshake(Introduction introduction) {
        return new Handshake(
                introduction, () -> Requests.psync("?", -1, false), bytes -> said.add(text(bytes)));
    }

    /** The words of a request. */
    private static String text(byte[] request) {
        String all = new String(request, StandardCharsets.ISO_8859_1);
        return all.replaceAll("[*$]\\d+\r\n", "").replace("\r\n", " ").trim();
    }

    @Test
    void aPlainReplicaSaysWhatValkeySays() {
        Handshake handshake = handshake(PLAIN);
        handshake.begin();
        for (String answer : List.of("+PONG", "+OK", "+OK", "+OK")) {
            assertTrue(handshake.line(answer));
        }
        assertEquals(
                List.of(
                        "PING",
                        "REPLCONF listening-port 6379",
                        "REPLCONF capa eof capa psync2",
                        "REPLCONF version 9.1.2",
                        "PSYNC ? -1"),
                said);
        assertTrue(handshake.line(""));
        assertNull(handshake.reply());
        assertTrue(handshake.line("+CONTINUE"));
        assertNotNull(handshake.reply());
    }

    @Test
    void aReplicaWithEverythingSaysMore() {
        Handshake handshake = handshake(FULL);
        handshake.begin();
        for (String answer : List.of("-NOAUTH first", "+OK", "+OK", "+OK", "+OK", "+OK")) {
            assertTrue(handshake.line(answer));
        }
        assertEquals(
                List.of(
                        "PING",
                        "AUTH me a\0\u00ff",
                        "REPLCONF listening-port 1",
                        "REPLCONF ip-address h",
                        "REPLCONF capa eof capa psync2 capa skip-rdb-checksum capa dual-channel",
                        "REPLCONF version 9.1.2",
                        "PSYNC ? -1"),
                said);
    }

    @Test
    void anOlderPrimaryThatUnderstandsLittleIsFollowedAllTheSame() {
        Handshake handshake = handshake(PLAIN);
        handshake.begin();
        for (String answer : List.of("+PONG", "-ERR a", "-ERR b", "-ERR c", "-ERR d")) {
            assertTrue(handshake.line(answer));
        }
        assertEquals(PsyncReply.Kind.NOT_SUPPORTED, handshake.reply().kind());
    }

    @Test
    void aWrongPasswordEndsIt() {
        Handshake handshake = handshake(FULL);
        handshake.begin();
        assertTrue(handshake.line("+PONG"));
        assertFalse(handshake.line("-WRONGPASS invalid"));
    }

    @Test
    void whoDoesNotEvenAnswerToPingIsNoPrimary() {
        Handshake handshake = handshake(PLAIN);
        handshake.begin();
        assertFalse(handshake.line("HTTP/1.1 400 Bad Request"));
    }

    @Test
    void theSecondConnectionAsksForDataWithItsEnd() {
        RdbHandshake handshake = new RdbHandshake(FULL, bytes -> said.add(text(bytes)));
        handshake.begin();
        for (String answer : List.of("+OK", "+OK", "+OK", "")) {
            assertTrue(handshake.line(answer));
        }
        assertNull(handshake.end());
        assertEquals("SYNC", said.getLast());
        String id = "a".repeat(40);
        assertTrue(handshake.line("$ENDOFF:12 " + id + " -1 99"));
        assertEquals(new RdbHandshake.EndOffset(12, id, -1, "99"), handshake.end());
    }

    @Test
    void anEndThatIsNotUnderstoodIsRefused() {
        String id = "a".repeat(40);
        List<String> bad =
                List.of(
                        "$ENDOFF:",
                        "$ENDOFF:x " + id + " 0 1",
                        "$ENDOFF:1 " + id + " 0",
                        "$ENDOFF:99999999999999999999 " + id + " 0 1",
                        "$ENDOFF:1 short 0 1",
                        "-ERR no");
        for (String line : bad) {
            RdbHandshake handshake = new RdbHandshake(PLAIN, bytes -> said.add(text(bytes)));
            handshake.begin();
            assertTrue(handshake.line("+OK"));
            assertFalse(handshake.line(line), line);
            assertNull(handshake.end());
        }
    }
}

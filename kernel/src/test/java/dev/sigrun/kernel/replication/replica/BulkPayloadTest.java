// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Memory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Data in both forms, cut anywhere, and first lines that lie. */
final class BulkPayloadTest {
    private static final String MARK = "m".repeat(39) + "k";

    /** Keeps what comes. */
    private static final class Kept implements BulkPayload.Taker {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long total = -1;

        @Override
        public void begins(long bytesTotal) {
            total = bytesTotal;
        }

        @Override
        public void data(long address, int length) {
            byte[] piece = new byte[length];
            Memory.copy(address, piece, 0, length);
            bytes.writeBytes(piece);
        }

        @Override
        public void data(byte[] content, int offset, int length) {
            bytes.write(content, offset, length);
        }

        private String text() {
            return bytes.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private final Kept kept = new Kept();

    private BulkPayload feed(String text, int pieceBytes) {
        BulkPayload payload = new BulkPayload(kept);
        Streams.feed(
                text,
                pieceBytes,
                (bytes, from) ->
                        payload.isComplete() || payload.isFailed()
                                ? bytes.length()
                                : payload.take(bytes, from));
        return payload;
    }

    @Test
    void aSizeSaysWhereDataEndsHoweverItIsCut() {
        for (int piece = 1; piece < 40; piece++) {
            kept.bytes.reset();
            BulkPayload payload = feed("\n\n$7\r\ncontentSET and more", piece);
            assertTrue(payload.isComplete());
            assertEquals("content", kept.text());
            assertEquals(7, kept.total);
        }
    }

    @Test
    void whatStandsBehindTheDataIsLeftForTheStream() {
        BulkPayload payload = new BulkPayload(kept);
        int[] left = new int[1];
        Streams.feed(
                "$3\r\nabcdefg",
                100,
                (bytes, from) -> {
                    if (payload.isComplete()) {
                        left[0] = bytes.length() - from;
                        return bytes.length();
                    }
                    return payload.take(bytes, from);
                });
        assertEquals("abc", kept.text());
        assertEquals(4, left[0]);
    }

    @Test
    void aMarkSaysWhereDataEndsHoweverItIsCut() {
        String data = "x".repeat(100) + MARK.substring(0, 20) + "y".repeat(30);
        String all = "\n$EOF:" + MARK + "\r\n" + data + MARK;
        for (int piece = 1; piece < all.length() + 1; piece++) {
            // The mark is looked for where a piece ends, and the last piece ends with it.
            kept.bytes.reset();
            BulkPayload payload = feed(all, piece);
            assertTrue(payload.isComplete(), "pieces of " + piece);
            assertEquals(data, kept.text());
            assertEquals(0, kept.total);
        }
    }

    @Test
    void dataWithoutItsMarkIsNotComplete() {
        BulkPayload payload = feed("$EOF:" + MARK + "\r\n" + "data" + MARK.substring(1), 7);
        assertFalse(payload.isComplete());
        assertFalse(payload.isFailed());
    }

    @Test
    void firstLinesThatAreNoneAreRefused() {
        List<String> bad =
                List.of(
                        "-ERR no data today\r\n",
                        "$0\r\n",
                        "$-1\r\n",
                        "$99999999999999999999\r\n",
                        "$12x\r\n",
                        "$EOF:short\r\n",
                        "HTTP/1.1 200 OK\r\n",
                        "$EOF:" + "\u00ff".repeat(40) + "\r\n",
                        "$" + "1".repeat(5000));
        for (String line : bad) {
            assertTrue(feed(line, 11).isFailed(), line);
            assertEquals("", kept.text());
        }
    }

    @Test
    void aHugeClaimTakesNoMemory() {
        BulkPayload payload = feed("$999999999999999999\r\nabc", 5);
        assertFalse(payload.isFailed());
        assertEquals("abc", kept.text());
        assertEquals(999999999999999999L, payload.totalBytes());
        assertEquals(3, payload.readBytes());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Data as a primary sends it: a line that says how long it is, or how one can see that it ends, and
 * then the bytes, in any pieces. Owner thread only.
 */
final class BulkPayload {
    private static final Logger LOG = LoggerFactory.getLogger(BulkPayload.class);
    private static final String MARKED = "$EOF:";
    private static final int MARK_BYTES = 40;

    /** Takes the data. */
    interface Taker {
        /**
         * Data follows.
         *
         * @param bytesTotal how much; 0 when nobody knows
         */
        void begins(long bytesTotal);

        /** Some of it has come; lent until this returns. */
        void data(long address, int length);

        /** Some of it has come. */
        void data(byte[] content, int offset, int length);
    }

    private final Taker taker;
    private final LineReader lines = new LineReader();
    private final byte[] held = new byte[MARK_BYTES];
    private byte[] mark;
    private int heldBytes;
    private long totalBytes = -1;
    private long readBytes;
    private boolean complete;
    private boolean failed;

    BulkPayload(Taker taker) {
        this.taker = taker;
    }

    /** Size of the data; 0 when nobody knows, -1 as long as the primary has not said anything. */
    long totalBytes() {
        return totalBytes;
    }

    /** Bytes that have come, the mark at the end included. */
    long readBytes() {
        return readBytes;
    }

    /** Whether all has come. */
    boolean isComplete() {
        return complete;
    }

    /** Whether there is no use in going on; the log says why. */
    boolean isFailed() {
        return failed;
    }

    /**
     * Takes bytes up to the end of the data.
     *
     * @return where to go on
     */
    int take(Bytes content, int from) {
        if (totalBytes < 0) {
            int next = lines.take(content, from);
            if (lines.isTooLong()) {
                fail("its first line has no end");
            } else if (lines.isComplete()) {
                header(lines.line());
            }
            return next;
        }
        long address = content.address() + from;
        int length = content.length() - from;
        if (mark == null) {
            int part = (int) Math.min(length, totalBytes - readBytes);
            readBytes += part;
            taker.data(address, part);
            complete = readBytes == totalBytes;
            return from + part;
        }
        readBytes += length;
        marked(address, length);
        return content.length();
    }

    private void header(String line) {
        if (line.isEmpty()) {
            return; // The primary is still busy with its data, and only shows that it is alive.
        }
        if (line.startsWith("-")) {
            LOG.warn("PRIMARY aborted replication with an error: {}", line.substring(1));
            failed = true;
        } else if (line.startsWith(MARKED) && line.length() >= MARKED.length() + MARK_BYTES) {
            int end = MARKED.length() + MARK_BYTES;
            mark = line.substring(MARKED.length(), end).getBytes(StandardCharsets.UTF_8);
            if (mark.length != MARK_BYTES) {
                fail("its mark is not of letters and digits");
                return;
            }
            begin(0);
        } else if (line.matches("\\$[1-9]\\d{0,17}")) {
            begin(Long.parseLong(line.substring(1)));
        } else {
            LOG.warn(
                    "Bad protocol from PRIMARY, the first byte is not '$' (we received '{}'), are"
                            + " you sure the host and port are right?",
                    line);
            failed = true;
        }
    }

    private void fail(String reason) {
        LOG.warn("Bad protocol from PRIMARY: {}", reason);
        failed = true;
    }

    private void begin(long bytes) {
        totalBytes = bytes;
        taker.begins(bytes);
    }

    /**
     * Hands on all but the last bytes, which may be the mark. Nothing follows the mark before the
     * data is acknowledged, so it is looked for at the end of each piece only.
     */
    private void marked(long address, int length) {
        if (length >= MARK_BYTES) {
            flushHeld(heldBytes);
            taker.data(address, length - MARK_BYTES);
            Memory.copy(address + length - MARK_BYTES, held, 0, MARK_BYTES);
            heldBytes = MARK_BYTES;
        } else {
            flushHeld(Math.max(heldBytes + length - MARK_BYTES, 0));
            Memory.copy(address, held, heldBytes, length);
            heldBytes += length;
        }
        complete = heldBytes == MARK_BYTES && Arrays.equals(held, mark);
    }

    private void flushHeld(int bytes) {
        if (bytes > 0) {
            taker.data(held, 0, bytes);
            System.arraycopy(held, bytes, held, 0, heldBytes - bytes);
            heldBytes -= bytes;
        }
    }
}

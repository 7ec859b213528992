// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.kernel.rdb.StringMarks;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A part of a snapshot on its way: filled by the owner, who leaves long strings as they are, then
 * encoded by one thread and written by another. Each has it alone while it has it.
 */
final class Piece {
    /** What is about as much as a piece holds. */
    static final int BYTES = 64 * 1024;

    /** No more than this is kept of an array that grew. */
    private static final int KEPT_BYTES_MAX = 4 * BYTES;

    /** What holds no more than this does not keep an array for much. */
    private static final int LITTLE_BYTES_MAX = 1024;

    /** Where strings are that wait to be compressed. */
    final StringMarks marks;

    /** Number of keys in it. */
    int keys;

    /** Where a long string stands that is read from where it is; 0 in all other pieces. */
    private long stringAddress;

    private int stringLength;

    /** Bytes that it counts for while it is under way. */
    long pending;

    private final AtomicBoolean claimed = new AtomicBoolean();
    private static final byte[] NOTHING = {};

    /** Longer strings are not compressed: they would have to be held on the heap as a whole. */
    private static final int COMPRESSED_BYTES_MAX = 1 << 20;

    private byte[] content;
    private int length;
    private volatile boolean encoded;

    /** An empty piece. */
    Piece() {
        marks = new StringMarks();
        content = new byte[BYTES + BYTES / 4];
    }

    /** A long string that stays where it is, and nothing else. */
    Piece(long address, int bytes) {
        marks = null;
        content = NOTHING;
        stringAddress = address;
        stringLength = bytes;
        // One that is too long to be compressed is written as it is, without being encoded.
        encoded = isTooLong();
    }

    /** An empty piece that takes the memory of one that has been written and is not used again. */
    Piece(Piece written) {
        marks = written.marks;
        marks.clear();
        content =
                written.content.length > KEPT_BYTES_MAX || written.content.length < BYTES
                        ? new byte[BYTES + BYTES / 4]
                        : written.content;
    }

    /** Number of bytes. */
    int length() {
        return length;
    }

    /** Takes what an output holds, and gives it the array of this piece instead. */
    void take(RdbOutput staged) {
        int written = staged.size();
        byte[] full = staged.exchange(content);
        // Keys that are about to change come one by one, and then very many pieces may wait.
        content = written <= LITTLE_BYTES_MAX ? Arrays.copyOf(full, LITTLE_BYTES_MAX) : full;
        length = written;
    }

    /** Whether the caller is the one who encodes it. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    boolean isEncoded() {
        return encoded;
    }

    /** Writes everything to its end form. */
    void encode(RdbOutput out) {
        if (stringAddress != 0) {
            out.writeString(stringAddress, stringLength);
            content = out.copy();
            length = content.length;
        } else if (marks.count() > 0) {
            int from = 0;
            for (int i = 0; i < marks.count(); i++) {
                int at = marks.position(i);
                out.writeRaw(content, from, at - from);
                out.writeMarked(content, at, marks.length(i));
                from = at + marks.length(i);
            }
            out.writeRaw(content, from, length - from);
            int written = out.size();
            content = out.exchange(content);
            length = written;
        }
        encoded = true;
    }

    /** Whether it holds a long string and nothing else. */
    boolean isString() {
        return stringAddress != 0;
    }

    /** Whether it holds a string that is written as it is. */
    boolean isTooLong() {
        return stringLength > COMPRESSED_BYTES_MAX;
    }

    long stringAddress() {
        return stringAddress;
    }

    int stringLength() {
        return stringLength;
    }

    byte[] content() {
        return content;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import java.util.ArrayDeque;

/** Bytes of the stream that have come and cannot be executed yet. Owner thread only. */
final class StreamBuffer {
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private long bytes;
    private long bytesMax;

    /** Adds what is in a view from a position on; it is copied. */
    void add(Bytes content, int from) {
        int length = content.length() - from;
        if (length == 0) {
            return;
        }
        byte[] piece = new byte[length];
        Memory.copy(content.address() + from, piece, 0, length);
        pieces.add(piece);
        bytes += length;
        bytesMax = Math.max(bytesMax, bytes);
    }

    /** Takes the oldest piece out; null when there is none. */
    byte[] poll() {
        byte[] piece = pieces.poll();
        if (piece != null) {
            bytes -= piece.length;
        }
        return piece;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Number of pieces. */
    int pieces() {
        return pieces.size();
    }

    /** Number of bytes. */
    long bytes() {
        return bytes;
    }

    /** The most there ever were. */
    long bytesMax() {
        return bytesMax;
    }

    /** Forgets all of them. */
    void clear() {
        pieces.clear();
        bytes = 0;
    }
}

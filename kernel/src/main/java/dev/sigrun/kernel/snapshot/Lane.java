// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

import dev.sigrun.kernel.rdb.RdbOutput;
import java.util.ArrayDeque;

/**
 * Pieces that stand one behind the other in the file: all small keys, or one large value. While
 * another lane writes, full pieces wait here. Owner thread only.
 */
final class Lane {
    private final Pipeline pipeline;
    private final RdbOutput out;
    private final ArrayDeque<Piece> waiting = new ArrayDeque<>();
    private Piece piece;
    private boolean open;
    private long waitingBytes;

    Lane(Pipeline pipeline, SnapshotPlan plan) {
        this.pipeline = pipeline;
        this.out = RdbOutput.keeping(RdbOutput.BYTES_MAX, plan.compression());
        begin();
    }

    private void begin() {
        piece = pipeline.take();
        out.markStrings(piece.marks);
    }

    RdbOutput out() {
        return out;
    }

    /** Whether nothing is in the piece at hand. */
    boolean isAtStart() {
        return out.size() == 0;
    }

    boolean isFull() {
        return out.size() >= Piece.BYTES;
    }

    void countKey() {
        piece.keys++;
    }

    /** Ends the piece at hand and begins another. */
    void seal() {
        if (out.size() == 0) {
            return;
        }
        piece.take(out);
        add(piece);
        begin();
    }

    private void add(Piece full) {
        if (open) {
            pipeline.add(full);
        } else {
            waiting.add(full);
            waitingBytes += full.length();
        }
    }

    /** Adds a long string, which is read from where it is. */
    void addString(long address, int length) {
        seal();
        add(new Piece(address, length));
    }

    /** Its turn to write has come. */
    void open() {
        open = true;
        waiting.forEach(pipeline::add);
        waiting.clear();
        waitingBytes = 0;
    }

    /** Its turn is over; what is in the piece at hand goes out before. */
    void close() {
        seal();
        open = false;
    }

    long waitingBytes() {
        return waitingBytes + out.size();
    }
}

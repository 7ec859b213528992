// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.load.read.LoadException;
import dev.sigrun.kernel.load.read.LoadFailure.Kind;
import dev.sigrun.kernel.load.read.ReadEnd;
import dev.sigrun.kernel.load.read.Window;
import dev.sigrun.memory.Memory;

/** Fills batches and gives them to the owner. Confined to the thread that reads. */
final class BatchWriter {
    private static final long RECORD_BYTES_MAX = Integer.MAX_VALUE - 64;

    private final Handover handover;
    private final Window in;
    private Batch batch;
    private long recordOffset;
    private long keys;

    BatchWriter(Handover handover, Window in) {
        this.handover = handover;
        this.in = in;
    }

    /** Notes where in the input a record begins. */
    void recordBegins() {
        recordOffset = in.offset();
    }

    /**
     * Makes room for the bytes of a record.
     *
     * @return where they go; {@link #add} takes them into the batch
     */
    long reserve(long bytes) throws LoadException {
        if (bytes > RECORD_BYTES_MAX) {
            throw new LoadException(Kind.CORRUPT, "A value of " + bytes + " bytes is too long.");
        }
        if (batch != null && !batch.hasRoom(bytes)) {
            ship();
        }
        if (batch == null) {
            batch = handover.takeEmpty();
        }
        if (!batch.hasRoom(bytes)) {
            batch.grow(bytes);
        }
        return batch.address() + batch.used;
    }

    /** Adds a record whose bytes stand where {@link #reserve} said; gives its number. */
    int add(int kind, int layout, int keyLength, int length) {
        int record = batch.records++;
        batch.kind[record] = (byte) kind;
        batch.layout[record] = layout;
        batch.at[record] = batch.used;
        batch.keyLength[record] = keyLength;
        batch.length[record] = length;
        batch.offset[record] = recordOffset;
        batch.used += keyLength + length;
        return record;
    }

    /** The batch that {@link #add} has added to. */
    Batch batch() {
        return batch;
    }

    void simple(int kind, int layout) throws LoadException {
        long _ = reserve(0);
        int _ = add(kind, layout, 0, 0);
    }

    void pair(int kind, byte[] key, byte[] value) throws LoadException {
        long at = reserve(key.length + (long) value.length);
        Memory.copy(key, 0, at, key.length);
        Memory.copy(value, 0, at + key.length, value.length);
        int _ = add(kind, 0, key.length, value.length);
    }

    void copied(int kind, long bytes, long length) throws LoadException {
        long at = reserve(length);
        Memory.copy(bytes, at, length);
        int _ = add(kind, 0, 0, (int) length);
    }

    /** A key is complete: the time to pause, where that is wanted. */
    void keyEnds() throws LoadException {
        keys++;
        if (handover.isDelayed()) {
            ship();
            handover.pause(keys);
        }
    }

    /** Gives the owner what there is. */
    void ship() {
        if (batch != null) {
            batch.endOffset = in.offset();
            handover.give(batch);
            batch = null;
        }
    }

    void end(ReadEnd end) {
        if (batch == null) {
            try {
                batch = handover.takeEmpty();
            } catch (LoadException e) {
                return; // Whoever stopped the load knows that it ended.
            }
        }
        batch.end = end;
        ship();
    }
}

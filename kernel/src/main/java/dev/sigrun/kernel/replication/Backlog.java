// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication;

import dev.sigrun.memory.Memory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of the stream of changes. It serves those who were away for a moment, and it is also what
 * all connected replicas are fed from: each has a {@link Cursor}, and a byte is here once, however
 * many are behind. So it may grow past its size by what the slowest of them lacks. Owner thread
 * only.
 */
public final class Backlog {
    /** The least size of a block; a smaller one would hold few commands. */
    private static final int BLOCK_BYTES_MIN = 16 * 1024;

    /** Blocks that are given back at a time, so that much of it does not hold the owner. */
    private static final int BLOCKS_TRIMMED_MAX = 64;

    private final History history;
    private final ArrayDeque<Block> blocks = new ArrayDeque<>();

    /** Cursors that were made when there was no block, and need the first one. */
    private final List<Cursor> unattached = new ArrayList<>();

    private long sizeBytes;
    private long heldBytes;
    private long memoryBytes;
    private boolean present;

    /**
     * Makes one that is not there yet.
     *
     * @param sizeBytes what {@code repl-backlog-size} says
     */
    public Backlog(History history, long sizeBytes) {
        this.history = history;
        this.sizeBytes = sizeBytes;
    }

    /** Whether what is added to the stream is kept. */
    public boolean isPresent() {
        return present;
    }

    /** Keeps what is added to the stream from now on. */
    public void create() {
        present = true;
    }

    /** Keeps nothing any more, and gives all memory back. Nobody may have a cursor. */
    public void free() {
        clear();
        present = false;
    }

    /** Forgets everything but goes on keeping what comes. Nobody may have a cursor. */
    public void clear() {
        if (!unattached.isEmpty()) {
            throw new IllegalStateException("a replica still reads the backlog");
        }
        for (Block block : blocks) {
            if (block.cursors != 0) {
                throw new IllegalStateException("a replica still reads the backlog");
            }
            block.free();
        }
        blocks.clear();
        heldBytes = 0;
        memoryBytes = 0;
    }

    /** What is here stands further on in the stream. Nobody may have a cursor. */
    void shift(long bytes) {
        blocks.forEach(block -> block.offset += bytes);
    }

    /** Sets how much is kept for those who are away. */
    public void sizeBytes(long bytes) {
        sizeBytes = bytes;
        trim();
    }

    /** How much is kept for those who are away, at least once there was so much. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** Bytes of the stream that are here. */
    public long heldBytes() {
        return heldBytes;
    }

    /** Bytes of memory that all blocks take. */
    public long memoryBytes() {
        return memoryBytes;
    }

    /** Offset of the first byte that is here, or that will be. */
    public long firstOffset() {
        return history.offset() - heldBytes + 1;
    }

    /** Whether everything from an offset on is here. */
    public boolean holds(long offset) {
        return present && offset >= firstOffset() && offset <= history.offset() + 1;
    }

    /**
     * A place to read from; it has to be closed.
     *
     * @param offset of the first byte to be read, which {@link #holds} is true of
     */
    public Cursor cursor(long offset) {
        if (!holds(offset)) {
            throw new IllegalArgumentException("offset " + offset + " is not in the backlog");
        }
        for (Block block : blocks) {
            if (offset < block.offset + block.used) {
                return new Cursor(this, history, block, offset);
            }
        }
        Cursor cursor = new Cursor(this, history, blocks.peekLast(), offset);
        if (blocks.isEmpty()) {
            unattached.add(cursor);
        }
        return cursor;
    }

    /** A cursor that never was in a block needs none any more. */
    void detach(Cursor cursor) {
        unattached.remove(cursor);
    }

    /** Adds bytes to the stream, which moves the history's offset, too. */
    public void append(long address, int length) {
        if (!present) {
            return;
        }
        long from = address;
        int left = length;
        while (left > 0) {
            Block block = roomFor(left);
            int part = Math.min(left, block.capacity - block.used);
            Memory.copy(from, block.address() + block.used, part);
            added(block, part);
            from += part;
            left -= part;
        }
    }

    /** Adds bytes that are on the heap. */
    public void append(byte[] content) {
        append(content, 0, content.length);
    }

    /** Adds bytes that are on the heap. */
    public void append(byte[] content, int offset, int length) {
        if (!present) {
            return;
        }
        int from = offset;
        int left = length;
        while (left > 0) {
            Block block = roomFor(left);
            int part = Math.min(left, block.capacity - block.used);
            block.put(content, from, part);
            added(block, part);
            from += part;
            left -= part;
        }
    }

    private void added(Block block, int bytes) {
        block.used += bytes;
        heldBytes += bytes;
        history.advance(bytes);
    }

    private Block roomFor(int bytes) {
        Block last = blocks.peekLast();
        if (last != null && last.used < last.capacity) {
            return last;
        }
        long largest = Math.max(sizeBytes / 16, BLOCK_BYTES_MIN);
        int capacity = (int) Math.min(Math.max(bytes, BLOCK_BYTES_MIN), largest);
        Block block = new Block(history.offset() + 1, capacity);
        if (last != null) {
            last.next = block;
        }
        blocks.add(block);
        memoryBytes += capacity;
        if (last == null) {
            unattached.forEach(cursor -> cursor.enter(block));
            unattached.clear();
        }
        trim();
        return block;
    }

    /**
     * Gives back what is past the size and what no replica lacks, as far as is well at a time.
     *
     * @return whether there is more of that
     */
    public boolean trim() {
        for (int i = 0; i < BLOCKS_TRIMMED_MAX && mayTrim(); i++) {
            Block first = blocks.removeFirst();
            heldBytes -= first.used;
            memoryBytes -= first.capacity;
            first.free();
        }
        return mayTrim();
    }

    private boolean mayTrim() {
        if (blocks.size() <= 1) {
            return false;
        }
        Block first = blocks.peekFirst();
        return first.cursors == 0 && heldBytes - first.used > sizeBytes;
    }
}

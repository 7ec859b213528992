// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication;

import dev.sigrun.memory.Memory;

/**
 * How far somebody has read in the backlog. What is behind it stays there until it is closed. Owner
 * thread only.
 */
public final class Cursor {
    private final Backlog backlog;
    private final History history;
    private Block block;
    private long offset;
    private boolean closed;

    Cursor(Backlog backlog, History history, Block block, long offset) {
        this.backlog = backlog;
        this.history = history;
        this.offset = offset;
        enter(block);
    }

    /** The next byte is, or will be, in a block. */
    void enter(Block entered) {
        block = entered;
        if (entered != null) {
            entered.cursors++;
        }
    }

    /** Offset of the next byte. */
    public long offset() {
        return offset;
    }

    /** Bytes that are there to be read. */
    public long waitingBytes() {
        return closed ? 0 : history.offset() + 1 - offset;
    }

    /** Bytes of memory that are kept for this cursor at least, if for no other one. */
    public long heldBytes() {
        return closed || block == null ? 0 : history.offset() + 1 - block.offset;
    }

    /**
     * Reads on.
     *
     * @param capacity how much there is room for
     * @return bytes that were read, 0 when there are none
     */
    public int read(long address, int capacity) {
        int done = 0;
        while (done < capacity && waitingBytes() > 0) {
            step();
            int at = (int) (offset - block.offset);
            int part = Math.min(capacity - done, block.used - at);
            Memory.copy(block.address() + at, address + done, part);
            done += part;
            offset += part;
        }
        if (done > 0) {
            step();
        }
        return done;
    }

    /** Goes to the block in which the next byte is, and lets go of the one before. */
    private void step() {
        if (block.next != null && offset == block.offset + block.used) {
            Block left = block;
            enter(left.next);
            left.cursors--;
            backlog.trim();
        }
    }

    /** Reads no more. */
    public void close() {
        if (!closed) {
            closed = true;
            if (block == null) {
                backlog.detach(this);
            } else {
                block.cursors--;
                block = null;
                backlog.trim();
            }
        }
    }
}

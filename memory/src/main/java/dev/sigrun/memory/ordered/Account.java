// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.MemoryExhausted;

/**
 * Owner thread only. Takes and gives back the blocks of the sorted set at hand, and keeps the sum
 * of their sizes in its root, so that the memory of a set is known without a walk.
 */
final class Account {
    private final Blocks blocks;
    private long root;

    Account(Blocks blocks) {
        this.blocks = blocks;
    }

    /** From now on, blocks are those of the set with this root. */
    void open(long setRoot) {
        root = setRoot;
    }

    long allocate(long bytes) {
        long address = blocks.allocate(bytes);
        Root.hold(root, Allocator.usableSize(bytes));
        return address;
    }

    void free(long address, long bytes) {
        blocks.free(address, bytes);
        Root.hold(root, -Allocator.usableSize(bytes));
    }

    long resize(long address, long oldBytes, long newBytes) {
        long moved = blocks.resize(address, oldBytes, newBytes);
        Root.hold(root, Allocator.usableSize(newBytes) - Allocator.usableSize(oldBytes));
        return moved;
    }

    /**
     * Makes a block smaller where that can be had; what removes members must not fail.
     *
     * @return the block's address now; 0 when it is as it was, because a smaller one was not to be
     *     had
     */
    long shrink(long address, long oldBytes, long newBytes) {
        try {
            return resize(address, oldBytes, newBytes);
        } catch (MemoryExhausted | OutOfMemoryError e) {
            return 0;
        }
    }

    /** A block that only serves to save memory; 0 when there is none to be had. */
    long allocateIfPossible(long bytes) {
        try {
            return allocate(bytes);
        } catch (MemoryExhausted | OutOfMemoryError e) {
            return 0;
        }
    }
}

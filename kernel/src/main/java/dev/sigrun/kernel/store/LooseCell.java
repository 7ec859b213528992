// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Check;
import dev.sigrun.memory.Allocator;
import dev.sigrun.spi.type.Cell;

/**
 * An embedded value that belongs to no key: one that is being decoded or copied and has a block of
 * its own, or one whose key is gone and that is about to be freed. Owner thread only.
 */
final class LooseCell extends Cell {
    private final Allocator allocator;
    private boolean owned;

    LooseCell(Allocator allocator) {
        this.allocator = allocator;
    }

    /** Takes a new block, and gives back the one that it had. */
    LooseCell begin(int newLength) {
        release();
        address = allocator.allocate(newLength);
        length = newLength;
        owned = true;
        return this;
    }

    /** Moves the view over bytes that somebody else owns; they cannot be resized. */
    LooseCell over(long newAddress, int newLength) {
        release();
        address = newAddress;
        length = newLength;
        return this;
    }

    @Override
    public void resize(int newLength) {
        Check.that(owned, "only a value of its own block can be resized");
        address = allocator.resize(address, length, newLength);
        length = newLength;
    }

    /** Gives the block back, if there is one; what the value holds elsewhere stays. */
    void release() {
        if (owned) {
            allocator.free(address, length);
            owned = false;
        }
        address = 0;
        length = 0;
    }
}

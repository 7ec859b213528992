// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.element;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.DataType;

/**
 * A value that is being put together and belongs to no key: the target of a command may be one of
 * its sources. It has a block of its own between {@link #begin} and {@link #end}; what hangs on the
 * value is its type's to free. Owner thread only.
 */
public final class ScratchCell extends Cell {
    private final CoreMemory memory;

    /** A cell without a block. */
    public ScratchCell(CoreMemory memory) {
        this.memory = memory;
    }

    /** Takes a block of undefined content. */
    public ScratchCell begin(int newLength) {
        address = memory.allocate(newLength);
        length = newLength;
        return this;
    }

    @Override
    public void resize(int newLength) {
        address = memory.resize(address, length, newLength);
        length = newLength;
    }

    /** Whether there is a block. */
    public boolean isOpen() {
        return address != 0;
    }

    /** Makes the key hold the value, instead of what it held; the block is given back then. */
    public void moveTo(Key key, DataType<Cell> type) {
        Cell cell = key.newValue(type, length);
        Memory.copy(address, cell.address(), length);
        end();
    }

    /** Gives the block back. */
    public void end() {
        memory.free(address, length);
        address = 0;
        length = 0;
    }
}

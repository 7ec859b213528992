// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.memory.Allocator;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.ValueContext;

/** The one context that is lent to the methods of types. Owner thread only. */
final class StoreValueContext implements ValueContext {
    private final LooseCell cell;
    private StoredType type;
    private Bytes key;
    private int db;

    StoreValueContext(Allocator allocator) {
        this.cell = new LooseCell(allocator);
    }

    StoreValueContext of(StoredType storedType, Bytes keyName, int dbIndex) {
        type = storedType;
        key = keyName;
        db = dbIndex;
        return this;
    }

    @Override
    public Bytes key() {
        return key;
    }

    @Override
    public int db() {
        return db;
    }

    @Override
    public Cell newCell(int length) {
        return cell.begin(length);
    }

    void releaseCell() {
        cell.release();
    }

    @Override
    public OffHeap memory() {
        return type.memory();
    }

    @Override
    public boolean limitsApply() {
        return true;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.DataType;

/**
 * A type of a plugin as the store knows it: the number that entries carry and how many keys hold
 * such values, which is what decides whether the plugin may be unloaded. Owner thread only.
 */
public final class StoredType {
    private final int id;
    private final DataType<Object> type;
    private final OffHeap memory;
    private long liveValues;

    @SuppressWarnings("unchecked") // The store hands a value back to the type that brought it.
    StoredType(int id, DataType<?> type, OffHeap memory) {
        this.id = id;
        this.type = (DataType<Object>) type;
        this.memory = memory;
    }

    int id() {
        return id;
    }

    /** The plugin's type. */
    public DataType<Object> type() {
        return type;
    }

    /** The memory of the type's plugin. */
    public OffHeap memory() {
        return memory;
    }

    /** Values that keys hold or that wait to be freed. */
    public long liveValues() {
        return liveValues;
    }

    void added() {
        liveValues++;
    }

    void freed() {
        liveValues--;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.vm;

import dev.sigrun.memory.Memory;
import java.lang.foreign.Arena;

/**
 * Counts the memory of one state and, while scripts run in it, limits it. Lua takes a refusal as an
 * error, which must not happen while Java is called, so it is off then. Owner thread only.
 */
public final class MemoryLimit implements AutoCloseable {
    /** What one state may take while a script runs. */
    public static final long BYTES_MAX = 1L << 30;

    private static final int BYTES = 16;
    private static final int LIMIT = 8;

    private final Arena arena = Arena.ofShared();
    private final long address = arena.allocate(BYTES, 8).address();

    /** Counts from nothing, without a limit. */
    public MemoryLimit() {
        off();
    }

    /** Where the allocator finds the count and the limit. */
    long address() {
        return address;
    }

    /** Bytes that the state has. */
    public long usedBytes() {
        return Memory.getLong(address);
    }

    /** Refuses more than the limit from now on. */
    void on() {
        Memory.putLong(address + LIMIT, BYTES_MAX);
    }

    /** Refuses nothing from now on. */
    void off() {
        Memory.putLong(address + LIMIT, Long.MAX_VALUE);
    }

    @Override
    public void close() {
        arena.close();
    }
}

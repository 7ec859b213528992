// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.fake;

import dev.sigrun.spi.memory.OffHeap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;

/** Keeps every block apart, with guard bytes around it that are looked at when it is freed. */
public final class FakeOffHeap implements OffHeap {
    private static final int GUARD_BYTES = 64;
    private static final byte GUARD = (byte) 0xA5;
    private static final byte POISON = (byte) 0xDB;

    private final Map<Long, Held> blocks = new HashMap<>();
    private long usedBytes;
    private long largestWish;
    private int allocations;
    private int allocationsLeft = Integer.MAX_VALUE;

    private record Held(Arena arena, MemorySegment whole, long bytes) {}

    @Override
    @SuppressWarnings("MustBeClosedChecker") // The arena is closed when the block is freed.
    public long allocate(long bytes) {
        if (bytes < 1) {
            throw new AssertionError("a block of " + bytes + " bytes");
        }
        largestWish = Math.max(largestWish, bytes);
        if (allocationsLeft == 0) {
            throw new OutOfMemoryError("as the test wished");
        }
        allocationsLeft--;
        allocations++;
        Arena arena = Arena.ofConfined();
        MemorySegment whole = arena.allocate(bytes + 2 * GUARD_BYTES, 8);
        whole.fill(GUARD);
        whole.asSlice(GUARD_BYTES, bytes).fill(POISON);
        long address = whole.address() + GUARD_BYTES;
        blocks.put(address, new Held(arena, whole, bytes));
        usedBytes += bytes;
        return address;
    }

    @Override
    public void free(long address, long bytes) {
        Held held = blocks.remove(address);
        if (held == null || held.bytes != bytes) {
            throw new AssertionError("freed what is no block of " + bytes + " bytes");
        }
        checkGuards(held);
        usedBytes -= bytes;
        held.whole.fill(POISON);
        held.arena.close();
    }

    private static void checkGuards(Held held) {
        for (int i = 0; i < GUARD_BYTES; i++) {
            long behind = GUARD_BYTES + held.bytes + i;
            if (held.whole.get(ValueLayout.JAVA_BYTE, i) != GUARD
                    || held.whole.get(ValueLayout.JAVA_BYTE, behind) != GUARD) {
                throw new AssertionError("something wrote outside of a block");
            }
        }
    }

    /** Looks at the guards of all blocks. */
    public void checkAll() {
        blocks.values().forEach(FakeOffHeap::checkGuards);
    }

    @Override
    public MemorySegment segment(long address, long bytes) {
        return blocks.get(address).whole.asSlice(GUARD_BYTES, bytes);
    }

    @Override
    public long usableBytes(long bytes) {
        return (bytes + 15) & ~15L;
    }

    @Override
    public long usedBytes() {
        return usedBytes;
    }

    /** Number of blocks that are held. */
    public int blocks() {
        return blocks.size();
    }

    /** Number of blocks that were ever allocated. */
    public int allocations() {
        return allocations;
    }

    /** The largest block that was ever asked for. */
    public long largestWish() {
        return largestWish;
    }

    /** Lets so many more allocations succeed. */
    public void failAfter(int more) {
        allocationsLeft = more;
    }

    @Override
    public long resize(long address, long oldBytes, long newBytes) {
        throw new AssertionError("not a call of this plugin");
    }
}

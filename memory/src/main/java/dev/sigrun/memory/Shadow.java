// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import java.util.Arrays;

/**
 * Any thread checks, the allocator's owner marks. What of a region is live, for the checked mode.
 *
 * <p>One byte stands for eight of memory: how many of them, from the first, may be touched, and
 * whether a block begins there. So an access past the size asked for, across two blocks or into a
 * freed block is found, and a free can be compared with the size that was asked for. The bytes are
 * on the Java heap in pieces made as the region grows, one eighth of the memory in use.
 */
final class Shadow {
    private static final int PIECE_SHIFT = 17;
    private static final int PIECE = 1 << PIECE_SHIFT;
    private static final int VALID = 0x0f;
    private static final int START = 0x10;

    /** Replaced, never changed, under the class lock; readers see a whole array. */
    private static volatile Shadow[] registry = {};

    private final long base;
    private final long end;
    private volatile byte[][] pieces = new byte[4][];

    Shadow(long base, long bytes) {
        this.base = base;
        this.end = base + bytes;
    }

    void register() {
        synchronized (Shadow.class) {
            Shadow[] grown = Arrays.copyOf(registry, registry.length + 1);
            grown[registry.length] = this;
            registry = grown;
        }
    }

    void unregister() {
        synchronized (Shadow.class) {
            registry =
                    Arrays.stream(registry).filter(shadow -> shadow != this).toArray(Shadow[]::new);
        }
    }

    static void check(long address, long length) {
        if (length < 0) {
            throw new MemoryFault("A length of " + length + " is no length.");
        }
        if (length == 0) {
            return;
        }
        for (Shadow shadow : registry) {
            if (address < shadow.end && address + length > shadow.base) {
                shadow.verify(address, length);
                return;
            }
        }
    }

    private void verify(long address, long length) {
        if (address < base || address + length > end) {
            throw fault("crosses the edge of the region", address, length);
        }
        long first = granule(address);
        long last = granule(address + length - 1);
        for (long at = first; at <= last; at++) {
            int code = code(at);
            int valid = code & VALID;
            if (valid == 0) {
                throw fault("touches memory that is in no live block", address, length);
            }
            long need = at == last ? ((address + length - 1) & 7) + 1 : 8;
            if (valid < need || (at > first && (code & START) != 0)) {
                throw fault("runs past the end of its block", address, length);
            }
        }
    }

    private static MemoryFault fault(String what, long address, long length) {
        return new MemoryFault(
                String.format("An access of %d bytes at 0x%x %s.", length, address, what));
    }

    /** Declares a block of the size asked for to be live. */
    void mark(long address, long bytes) {
        long first = granule(address);
        long count = (bytes + 7) >>> 3;
        for (long at = first; at < first + count; at++) {
            long left = bytes - ((at - first) << 3);
            int code = (int) Math.min(8, left) | (at == first ? START : 0);
            piece((int) (at >>> PIECE_SHIFT))[(int) at & (PIECE - 1)] = (byte) code;
        }
    }

    /** Ends a block's life, after checking that it is one and of this size. */
    void release(long address, long bytes) {
        verifyBlock(address, bytes);
        long first = granule(address);
        long count = (bytes + 7) >>> 3;
        for (long at = first; at < first + count; at++) {
            piece((int) (at >>> PIECE_SHIFT))[(int) at & (PIECE - 1)] = 0;
        }
    }

    /** Throws unless a live block of exactly this size begins here. */
    void verifyBlock(long address, long bytes) {
        if (address < base || address >= end || (address & 7) != 0) {
            throw new MemoryFault(
                    String.format("0x%x was never handed out by this allocator.", address));
        }
        long first = granule(address);
        if ((code(first) & START) == 0) {
            throw new MemoryFault(
                    String.format("0x%x is not the start of a live block: freed twice?", address));
        }
        long size = code(first) & VALID;
        for (long at = first + 1; code(at) != 0 && (code(at) & START) == 0; at++) {
            size += code(at);
        }
        if (size != bytes) {
            throw new MemoryFault(
                    String.format(
                            "The block at 0x%x has %d bytes, not the %d said.",
                            address, size, bytes));
        }
    }

    private long granule(long address) {
        return (address - base) >>> 3;
    }

    private int code(long granule) {
        byte[][] all = pieces;
        int index = (int) (granule >>> PIECE_SHIFT);
        if (index >= all.length || all[index] == null) {
            return 0;
        }
        return all[index][(int) granule & (PIECE - 1)];
    }

    private byte[] piece(int index) {
        byte[][] all = pieces;
        if (index >= all.length) {
            all = Arrays.copyOf(all, Math.max(index + 1, all.length * 2));
            pieces = all;
        }
        if (all[index] == null) {
            all[index] = new byte[PIECE];
        }
        return all[index];
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import java.util.Arrays;

/**
 * Owner thread only. Blocks of memory outside of the Java heap, without a header.
 *
 * <p>The caller remembers how many bytes it asked for and says so when freeing. Small blocks come
 * from slabs of 64 KiB that hold one size each; what is free in a slab is a list through the free
 * blocks themselves, and a slab's whole state is one long: both directions are a few moves, O(1),
 * and touch no Java heap. Larger blocks are runs of 4 KiB pages. An emptied slab and a freed run go
 * back to the kernel (a few emptied slabs are kept, see {@link #trim}).
 *
 * <p>All blocks lie within one region, so 40 bits say which: see {@link #reference}. Freeing with a
 * wrong size or twice corrupts the slab silently, except in the checked mode, which refuses.
 */
public final class Allocator implements Blocks, AutoCloseable {
    /** A free list's end, and a state's lack of a list. Block offsets are below 8192 units. */
    private static final int NO_BLOCK = 0x3fff;

    private static final long FIELD = 0x3fff;
    private static final int USED_SHIFT = 14;
    private static final int FRESH_SHIFT = 28;
    private static final long ONE_USED = 1L << USED_SHIFT;
    private static final long ONE_FRESH = 1L << FRESH_SHIFT;
    private static final byte POISON = (byte) 0xDB;

    private final Region region;
    private final Spans spans;
    private final Shadow shadow;
    private final long base;

    /** The first slab of each class that has a free block. */
    private final int[] open = new int[SizeClass.COUNT];

    private long ceilingBytes;
    private long usedBytes;
    private long slabs;
    private long pages;
    private boolean closed;

    public Allocator() {
        this(Long.MAX_VALUE);
    }

    public Allocator(long ceilingBytes) {
        this.ceilingBytes = ceilingBytes;
        region = new Region();
        base = region.base();
        spans = new Spans(region);
        Arrays.fill(open, Spans.NONE);
        shadow = Memory.CHECKED ? new Shadow(base, region.bytes()) : null;
        if (Memory.CHECKED) {
            shadow.register();
            // The first span is never handed out, so that no reference is 0; tables read its first
            // line as the bucket of an empty table.
            shadow.mark(base, 64);
        }
    }

    /** A block for this many bytes, with whatever they held before. */
    @Override
    public long allocate(long bytes) {
        long usable = usableSize(bytes);
        if (usable > ceilingBytes - usedBytes) {
            throw new MemoryExhausted("The ceiling of " + ceilingBytes + " bytes is reached.");
        }
        return take(bytes, usable);
    }

    private long take(long bytes, long usable) {
        long address = usable <= SizeClass.LARGEST ? small(SizeClass.of(bytes)) : large(usable);
        usedBytes += usable;
        if (Memory.CHECKED) {
            shadow.mark(address, Math.max(1, bytes));
        }
        return address;
    }

    private long small(int index) {
        int span = open[index];
        if (span == Spans.NONE) {
            span = openSlab(index);
        }
        long state = spans.word(span);
        long slab = base + ((long) span << Spans.SHIFT);
        long address;
        int head = (int) (state & FIELD);
        if (head != NO_BLOCK) {
            address = slab + ((long) head << 3);
            state = (state & ~FIELD) | (Memory.rawShort(address) & FIELD);
        } else {
            address = slab + ((state >>> FRESH_SHIFT) & FIELD) * SizeClass.size(index);
            state += ONE_FRESH;
        }
        state += ONE_USED;
        spans.word(span, state);
        if (((state >>> USED_SHIFT) & FIELD) == SizeClass.blocks(index)) {
            unlink(index, span);
        }
        return address;
    }

    private int openSlab(int index) {
        int span = spans.takeOne();
        if (span == Spans.NONE) {
            throw exhausted(SizeClass.SLAB);
        }
        spans.word(span, Spans.SLAB | NO_BLOCK);
        slabs++;
        link(index, span);
        return span;
    }

    private long large(long usable) {
        long count = usable / Region.PAGE;
        long needed = spansOf(count);
        int span = needed > Integer.MAX_VALUE ? Spans.NONE : spans.take((int) needed);
        if (span == Spans.NONE) {
            throw exhausted(usable);
        }
        spans.run(span, (int) needed, count);
        pages += count;
        return spans.address(span);
    }

    private static MemoryExhausted exhausted(long bytes) {
        return new MemoryExhausted("The region has no room for " + bytes + " bytes more.");
    }

    /** Takes back a block of the size that was asked for. */
    @Override
    public void free(long address, long bytes) {
        long usable = usableSize(bytes);
        if (Memory.CHECKED) {
            shadow.release(address, Math.max(1, bytes));
            Memory.rawSet(address, usable, POISON);
        }
        usedBytes -= usable;
        if (usable <= SizeClass.LARGEST) {
            freeSmall(address, SizeClass.of(bytes));
        } else {
            freeLarge(address, usable / Region.PAGE);
        }
    }

    private void freeSmall(long address, int index) {
        long offset = address - base;
        int span = (int) (offset >>> Spans.SHIFT);
        long state = spans.word(span);
        Memory.rawPutShort(address, (short) (state & FIELD));
        long used = (state >>> USED_SHIFT) & FIELD;
        state = (state & ~FIELD) | ((offset & (SizeClass.SLAB - 1)) >>> 3);
        state -= ONE_USED;
        spans.word(span, state);
        if (used == SizeClass.blocks(index)) {
            link(index, span);
        }
        if (used == 1) {
            unlink(index, span);
            slabs--;
            spans.giveOne(span);
        }
    }

    private void freeLarge(long address, long count) {
        int span = (int) ((address - base) >>> Spans.SHIFT);
        region.release(address, count * Region.PAGE);
        pages -= count;
        spans.give(span, (int) spansOf(count));
    }

    /**
     * A block of another size with the same bytes as far as both reach: the same block when its
     * size allows, else a new one, and the old one freed. A smaller size is never refused because
     * of the ceiling.
     */
    @Override
    public long resize(long address, long oldBytes, long newBytes) {
        long oldUsable = usableSize(oldBytes);
        long newUsable = usableSize(newBytes);
        if (Memory.CHECKED) {
            shadow.verifyBlock(address, Math.max(1, oldBytes));
        }
        boolean inPlace =
                oldUsable == newUsable
                        || (oldUsable > SizeClass.LARGEST
                                && newUsable > SizeClass.LARGEST
                                && resizeRun(address, oldUsable, newUsable));
        if (inPlace) {
            if (Memory.CHECKED) {
                shadow.release(address, Math.max(1, oldBytes));
                shadow.mark(address, Math.max(1, newBytes));
            }
            return address;
        }
        // Whoever makes a block smaller cannot do with a refusal, and there is more room
        // afterwards.
        long target = newUsable < oldUsable ? take(newBytes, newUsable) : allocate(newBytes);
        Memory.copy(address, target, Math.min(oldBytes, newBytes));
        free(address, oldBytes);
        return target;
    }

    private boolean resizeRun(long address, long oldUsable, long newUsable) {
        int span = (int) ((address - base) >>> Spans.SHIFT);
        long oldPages = oldUsable / Region.PAGE;
        long newPages = newUsable / Region.PAGE;
        int oldSpans = (int) spansOf(oldPages);
        long newSpans = spansOf(newPages);
        if (newUsable > oldUsable) {
            if (newUsable - oldUsable > ceilingBytes - usedBytes) {
                throw new MemoryExhausted("The ceiling of " + ceilingBytes + " bytes is reached.");
            }
            if (newSpans > Integer.MAX_VALUE
                    || (newSpans > oldSpans && !spans.extend(span, oldSpans, (int) newSpans))) {
                return false;
            }
        } else {
            region.release(address + newUsable, oldUsable - newUsable);
        }
        spans.run(span, (int) newSpans, newPages);
        if (newSpans < oldSpans) {
            spans.give(span + (int) newSpans, oldSpans - (int) newSpans);
        }
        pages += newPages - oldPages;
        usedBytes += newUsable - oldUsable;
        return true;
    }

    /** How many bytes a block asked for with this size occupies, and may be counted with. */
    public static long usableSize(long bytes) {
        if (bytes <= SizeClass.LARGEST) {
            if (bytes < 0) {
                throw new IllegalArgumentException("A block of " + bytes + " bytes was asked for.");
            }
            return SizeClass.size(SizeClass.of(bytes));
        }
        if (bytes > Long.MAX_VALUE - Region.PAGE) {
            throw exhausted(bytes);
        }
        return (bytes + Region.PAGE - 1) & -Region.PAGE;
    }

    /** The sum of the usable sizes of all live blocks. */
    public long usedBytes() {
        return usedBytes;
    }

    /** The memory held from the kernel: slabs, kept ones too, and the pages of large blocks. */
    public long committedBytes() {
        return ((slabs + spans.kept()) << Spans.SHIFT) + pages * Region.PAGE;
    }

    public long ceilingBytes() {
        return ceilingBytes;
    }

    /** From now on, allocations that would bring the used bytes above this fail. */
    public void ceilingBytes(long bytes) {
        ceilingBytes = bytes;
    }

    public long base() {
        return base;
    }

    /** The 40 bits that stand for a block's address; never 0. */
    public long reference(long address) {
        return (address - base) >>> 3;
    }

    public long address(long reference) {
        return base + (reference << 3);
    }

    /** Gives the pages of the emptied slabs kept for reuse back to the kernel. */
    public void trim() {
        spans.trim();
    }

    /** Ends all blocks at once. Any use of the allocator or its blocks afterwards may crash. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (Memory.CHECKED) {
                shadow.unregister();
            }
            spans.close();
            region.unmap();
        }
    }

    private static long spansOf(long pages) {
        return (pages + 15) >>> 4;
    }

    private void link(int index, int span) {
        int head = open[index];
        spans.next(span, head);
        spans.prior(span, Spans.NONE);
        if (head != Spans.NONE) {
            spans.prior(head, span);
        }
        open[index] = span;
    }

    private void unlink(int index, int span) {
        int next = spans.next(span);
        int prior = spans.prior(span);
        if (prior == Spans.NONE) {
            open[index] = next;
        } else {
            spans.next(prior, next);
        }
        if (next != Spans.NONE) {
            spans.prior(next, prior);
        }
    }
}

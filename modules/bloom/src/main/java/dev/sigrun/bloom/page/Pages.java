// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.page;

import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.RdbWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Owner thread only, but for reading a pinned one. A long run of bytes, zero at first, in pages of
 * {@value #PAGE_BYTES} bytes.
 *
 * <p>A page takes memory from its first change on, so a wish for a large structure costs nothing
 * until it is filled. Snapshots and copies share pages; a shared page is copied before it changes,
 * so the first change after a snapshot costs one page, whatever the size of the whole.
 */
public final class Pages {
    /** Bytes of a page; the last one may be shorter. */
    public static final int PAGE_BYTES = 1 << 16;

    private static final int PAGE_SHIFT = 16;
    private static final int PAGE_MASK = PAGE_BYTES - 1;

    // An automatic arena: the page goes with the plugin's classes.
    private static final MemorySegment ZEROS = Arena.ofAuto().allocate(PAGE_BYTES);

    private final long bytes;
    private final Block[] blocks;
    private final long[] addresses;
    private long heldBytes;
    private boolean wasShared;
    private int freed;

    /** So many zeros. */
    public Pages(long bytes) {
        Objects.checkIndex(0, bytes);
        this.bytes = bytes;
        this.blocks = new Block[Math.toIntExact((bytes + PAGE_MASK) >>> PAGE_SHIFT)];
        this.addresses = new long[blocks.length];
    }

    /** A copy of other memory; its pages of zeros take no memory. */
    public static Pages of(OffHeap memory, long source, long bytes) {
        Pages pages = new Pages(bytes);
        boolean isWhole = false;
        try {
            for (int page = 0; page < pages.blocks.length; page++) {
                long from = source + ((long) page << PAGE_SHIFT);
                int length = pages.pageBytes(page);
                if (!Raw.equal(from, ZEROS.address(), length)) {
                    pages.take(page, Block.of(memory, from, length));
                }
            }
            isWhole = true;
            return pages;
        } finally {
            if (!isWhole) {
                pages.free(memory);
            }
        }
    }

    private void take(int page, Block block) {
        blocks[page] = block;
        addresses[page] = block.address();
        heldBytes += block.bytes();
    }

    /** Number of bytes. */
    public long bytes() {
        return bytes;
    }

    /** Number of pages. */
    public int count() {
        return blocks.length;
    }

    /** Bytes that are really held, on the heap and off it. */
    public long memoryUsage(OffHeap memory) {
        long used = 32L * blocks.length;
        for (Block block : blocks) {
            used += block == null ? 0 : memory.usableBytes(block.bytes());
        }
        return used;
    }

    /** Bytes of content that take memory. */
    public long heldBytes() {
        return heldBytes;
    }

    /** Whether a page takes memory; one that does not is all zeros. */
    public boolean isHeld(int page) {
        return addresses[page] != 0;
    }

    /** Bytes of a page. */
    public int pageBytes(int page) {
        return (int) Math.min(PAGE_BYTES, bytes - ((long) page << PAGE_SHIFT));
    }

    /** Address of a page's bytes, not to be changed. */
    public long pageAddress(int page) {
        long address = addresses[page];
        return address == 0 ? ZEROS.address() : address;
    }

    // ---- single numbers ----

    /** The byte at an offset. */
    public byte getByte(long offset) {
        long address = addresses[(int) (offset >>> PAGE_SHIFT)];
        return address == 0 ? 0 : Raw.getByte(address + (offset & PAGE_MASK));
    }

    /** Four bytes at an offset that is a multiple of four. */
    public int getInt(long offset) {
        long address = addresses[(int) (offset >>> PAGE_SHIFT)];
        return address == 0 ? 0 : Raw.getInt(address + (offset & PAGE_MASK));
    }

    /**
     * Makes sure that the byte at an offset can be changed.
     *
     * @throws OutOfMemoryError when there is no room; nothing has changed then
     */
    public void own(OffHeap memory, long offset) {
        int page = (int) (offset >>> PAGE_SHIFT);
        if (addresses[page] == 0) {
            Block fresh = Block.allocate(memory, pageBytes(page));
            Raw.zero(fresh.address(), fresh.bytes());
            take(page, fresh);
        } else if (wasShared && blocks[page].isShared()) {
            Block shared = blocks[page];
            Block copy = shared.copy(memory);
            shared.release(memory);
            blocks[page] = copy;
            addresses[page] = copy.address();
        }
    }

    /** Changes the byte at an offset that is {@linkplain #own owned}. */
    public void putByte(long offset, byte value) {
        Raw.putByte(addresses[(int) (offset >>> PAGE_SHIFT)] + (offset & PAGE_MASK), value);
    }

    /** Changes four bytes at an offset that is a multiple of four and owned. */
    public void putInt(long offset, int value) {
        Raw.putInt(addresses[(int) (offset >>> PAGE_SHIFT)] + (offset & PAGE_MASK), value);
    }

    /**
     * Replaces a stretch of content; zeros where nothing was written take no memory.
     *
     * @param source address of the new content, {@code length} bytes
     */
    public void put(OffHeap memory, long offset, long source, int length) {
        int done = 0;
        while (done < length) {
            long at = offset + done;
            int inPage = (int) (at & PAGE_MASK);
            int more = Math.min(length - done, PAGE_BYTES - inPage);
            int page = (int) (at >>> PAGE_SHIFT);
            if (isHeld(page) || !Raw.equal(source + done, ZEROS.address(), more)) {
                own(memory, at);
                Raw.copy(source + done, addresses[page] + inPage, more);
            }
            done += more;
        }
    }

    /**
     * Copies a stretch of content to an array.
     *
     * @param start where it goes in the array
     */
    public void get(long offset, byte[] target, int start, int length) {
        int done = 0;
        while (done < length) {
            long at = offset + done;
            int inPage = (int) (at & PAGE_MASK);
            int more = Math.min(length - done, PAGE_BYTES - inPage);
            Raw.copyOut(
                    pageAddress((int) (at >>> PAGE_SHIFT)) + inPage, target, start + done, more);
            done += more;
        }
    }

    // ---- the whole ----

    /** Another one that shares every page. */
    public Pages share() {
        Pages other = new Pages(bytes);
        for (int page = 0; page < blocks.length; page++) {
            if (blocks[page] != null) {
                other.take(page, blocks[page].hold());
            }
        }
        wasShared = true;
        other.wasShared = true;
        return other;
    }

    /** Writes all bytes as one string. */
    public void write(RdbWriter out) {
        out.beginString(bytes);
        for (int page = 0; page < blocks.length; page++) {
            out.part(pageAddress(page), pageBytes(page));
        }
    }

    /** Feeds all bytes. */
    public void digest(Digest out) {
        for (int page = 0; page < blocks.length; page++) {
            out.add(pageAddress(page), pageBytes(page));
        }
    }

    /** Gives all pages back. */
    public void free(OffHeap memory) {
        freeSome(memory, blocks.length);
    }

    /**
     * Gives some pages back; nothing else may be done with it from then on.
     *
     * @return whether all are gone
     */
    public boolean freeSome(OffHeap memory, int pages) {
        int end = (int) Math.min(blocks.length, (long) freed + pages);
        while (freed < end) {
            Block block = blocks[freed];
            if (block != null) {
                blocks[freed] = null;
                addresses[freed] = 0;
                block.release(memory);
            }
            freed++;
        }
        return freed == blocks.length;
    }
}

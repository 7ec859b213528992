// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.memory;

import dev.sigrun.spi.ForKernel;
import java.lang.foreign.MemorySegment;

/** Allocates blocks off the heap. Owner thread only. */
@ForKernel
public interface OffHeap {
    /**
     * Allocates a block, aligned to 8 bytes, with undefined content.
     *
     * @param bytes size, at least 1
     * @return the block's address
     * @throws OutOfMemoryError when there is no room; nothing has changed then
     */
    long allocate(long bytes);

    /**
     * Frees a block.
     *
     * @param address what {@link #allocate} returned
     * @param bytes the size that was asked for
     */
    void free(long address, long bytes);

    /**
     * Makes a block larger or smaller; it may move. The content stays up to the smaller size.
     *
     * @param address what {@link #allocate} or this method returned
     * @param oldBytes the size that was asked for
     * @param newBytes the size wanted, at least 1
     * @return the block's address now
     * @throws OutOfMemoryError when there is no room; the block is as it was then
     */
    long resize(long address, long oldBytes, long newBytes);

    /**
     * A bounds-checked view of a block, valid until it is freed.
     *
     * @param address what {@link #allocate} returned
     * @param bytes the size that was asked for
     */
    MemorySegment segment(long address, long bytes);

    /** Bytes that a block of this size really takes. */
    long usableBytes(long bytes);

    /** Bytes that this plugin holds now. */
    long usedBytes();
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

/**
 * Where a structure takes its blocks from: an {@link Allocator}, or an account with one. Owner
 * thread only.
 */
public interface Blocks {
    /**
     * A block, aligned to 8 bytes, with undefined content.
     *
     * @param bytes size, at least 1
     * @return the block's address
     * @throws MemoryExhausted when there is no room; nothing has changed then
     */
    long allocate(long bytes);

    /**
     * Gives a block back.
     *
     * @param address what {@link #allocate} or {@link #resize} returned
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
     * @throws MemoryExhausted when there is no room for more; the block is as it was then, and a
     *     smaller size is never refused
     */
    long resize(long address, long oldBytes, long newBytes);
}

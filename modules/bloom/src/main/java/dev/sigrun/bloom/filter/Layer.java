// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import dev.sigrun.bloom.page.Block;
import dev.sigrun.bloom.page.Raw;
import dev.sigrun.spi.memory.OffHeap;

/**
 * Owner thread only. One fixed-size Bloom filter: a block of bits and what is needed to find a bit
 * in it. A flavour adds how an item's two hashes become bit positions.
 *
 * <p>Bits are counted from the lowest of each byte. Every position is reduced by {@link #position}
 * and therefore inside the block.
 */
public abstract sealed class Layer permits SipLayer, MurmurLayer {
    /** Number of hashes. */
    final int hashes;

    private final long divisor;
    private final long reciprocal;
    private final int headerBytes;
    private final long capacity;
    private long items;
    private Block block;
    private long bitsAddress;

    Layer(Block block, int headerBytes, long divisor, int hashes, long capacity, long items) {
        if (divisor > (block.bytes() - headerBytes) * Byte.SIZE || hashes < 1) {
            throw new IllegalArgumentException("a layer of " + divisor + " bits");
        }
        this.block = block;
        this.headerBytes = headerBytes;
        this.bitsAddress = block.address() + headerBytes;
        this.divisor = divisor;
        this.reciprocal = Remainder.reciprocal(divisor);
        this.hashes = hashes;
        this.capacity = capacity;
        this.items = items;
    }

    /** How many items fit. */
    public final long capacity() {
        return capacity;
    }

    /** How many items were added. */
    public final long items() {
        return items;
    }

    /** Number of hashes. */
    public final int hashes() {
        return hashes;
    }

    /** Address of the whole block, header included. */
    public final long address() {
        return block.address();
    }

    /** Bytes of the whole block, header included. */
    public final long bytes() {
        return block.bytes();
    }

    /** Bytes of bits. */
    public final long bitBytes() {
        return block.bytes() - headerBytes;
    }

    final boolean isFull() {
        return items >= capacity;
    }

    final void itemAdded() {
        items++;
    }

    final Block block() {
        return block;
    }

    final long position(long hash) {
        return Remainder.of(hash, divisor, reciprocal);
    }

    final boolean isSet(long position) {
        return (Raw.getByte(bitsAddress + (position >>> 3)) >>> (position & 7) & 1) != 0;
    }

    final void set(long position) {
        final long at = bitsAddress + (position >>> 3);
        Raw.putByte(at, (byte) (Raw.getByte(at) | 1 << (position & 7)));
    }

    /** Gives this layer a block of its own when a snapshot holds the present one. */
    final void unshare(OffHeap memory) {
        if (block.isShared()) {
            Block own = block.copy(memory);
            block.release(memory);
            block = own;
            bitsAddress = own.address() + headerBytes;
        }
    }

    final void release(OffHeap memory) {
        block.release(memory);
    }
}

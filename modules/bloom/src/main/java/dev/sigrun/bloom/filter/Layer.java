// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import dev.sigrun.bloom.page.Pages;
import dev.sigrun.spi.memory.OffHeap;

/**
 * Owner thread only. One fixed-size Bloom filter: pages of bits and what is needed to find a bit in
 * them. A flavour adds how an item's two hashes become bit positions.
 *
 * <p>Bits are counted from the lowest of each byte. Every position is reduced by {@link #position}
 * and therefore inside the pages.
 */
public abstract sealed class Layer permits SipLayer, MurmurLayer {
    /** Number of hashes. */
    final int hashes;

    private final long divisor;
    private final long reciprocal;
    private final int headerBytes;
    private final long capacity;
    private long items;
    private final Pages string;

    Layer(Pages string, int headerBytes, long divisor, int hashes, long capacity, long items) {
        if (divisor > (string.bytes() - headerBytes) * Byte.SIZE || hashes < 1) {
            throw new IllegalArgumentException("a layer of " + divisor + " bits");
        }
        this.string = string;
        this.headerBytes = headerBytes;
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

    /** The string that is saved, header included; not to be changed. */
    public final Pages string() {
        return string;
    }

    /** Bytes of bits. */
    public final long bitBytes() {
        return string.bytes() - headerBytes;
    }

    final boolean isFull() {
        return items >= capacity;
    }

    final void itemAdded() {
        items++;
    }

    final long position(long hash) {
        return Remainder.of(hash, divisor, reciprocal);
    }

    final boolean isSet(long position) {
        return (string.getByte(headerBytes + (position >>> 3)) >>> (position & 7) & 1) != 0;
    }

    /**
     * Sets a bit.
     *
     * @throws OutOfMemoryError when there is no room. Some bits of an item may have been set before
     *     then, which does no harm as long as it does not count
     */
    final void set(OffHeap memory, long position) {
        final long at = headerBytes + (position >>> 3);
        string.own(memory, at);
        string.putByte(at, (byte) (string.getByte(at) | 1 << (position & 7)));
    }

    final void release(OffHeap memory) {
        string.free(memory);
    }
}

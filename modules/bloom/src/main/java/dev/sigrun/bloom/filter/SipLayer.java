// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import dev.sigrun.bloom.page.Block;
import dev.sigrun.bloom.page.Raw;
import dev.sigrun.spi.memory.OffHeap;

/**
 * Owner thread only. A layer of valkey-bloom: SipHash, and a block laid out as the string that is
 * saved, so that saving is a copy.
 *
 * <p>The string is a version byte 1, the number of bytes of bits in 8 bytes, the number of hashes
 * in 4, the seed in 32, and the bits; numbers are little-endian.
 */
public final class SipLayer extends Layer {
    /** Bytes before the bits. */
    public static final int HEADER_BYTES = 45;

    private static final byte VERSION = 1;
    private static final int LENGTH_AT = 1;
    private static final int HASHES_AT = 9;
    private static final int SEED_AT = 13;

    final SipKey key;

    private SipLayer(Block block, SipKey key, int hashes, long capacity, long items) {
        super(
                block,
                HEADER_BYTES,
                (block.bytes() - HEADER_BYTES) * Byte.SIZE,
                hashes,
                capacity,
                items);
        this.key = key;
    }

    /** An empty layer. The caller has checked that it is not too large. */
    static SipLayer empty(OffHeap memory, SipKey key, long capacity, double errorRate) {
        final long bitBytes = Sizing.bitBytes(capacity, errorRate);
        final int hashes = Sizing.hashes(bitBytes * Byte.SIZE, capacity);
        Block block = Block.allocate(memory, HEADER_BYTES + bitBytes);
        Raw.putByte(block.address(), VERSION);
        Raw.putLong(block.address() + LENGTH_AT, bitBytes);
        Raw.putInt(block.address() + HASHES_AT, hashes);
        key.write(block.address() + SEED_AT);
        Raw.zero(block.address() + HEADER_BYTES, bitBytes);
        return new SipLayer(block, key, hashes, capacity, 0);
    }

    /** Whether a saved string makes sense. */
    public static boolean isBitString(long address, long length) {
        if (length <= HEADER_BYTES || length > Sizing.BIT_STRING_BYTES_MAX) {
            return false;
        }
        final long hashes = Integer.toUnsignedLong(Raw.getInt(address + HASHES_AT));
        return Raw.getByte(address) == VERSION
                && Raw.getLong(address + LENGTH_AT) == length - HEADER_BYTES
                && hashes >= 1
                && hashes <= Sizing.HASHES_MAX;
    }

    /**
     * A layer over a block that holds a string {@link #isBitString} approves of.
     *
     * @param sibling a seed that is shared if this layer's is the same
     */
    static SipLayer of(Block block, SipKey sibling, long capacity, long items) {
        SipKey seed = SipKey.at(block.address() + SEED_AT);
        SipKey key = sibling.sameAs(seed) ? sibling : seed;
        return new SipLayer(block, key, Raw.getInt(block.address() + HASHES_AT), capacity, items);
    }

    /** The same layer over another block. */
    SipLayer over(Block other) {
        return new SipLayer(other, key, hashes, capacity(), items());
    }

    boolean contains(long first, long second) {
        if (!isSet(position(first))) {
            return false;
        }
        if (hashes > 1 && !isSet(position(second))) {
            return false;
        }
        long sum = first + second;
        for (int i = 2; i < hashes; i++) {
            sum += second;
            if (!isSet(position(Remainder.ofLargestPrime(sum)))) {
                return false;
            }
        }
        return true;
    }

    /** Adds an item; the block must not be shared. */
    void add(long first, long second) {
        set(position(first));
        if (hashes > 1) {
            set(position(second));
        }
        long sum = first + second;
        for (int i = 2; i < hashes; i++) {
            sum += second;
            set(position(Remainder.ofLargestPrime(sum)));
        }
        itemAdded();
    }
}

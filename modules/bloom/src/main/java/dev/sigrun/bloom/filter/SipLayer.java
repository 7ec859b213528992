// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import dev.sigrun.bloom.page.Pages;
import dev.sigrun.bloom.page.Raw;
import dev.sigrun.spi.memory.OffHeap;

/**
 * Owner thread only. A layer of valkey-bloom: SipHash, and pages laid out as the string that is
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

    private SipLayer(Pages string, SipKey key, int hashes, long capacity, long items) {
        super(
                string,
                HEADER_BYTES,
                (string.bytes() - HEADER_BYTES) * Byte.SIZE,
                hashes,
                capacity,
                items);
        this.key = key;
    }

    /** An empty layer. The caller has checked that it is not too large. */
    static SipLayer empty(OffHeap memory, SipKey key, long capacity, double errorRate) {
        final long bitBytes = Sizing.bitBytes(capacity, errorRate);
        final int hashes = Sizing.hashes(bitBytes * Byte.SIZE, capacity);
        Pages string = new Pages(HEADER_BYTES + bitBytes);
        string.own(memory, 0);
        final long head = string.pageAddress(0);
        Raw.putByte(head, VERSION);
        Raw.putLong(head + LENGTH_AT, bitBytes);
        Raw.putInt(head + HASHES_AT, hashes);
        key.write(head + SEED_AT);
        return new SipLayer(string, key, hashes, capacity, 0);
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
     * A layer over pages that hold a string {@link #isBitString} approves of.
     *
     * @param sibling a seed that is shared if this layer's is the same
     */
    static SipLayer of(Pages string, SipKey sibling, long capacity, long items) {
        final long head = string.pageAddress(0);
        SipKey seed = SipKey.at(head + SEED_AT);
        SipKey key = sibling.sameAs(seed) ? sibling : seed;
        return new SipLayer(string, key, Raw.getInt(head + HASHES_AT), capacity, items);
    }

    /** Another one of the same content, which shares every page until one of the two changes. */
    SipLayer share() {
        return new SipLayer(string().share(), key, hashes, capacity(), items());
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

    /** Adds an item. */
    void add(OffHeap memory, long first, long second) {
        set(memory, position(first));
        if (hashes > 1) {
            set(memory, position(second));
        }
        long sum = first + second;
        for (int i = 2; i < hashes; i++) {
            sum += second;
            set(memory, position(Remainder.ofLargestPrime(sum)));
        }
        itemAdded();
    }
}

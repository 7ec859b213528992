// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import dev.sigrun.bloom.page.Raw;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Any thread. The 32-byte seed of a filter as the keys of its two hashers.
 *
 * <p>Layers with the same seed share one object, so that an item is hashed once for all of them: a
 * look-up compares references.
 */
public final class SipKey {
    /** Bytes of a seed. */
    public static final int BYTES = 32;

    /** The seed of all filters when random seeds are switched off. */
    public static final SipKey FIXED =
            of(
                    HexFormat.of()
                            .parseHex(
                                    "590ff522ea7811daa714d8093b3e7bd9"
                                            + "1d898a733e988887307f97cd28073383"));

    final long firstLow;
    final long firstHigh;
    final long secondLow;
    final long secondHigh;

    private SipKey(long firstLow, long firstHigh, long secondLow, long secondHigh) {
        this.firstLow = firstLow;
        this.firstHigh = firstHigh;
        this.secondLow = secondLow;
        this.secondHigh = secondHigh;
    }

    /** A new seed. */
    public static SipKey random(RandomGenerator random) {
        return new SipKey(
                random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    /** The seed in memory at an address. */
    public static SipKey at(long address) {
        return new SipKey(
                Raw.getLong(address),
                Raw.getLong(address + 8),
                Raw.getLong(address + 16),
                Raw.getLong(address + 24));
    }

    private static SipKey of(byte[] seed) {
        ByteBuffer in = ByteBuffer.wrap(seed).order(ByteOrder.LITTLE_ENDIAN);
        return new SipKey(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    /** The seed as bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(firstLow)
                .putLong(firstHigh)
                .putLong(secondLow)
                .putLong(secondHigh)
                .array();
    }

    void write(long address) {
        Raw.putLong(address, firstLow);
        Raw.putLong(address + 8, firstHigh);
        Raw.putLong(address + 16, secondLow);
        Raw.putLong(address + 24, secondHigh);
    }

    /** Whether both are the same seed. */
    public boolean sameAs(SipKey other) {
        return firstLow == other.firstLow
                && firstHigh == other.firstHigh
                && secondLow == other.secondLow
                && secondHigh == other.secondHigh;
    }

    long first(long address, int length) {
        return SipHash13.hash(firstLow, firstHigh, address, length);
    }

    long second(long address, int length) {
        return SipHash13.hash(secondLow, secondHigh, address, length);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import dev.sigrun.bloom.page.Pages;
import dev.sigrun.spi.memory.OffHeap;

/** Owner thread only. A layer of RedisBloom: MurmurHash64A, and pages that hold bits alone. */
public final class MurmurLayer extends Layer {
    private static final int WORD_BITS = 64;

    private final Facts facts;

    /**
     * What a saved layer says of itself, the bits and the number of items apart.
     *
     * @param capacity how many items fit
     * @param errorRate its error rate
     * @param hashes number of hashes
     * @param bitsPerItem bits for each item
     * @param bits number of bits
     * @param log2 logarithm of the number of bits that are used, or 0 when all are
     */
    public record Facts(
            long capacity, double errorRate, int hashes, double bitsPerItem, long bits, int log2) {
        /** Facts of a new layer. */
        static Facts of(long capacity, double errorRate) {
            final double bitsPerItem = Sizing.bitsPerItem(errorRate);
            final double bits = Math.min((double) capacity * bitsPerItem, 0x1p62);
            final long words = ((long) bits + WORD_BITS - 1) / WORD_BITS;
            return new Facts(
                    capacity,
                    errorRate,
                    Math.max(1, Sizing.hashes(bitsPerItem)),
                    bitsPerItem,
                    Math.max(1, words) * WORD_BITS,
                    0);
        }

        long usedBits() {
            return log2 == 0 ? bits : 1L << log2;
        }

        /** Bytes that hold all bits. */
        long bytes() {
            return (bits >>> 3) + ((bits & 7) == 0 ? 0 : 1);
        }

        /**
         * Whether these make sense together with so many bytes of bits. Everything is checked: the
         * numbers come from outside.
         */
        public boolean fit(long length) {
            return capacity >= 1
                    && errorRate > 0
                    && errorRate < 1
                    && hashes >= 1
                    && hashes <= Sizing.HASHES_MAX
                    && bitsPerItem > 0
                    && bitsPerItem < Double.POSITIVE_INFINITY
                    && bits >= 1
                    && length >= bytes()
                    && length <= Sizing.BIT_STRING_BYTES_MAX
                    && log2 >= 0
                    && log2 < Long.SIZE - 2
                    && usedBits() <= bits;
        }
    }

    private MurmurLayer(Pages bits, Facts facts, long items) {
        super(bits, 0, facts.usedBits(), facts.hashes(), facts.capacity(), items);
        this.facts = facts;
    }

    /** An empty layer. The caller has checked that it is not too large. */
    static MurmurLayer empty(Facts facts) {
        return new MurmurLayer(new Pages(facts.bytes()), facts, 0);
    }

    /** A layer over saved bits that {@link Facts#fit} approves of. */
    static MurmurLayer of(Pages bits, Facts facts, long items) {
        return new MurmurLayer(bits, facts, items);
    }

    /** What is saved of this layer, the bits and the number of items apart. */
    public Facts facts() {
        return facts;
    }

    /** Another one of the same content, which shares every page until one of the two changes. */
    MurmurLayer share() {
        return new MurmurLayer(string().share(), facts, items());
    }

    boolean contains(long first, long second) {
        long sum = first;
        for (int i = 0; i < hashes; i++) {
            if (!isSet(position(sum))) {
                return false;
            }
            sum += second;
        }
        return true;
    }

    /** Adds an item. */
    void add(OffHeap memory, long first, long second) {
        long sum = first;
        for (int i = 0; i < hashes; i++) {
            set(memory, position(sum));
            sum += second;
        }
        itemAdded();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import dev.sigrun.bloom.page.Pages;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.memory.OffHeap;

/** Owner thread only. The filter of valkey-bloom. */
public final class BloomFilter extends Filter<SipLayer> {
    private final double errorRate;
    private final double tightening;
    private final long expansion;
    private final boolean randomSeed;

    /** A filter without layers, to be filled by {@link #append(Pages, long, long)}. */
    private BloomFilter(
            Totals totals,
            int slots,
            double errorRate,
            double tightening,
            long expansion,
            boolean randomSeed) {
        super(totals, new SipLayer[slots]);
        this.errorRate = errorRate;
        this.tightening = tightening;
        this.expansion = expansion;
        this.randomSeed = randomSeed;
    }

    /**
     * A new filter with one empty layer.
     *
     * @param limit bytes that the filter may count for
     * @throws CommandException when it would count for more, or there is no memory
     */
    public static BloomFilter reserve(OffHeap memory, Totals totals, Shape shape, long limit)
            throws CommandException {
        if (Sizing.filterBytes(shape.capacity(), shape.errorRate()) > limit) {
            throw Errors.TOO_LARGE;
        }
        checkBitString(Sizing.bitBytes(shape.capacity(), shape.errorRate()));
        SipLayer layer;
        try {
            layer = SipLayer.empty(memory, shape.seed(), shape.capacity(), shape.errorRate());
        } catch (OutOfMemoryError full) {
            throw Errors.OUT_OF_MEMORY;
        }
        BloomFilter filter =
                new BloomFilter(
                        totals,
                        1,
                        shape.errorRate(),
                        shape.tightening(),
                        shape.expansion(),
                        !shape.seed().sameAs(SipKey.FIXED));
        filter.append(layer);
        return filter;
    }

    /**
     * A filter without layers, to be filled from a file.
     *
     * @param slots places in the list of layers
     * @param header numbers that were checked
     */
    public static BloomFilter hollow(Totals totals, int slots, Header header) {
        return new BloomFilter(
                totals,
                slots,
                header.errorRate(),
                header.tightening(),
                header.expansion(),
                header.randomSeed());
    }

    /**
     * What a file says of a filter, its layers apart.
     *
     * @param errorRate error rate of the first layer
     * @param tightening what the rate of each further layer is multiplied by
     * @param expansion what the capacity of each further layer is multiplied by; 0 for no growth
     * @param randomSeed whether the seed was drawn at random
     */
    public record Header(double errorRate, double tightening, long expansion, boolean randomSeed) {}

    /**
     * Adds a saved layer.
     *
     * @param string holds a string that {@link SipLayer#isBitString} approves of; goes over to the
     *     filter unless this is refused
     * @return false when the numbers or the seed make no sense; nothing has changed then
     */
    public boolean append(Pages string, long capacity, long items) {
        if (capacity < 1
                || items < 0
                || items > capacity
                || capacity() + capacity < 0
                || (layers() > 0 && !last().isFull())) {
            return false;
        }
        SipKey sibling = layers() == 0 ? SipKey.FIXED : last().key;
        SipLayer layer = SipLayer.of(string, sibling, capacity, items);
        if (!randomSeed && layer.key != SipKey.FIXED) {
            return false;
        }
        append(layer);
        return true;
    }

    @Override
    public boolean contains(Bytes item) {
        final long address = item.address();
        final int length = item.length();
        SipKey key = null;
        long first = 0;
        long second = 0;
        // The newest layer is the largest and so the likeliest to have the item.
        for (int i = layers() - 1; i >= 0; i--) {
            final SipLayer layer = layer(i);
            if (layer.key != key) {
                key = layer.key;
                first = key.first(address, length);
                second = key.second(address, length);
            }
            if (layer.contains(first, second)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean add(OffHeap memory, Bytes item, long limit) throws CommandException {
        final long address = item.address();
        final int length = item.length();
        SipKey key = null;
        long first = 0;
        long second = 0;
        // The last layer comes last, so that the hashes at hand are those it is written with.
        for (int i = 0; i < layers(); i++) {
            final SipLayer layer = layer(i);
            if (layer.key != key) {
                key = layer.key;
                first = key.first(address, length);
                second = key.second(address, length);
            }
            if (layer.contains(first, second)) {
                return false;
            }
        }
        try {
            SipLayer layer = last();
            if (layer.isFull()) {
                final SipKey begins = layer(0).key;
                append(
                        begun(
                                memory,
                                limit,
                                begins.first(address, length),
                                begins.second(address, length)));
            } else {
                layer.add(memory, first, second);
                itemAdded();
            }
            return true;
        } catch (OutOfMemoryError full) {
            throw Errors.OUT_OF_MEMORY;
        }
    }

    /** A further layer with its first item. */
    private SipLayer begun(OffHeap memory, long limit, long first, long second)
            throws CommandException {
        SipLayer layer = grown(memory, limit);
        boolean hasBegun = false;
        try {
            layer.add(memory, first, second);
            hasBegun = true;
            return layer;
        } finally {
            if (!hasBegun) {
                layer.release(memory);
            }
        }
    }

    private SipLayer grown(OffHeap memory, long limit) throws CommandException {
        if (expansion == 0) {
            throw Errors.FULL;
        }
        final double rate = Sizing.errorRate(errorRate, layers(), tightening);
        final long wanted = last().capacity();
        if (wanted > Long.MAX_VALUE / expansion) {
            throw Errors.BAD_CAPACITY;
        }
        checkGrowth(Sizing.bitBytes(wanted * expansion, rate), limit);
        return SipLayer.empty(memory, layer(0).key, wanted * expansion, rate);
    }

    /** An independent copy; what both hold alike is shared until one of the two changes. */
    public BloomFilter copy() {
        return shareInto(twin(totals()));
    }

    @Override
    public BloomFilter pin() {
        return shareInto(twin(new Totals()));
    }

    private BloomFilter shareInto(BloomFilter other) {
        for (int i = 0; i < layers(); i++) {
            other.append(layer(i).share());
        }
        return other;
    }

    private BloomFilter twin(Totals totals) {
        return new BloomFilter(totals, slots(), errorRate, tightening, expansion, randomSeed);
    }

    @Override
    public double errorRate() {
        return errorRate;
    }

    @Override
    public double tightening() {
        return tightening;
    }

    @Override
    public long expansion() {
        return expansion;
    }

    /** Whether the seed was drawn at random. */
    public boolean hasRandomSeed() {
        return randomSeed;
    }
}

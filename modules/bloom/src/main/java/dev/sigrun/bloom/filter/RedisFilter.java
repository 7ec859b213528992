// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import dev.sigrun.bloom.page.Pages;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.memory.OffHeap;

/**
 * Owner thread only. A filter that RedisBloom made. It is never created here, but it goes on taking
 * items by RedisBloom's rules and is saved in RedisBloom's layout.
 */
public final class RedisFilter extends Filter<MurmurLayer> {
    /** Option: the number of bits is no power of two. */
    public static final long NO_ROUND = 1;

    /** Option: 64-bit hashes, the only ones that are read here. */
    public static final long FORCE_64 = 4;

    /** Option: no growth. */
    public static final long NO_SCALING = 8;

    private static final long OPTIONS = 15;
    private static final long GROWTH_MAX = 0xffffffffL;
    private static final double TIGHTENING = 0.5;

    private final long options;
    private final long growth;

    private RedisFilter(Totals totals, int slots, long options, long growth) {
        super(totals, new MurmurLayer[slots]);
        this.options = options;
        this.growth = growth;
    }

    /**
     * A filter without layers, to be filled from a file; null when the numbers make no sense.
     *
     * @param options bits of the options
     * @param growth what the capacity of each further layer is multiplied by
     */
    public static RedisFilter hollow(Totals totals, long options, long growth) {
        final boolean scales = (options & NO_SCALING) == 0;
        if ((options & ~OPTIONS) != 0
                || (options & FORCE_64) == 0
                || growth < (scales ? 1 : 0)
                || growth > GROWTH_MAX) {
            return null;
        }
        return new RedisFilter(totals, 1, options, growth);
    }

    /**
     * Adds a saved layer.
     *
     * @param bits holds the bits; goes over to the filter unless this is refused
     * @return false when the numbers make no sense; nothing has changed then
     */
    public boolean append(Pages bits, MurmurLayer.Facts facts, long items) {
        if (!facts.fit(bits.bytes())
                || items < 0
                || items() + items < 0
                || capacity() + facts.capacity() < 0) {
            return false;
        }
        append(MurmurLayer.of(bits, facts, items));
        return true;
    }

    @Override
    public boolean contains(Bytes item) {
        final long first = Murmur64.hash(Murmur64.SEED, item.address(), item.length());
        final long second = Murmur64.hash(first, item.address(), item.length());
        return contains(first, second);
    }

    private boolean contains(long first, long second) {
        for (int i = layers() - 1; i >= 0; i--) {
            if (layer(i).contains(first, second)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean add(OffHeap memory, Bytes item, long limit) throws CommandException {
        final long first = Murmur64.hash(Murmur64.SEED, item.address(), item.length());
        final long second = Murmur64.hash(first, item.address(), item.length());
        if (contains(first, second)) {
            return false;
        }
        try {
            MurmurLayer layer = last();
            if (layer.isFull()) {
                append(begun(memory, limit, first, second));
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
    private MurmurLayer begun(OffHeap memory, long limit, long first, long second)
            throws CommandException {
        MurmurLayer layer = grown(limit);
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

    private MurmurLayer grown(long limit) throws CommandException {
        if (expansion() == 0) {
            throw Errors.FULL;
        }
        final double rate = Sizing.errorRate(last().facts().errorRate(), 1, TIGHTENING);
        if (last().capacity() > Long.MAX_VALUE / growth) {
            throw Errors.BAD_CAPACITY;
        }
        // Deviation: a new layer never rounds its bits to a power of two, whatever the options say;
        // RedisBloom reads that as well, since each layer says how it was sized.
        MurmurLayer.Facts facts = MurmurLayer.Facts.of(last().capacity() * growth, rate);
        checkGrowth(facts.bytes(), limit);
        return MurmurLayer.empty(facts);
    }

    /** An independent copy; what both hold alike is shared until one of the two changes. */
    public RedisFilter copy() {
        return shareInto(new RedisFilter(totals(), slots(), options, growth));
    }

    @Override
    public RedisFilter pin() {
        return shareInto(new RedisFilter(new Totals(), slots(), options, growth));
    }

    private RedisFilter shareInto(RedisFilter other) {
        for (int i = 0; i < layers(); i++) {
            other.append(layer(i).share());
        }
        return other;
    }

    @Override
    public double errorRate() {
        return layer(0).facts().errorRate();
    }

    @Override
    public double tightening() {
        return TIGHTENING;
    }

    @Override
    public long expansion() {
        return (options & NO_SCALING) == 0 ? growth : 0;
    }

    /** The options as they are saved. */
    public long options() {
        return options;
    }

    /** The growth as it is saved. */
    public long growth() {
        return growth;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.type;

import dev.sigrun.bloom.filter.MurmurLayer;
import dev.sigrun.bloom.filter.RedisFilter;
import dev.sigrun.bloom.filter.Totals;
import dev.sigrun.bloom.page.Pages;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.RdbException;

/**
 * Owner thread only. Reads the parts that RedisBloom saves.
 *
 * <p>Unsigned number of items in all, number of layers, options, from version 4 on growth; for each
 * layer unsigned capacity, double error rate, unsigned number of hashes, double bits per item,
 * unsigned number of bits, logarithm of the used number of bits or 0, the bits as a string,
 * unsigned number of items.
 */
final class RedisLayout {
    /** The oldest version with options. */
    static final int VERSION_MIN = 2;

    /** The first version that says its growth. */
    static final int VERSION_GROWTH = 4;

    /** The newest version. */
    static final int VERSION_MAX = 4;

    private static final long GROWTH_BEFORE = 2;

    private RedisLayout() {}

    static RedisFilter read(Source in, OffHeap memory, Totals totals, int version)
            throws RdbException {
        final long items = in.unsigned();
        final long layers = in.unsigned();
        Checks.that(layers >= 1 && layers <= Integer.MAX_VALUE, "an impossible number of layers");
        final long options = in.unsigned();
        final long growth = version < VERSION_GROWTH ? GROWTH_BEFORE : in.unsigned();
        RedisFilter filter = RedisFilter.hollow(totals, options, growth);
        Checks.that(filter != null, "options or a growth that are not supported");
        boolean whole = false;
        try {
            for (long i = 0; i < layers; i++) {
                layer(in, filter, memory);
            }
            Checks.that(filter.items() == items, "a false number of items");
            whole = true;
            return filter;
        } finally {
            if (!whole) {
                filter.free(memory);
            }
        }
    }

    private static void layer(Source in, RedisFilter filter, OffHeap memory) throws RdbException {
        final long capacity = in.unsigned();
        final double errorRate = in.dbl();
        final long hashes = in.unsigned();
        final double bitsPerItem = in.dbl();
        final long bits = in.unsigned();
        final long log2 = in.unsigned();
        Checks.that(hashes == (int) hashes && log2 == (int) log2, "an impossible number of hashes");
        MurmurLayer.Facts facts =
                new MurmurLayer.Facts(
                        capacity, errorRate, (int) hashes, bitsPerItem, bits, (int) log2);
        in.string();
        Checks.that(facts.fit(in.length()), "a layer that makes no sense");
        Pages pages = Pages.of(memory, in.address(), in.length());
        boolean kept = false;
        try {
            kept = filter.append(pages, facts, in.unsigned());
            Checks.that(kept, "a layer that makes no sense");
        } finally {
            if (!kept) {
                pages.free(memory);
            }
        }
    }
}

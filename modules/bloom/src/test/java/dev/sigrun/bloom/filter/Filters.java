// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import dev.sigrun.bloom.fake.FakeBytes;
import dev.sigrun.bloom.fake.FakeOffHeap;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;

/** Filters for tests. */
public final class Filters {
    /** No limit. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    private Filters() {}

    /** A filter with the fixed seed. */
    public static BloomFilter of(
            FakeOffHeap memory, Totals totals, double errorRate, long capacity, long expansion)
            throws CommandException {
        return BloomFilter.reserve(
                memory,
                totals,
                new Shape(errorRate, 0.5, capacity, expansion, SipKey.FIXED),
                NO_LIMIT);
    }

    /** Adds as many items as wanted, named after {@code prefix}, until that many were new. */
    public static void fill(FakeOffHeap memory, Filter<?> filter, String prefix, long items)
            throws CommandException {
        long wanted = filter.items() + items;
        for (int i = 0; filter.items() < wanted; i++) {
            filter.add(memory, item(prefix + i), NO_LIMIT);
        }
    }

    /** A RedisBloom filter with one empty layer. */
    public static RedisFilter redis(
            FakeOffHeap memory, Totals totals, double errorRate, long capacity, long options) {
        RedisFilter filter = RedisFilter.hollow(totals, options | RedisFilter.FORCE_64, 2);
        filter.append(MurmurLayer.empty(MurmurLayer.Facts.of(capacity, errorRate)));
        return filter;
    }

    /** An item. */
    public static Bytes item(String text) {
        return FakeBytes.of(text);
    }
}

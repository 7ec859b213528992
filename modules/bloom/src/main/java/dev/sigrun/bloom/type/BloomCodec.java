// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.type;

import dev.sigrun.bloom.filter.BloomFilter;
import dev.sigrun.bloom.filter.SipLayer;
import dev.sigrun.bloom.filter.Totals;
import dev.sigrun.bloom.page.Pages;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.RdbCodec;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbReader;
import dev.sigrun.spi.type.RdbWriter;
import dev.sigrun.spi.type.ValueContext;
import java.util.function.LongSupplier;

/**
 * Any one thread. The layout of valkey-bloom.
 *
 * <p>Unsigned number of layers, expansion (0 for no growth); double error rate, tightening ratio;
 * unsigned 1 for a random seed or 0; for each layer the bit string and its unsigned capacity; after
 * the last layer its unsigned number of items. All other layers are full. Version 0 was never
 * released, had another layout and is refused.
 */
final class BloomCodec implements RdbCodec<BloomFilter> {
    static final String WIRE_NAME = "bloomfltr";
    private static final int VERSION = 1;
    private static final long LAYERS_MAX = Integer.MAX_VALUE;

    private final Totals totals;
    private final LongSupplier limit;

    BloomCodec(Totals totals, LongSupplier limit) {
        this.totals = totals;
        this.limit = limit;
    }

    @Override
    public String wireName() {
        return WIRE_NAME;
    }

    @Override
    public int versionMin() {
        return VERSION;
    }

    @Override
    public int versionMax() {
        return VERSION;
    }

    @Override
    public int versionWritten() {
        return VERSION;
    }

    @Override
    public void encode(ValueContext context, BloomFilter value, RdbWriter out, int version)
            throws RdbException {
        out.unsigned(value.layers());
        out.unsigned(value.expansion());
        out.dbl(value.errorRate());
        out.dbl(value.tightening());
        out.unsigned(value.hasRandomSeed() ? 1 : 0);
        for (int i = 0; i < value.layers(); i++) {
            SipLayer layer = value.layer(i);
            layer.string().write(out);
            out.unsigned(layer.capacity());
        }
        out.unsigned(value.layer(value.layers() - 1).items());
    }

    @Override
    public BloomFilter decode(ValueContext context, RdbReader in, int version) throws RdbException {
        if (version != VERSION) {
            throw new RdbException(
                    version < VERSION ? RdbException.Reason.TOO_OLD : RdbException.Reason.TOO_NEW,
                    WIRE_NAME + " of version " + version);
        }
        final long layers = in.unsigned();
        Checks.that(layers >= 1 && layers <= LAYERS_MAX, "an impossible number of layers");
        final long expansion = in.unsigned();
        Checks.that(Checks.isUnsignedInt(expansion), "an impossible expansion");
        final double errorRate = in.dbl();
        Checks.that(errorRate > 0 && errorRate < 1, "an impossible error rate");
        final double tightening = in.dbl();
        Checks.that(tightening > 0 && tightening < 1, "an impossible tightening ratio");
        final long randomSeed = in.unsigned();
        Checks.that(randomSeed == 0 || randomSeed == 1, "an impossible kind of seed");
        BloomFilter.Header header =
                new BloomFilter.Header(errorRate, tightening, expansion, randomSeed == 1);
        BloomFilter filter = BloomFilter.hollow(totals, 1, header);
        boolean whole = false;
        try {
            for (long i = 1; i <= layers; i++) {
                decodeLayer(context.memory(), filter, in, i == layers);
            }
            Checks.size(context, filter, limit);
            whole = true;
            return filter;
        } finally {
            if (!whole) {
                filter.free(context.memory());
            }
        }
    }

    private static void decodeLayer(OffHeap memory, BloomFilter filter, RdbReader in, boolean last)
            throws RdbException {
        Bytes bits = in.string();
        Checks.that(SipLayer.isBitString(bits.address(), bits.length()), "a damaged bit string");
        // The string is lent until the next part is read, and more about the layer follows it.
        Pages pages = Pages.of(memory, bits.address(), bits.length());
        boolean kept = false;
        try {
            final long capacity = in.unsigned();
            final long items = last ? in.unsigned() : capacity;
            kept = filter.append(pages, capacity, items);
            Checks.that(kept, "a layer that makes no sense");
        } finally {
            if (!kept) {
                pages.free(memory);
            }
        }
    }
}

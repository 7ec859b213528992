// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.type;

import dev.sigrun.bloom.filter.MurmurLayer;
import dev.sigrun.bloom.filter.RedisFilter;
import dev.sigrun.bloom.filter.Totals;
import dev.sigrun.spi.type.RdbCodec;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbReader;
import dev.sigrun.spi.type.RdbWriter;
import dev.sigrun.spi.type.ValueContext;
import java.util.function.LongSupplier;

/** Any one thread. The layout of RedisBloom; see {@link RedisLayout}. */
final class RedisCodec implements RdbCodec<RedisFilter> {
    static final String WIRE_NAME = "MBbloom--";

    private final Totals totals;
    private final LongSupplier limit;

    RedisCodec(Totals totals, LongSupplier limit) {
        this.totals = totals;
        this.limit = limit;
    }

    @Override
    public String wireName() {
        return WIRE_NAME;
    }

    @Override
    public int versionMin() {
        return RedisLayout.VERSION_MIN;
    }

    @Override
    public int versionMax() {
        return RedisLayout.VERSION_MAX;
    }

    @Override
    public int versionWritten() {
        return RedisLayout.VERSION_MAX;
    }

    @Override
    public void encode(ValueContext context, RedisFilter value, RdbWriter out, int version)
            throws RdbException {
        out.unsigned(value.items());
        out.unsigned(value.layers());
        out.unsigned(value.options());
        out.unsigned(value.growth());
        for (int i = 0; i < value.layers(); i++) {
            MurmurLayer layer = value.layer(i);
            MurmurLayer.Facts facts = layer.facts();
            out.unsigned(facts.capacity());
            out.dbl(facts.errorRate());
            out.unsigned(facts.hashes());
            out.dbl(facts.bitsPerItem());
            out.unsigned(facts.bits());
            out.unsigned(facts.log2());
            layer.string().write(out);
            out.unsigned(layer.items());
        }
    }

    @Override
    public RedisFilter decode(ValueContext context, RdbReader in, int version) throws RdbException {
        if (version < RedisLayout.VERSION_MIN || version > RedisLayout.VERSION_MAX) {
            throw new RdbException(
                    version < RedisLayout.VERSION_MIN
                            ? RdbException.Reason.TOO_OLD
                            : RdbException.Reason.TOO_NEW,
                    WIRE_NAME + " of version " + version);
        }
        RedisFilter filter =
                RedisLayout.read(new Source.File(in), context.memory(), totals, version);
        boolean allowed = false;
        try {
            Checks.size(context, filter, limit);
            allowed = true;
            return filter;
        } finally {
            if (!allowed) {
                filter.free(context.memory());
            }
        }
    }
}

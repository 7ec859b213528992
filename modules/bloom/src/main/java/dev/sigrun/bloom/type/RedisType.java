// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.type;

import dev.sigrun.bloom.filter.MurmurLayer;
import dev.sigrun.bloom.filter.RedisFilter;
import dev.sigrun.bloom.filter.Totals;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.ValueContext;
import java.util.function.LongSupplier;

/**
 * Owner thread only. The data type of filters that came from RedisBloom.
 *
 * <p>A type of its own, because valkey-bloom's layout cannot say which hash a filter needs: the
 * value keeps RedisBloom's name and layout for as long as it lives, and every {@code BF} command
 * but the creating ones works on it.
 */
public final class RedisType extends FilterType<RedisFilter> {
    /** What {@code TYPE} answers. */
    public static final String NAME = "MBbloom--";

    /**
     * Makes the type.
     *
     * @param limit bytes that a filter may count for when a user brings it
     */
    public RedisType(Totals totals, LongSupplier limit) {
        super(NAME, RedisFilter.class, new RedisCodec(totals, limit));
    }

    @Override
    RedisFilter pin(RedisFilter value) {
        return value.pin();
    }

    @Override
    public RedisFilter copy(ValueContext context, RedisFilter value) {
        return value.copy();
    }

    @Override
    public void digest(ValueContext context, RedisFilter value, Digest out) {
        out.add(value.options());
        out.add(value.growth());
        for (int i = 0; i < value.layers(); i++) {
            MurmurLayer layer = value.layer(i);
            MurmurLayer.Facts facts = layer.facts();
            out.add(facts.capacity());
            out.add(BloomType.bytes(facts.errorRate()));
            out.add(facts.hashes());
            out.add(BloomType.bytes(facts.bitsPerItem()));
            out.add(facts.bits());
            out.add(facts.log2());
            layer.string().digest(out);
            out.add(layer.items());
        }
        out.endElement();
    }

    @Override
    public void rewrite(ValueContext context, RedisFilter value, CommandEmitter out) {
        out.command("BF.LOAD", 2).key().arg(RedisBlob.encode(value));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.type;

import dev.sigrun.bloom.filter.BloomFilter;
import dev.sigrun.bloom.filter.SipLayer;
import dev.sigrun.bloom.filter.Totals;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.ValueContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongSupplier;

/** Owner thread only. The data type of valkey-bloom's filters. */
public final class BloomType extends FilterType<BloomFilter> {
    /** What {@code TYPE} answers. */
    public static final String NAME = "bloomfltr";

    /**
     * Makes the type.
     *
     * @param limit bytes that a filter may count for when a user brings it
     */
    public BloomType(Totals totals, LongSupplier limit) {
        super(NAME, BloomFilter.class, new BloomCodec(totals, limit));
    }

    @Override
    BloomFilter pin(BloomFilter value) {
        return value.pin();
    }

    @Override
    public BloomFilter copy(ValueContext context, BloomFilter value) {
        return value.copy();
    }

    @Override
    public void digest(ValueContext context, BloomFilter value, Digest out) {
        out.add(value.expansion());
        out.add(bytes(value.errorRate()));
        out.add(bytes(value.tightening()));
        for (int i = 0; i < value.layers(); i++) {
            SipLayer layer = value.layer(i);
            layer.string().digest(out);
            out.add(layer.items());
            out.add(layer.capacity());
        }
        out.endElement();
    }

    static byte[] bytes(double number) {
        return ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(number)
                .array();
    }

    @Override
    public void rewrite(ValueContext context, BloomFilter value, CommandEmitter out) {
        out.command("BF.LOAD", 2).key().arg(BloomBlob.encode(value));
    }
}

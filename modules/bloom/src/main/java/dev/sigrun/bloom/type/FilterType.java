// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.type;

import dev.sigrun.bloom.filter.Filter;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.Frozen;
import dev.sigrun.spi.type.RdbCodec;
import dev.sigrun.spi.type.SnapshotMode;
import dev.sigrun.spi.type.TypeSpec;
import dev.sigrun.spi.type.ValueContext;

/**
 * Owner thread only. What both flavours share as data types.
 *
 * @param <F> flavour
 */
abstract sealed class FilterType<F extends Filter<?>> implements DataType<F>
        permits BloomType, RedisType {
    private final TypeSpec<F> spec;
    private final RdbCodec<F> codec;

    FilterType(String name, Class<F> valueClass, RdbCodec<F> codec) {
        this.codec = codec;
        this.spec =
                TypeSpec.type(name, valueClass).snapshot(SnapshotMode.FROZEN).codec(codec).build();
    }

    /** A copy that shares every block; see {@link Image}. */
    abstract F pin(F value);

    @Override
    public final TypeSpec<F> spec() {
        return spec;
    }

    @Override
    public final long memoryUsage(ValueContext context, F value, int samples) {
        return value.memoryUsage(context.memory());
    }

    @Override
    public final long freeEffort(ValueContext context, F value) {
        return value.layers();
    }

    @Override
    public final void free(ValueContext context, F value) {
        value.free(context.memory());
    }

    @Override
    public final boolean freeSome(ValueContext context, F value, int steps) {
        return value.freeSome(context.memory(), steps);
    }

    @Override
    public final Frozen freeze(ValueContext context, F value) {
        return new Image<>(pin(value), codec, context.memory());
    }
}

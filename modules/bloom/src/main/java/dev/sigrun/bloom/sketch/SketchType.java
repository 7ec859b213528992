// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.sketch;

import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.Frozen;
import dev.sigrun.spi.type.RdbWriter;
import dev.sigrun.spi.type.SnapshotMode;
import dev.sigrun.spi.type.TypeSpec;
import dev.sigrun.spi.type.ValueContext;

/**
 * Owner thread only. Sketches of one kind as a data type.
 *
 * @param <S> the sketch
 */
public final class SketchType<S extends Sketch<S>> implements DataType<S> {
    private final TypeSpec<S> spec;

    /**
     * Makes the type.
     *
     * @param name its name, in files as well
     * @param version version of its layout
     */
    public SketchType(String name, int version, Class<S> valueClass, Layout<S> layout) {
        spec =
                TypeSpec.type(name, valueClass)
                        .snapshot(SnapshotMode.FROZEN)
                        .codec(new SketchCodec<>(name, version, layout))
                        .build();
    }

    @Override
    public TypeSpec<S> spec() {
        return spec;
    }

    @Override
    public long memoryUsage(ValueContext context, S value, int samples) {
        return value.memoryUsage(context.memory());
    }

    @Override
    public long freeEffort(ValueContext context, S value) {
        return value.parts();
    }

    @Override
    public void free(ValueContext context, S value) {
        value.free(context.memory());
    }

    @Override
    public boolean freeSome(ValueContext context, S value, int steps) {
        return value.freeSome(context.memory(), steps);
    }

    @Override
    public S copy(ValueContext context, S value) {
        return value.twin(context.memory(), value.census());
    }

    @Override
    public void digest(ValueContext context, S value, Digest out) {
        value.digest(out);
        out.endElement();
    }

    @Override
    public void rewrite(ValueContext context, S value, CommandEmitter out) {
        value.rewrite(out);
    }

    @Override
    public Frozen freeze(ValueContext context, S value) {
        return new Image<>(value.twin(context.memory(), null), context.memory());
    }

    /** Encoded on any one thread, closed on the owner. A twin that nobody changes. */
    private static final class Image<S extends Sketch<S>> implements Frozen {
        private final S twin;
        private final OffHeap memory;
        private boolean isClosed;

        Image(S twin, OffHeap memory) {
            this.twin = twin;
            this.memory = memory;
        }

        @Override
        public void encode(RdbWriter out, int version) {
            twin.write(out);
        }

        @Override
        public void close() {
            if (!isClosed) {
                isClosed = true;
                twin.free(memory);
            }
        }
    }
}

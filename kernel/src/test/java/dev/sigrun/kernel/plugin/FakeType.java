// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.RdbCodec;
import dev.sigrun.spi.type.RdbReader;
import dev.sigrun.spi.type.RdbWriter;
import dev.sigrun.spi.type.SnapshotMode;
import dev.sigrun.spi.type.TypeSpec;
import dev.sigrun.spi.type.ValueContext;

/** A type that has a description and nothing else. */
final class FakeType implements DataType<Object> {
    private final TypeSpec<Object> spec;

    FakeType(String name, SnapshotMode mode, Codec codec) {
        spec = TypeSpec.type(name, Object.class).snapshot(mode).codec(codec).build();
    }

    @Override
    public TypeSpec<Object> spec() {
        return spec;
    }

    @Override
    public long memoryUsage(ValueContext context, Object value, int samples) {
        return 0;
    }

    @Override
    public long freeEffort(ValueContext context, Object value) {
        return 0;
    }

    @Override
    public void free(ValueContext context, Object value) {}

    @Override
    public Object copy(ValueContext context, Object value) {
        return null;
    }

    @Override
    public void digest(ValueContext context, Object value, Digest out) {}

    @Override
    public void rewrite(ValueContext context, Object value, CommandEmitter out) {}

    record Codec(String wireName, int versionMin, int versionMax, int versionWritten)
            implements RdbCodec<Object> {
        Codec(String wireName) {
            this(wireName, 0, 0, 0);
        }

        @Override
        public void encode(ValueContext context, Object value, RdbWriter out, int version) {}

        @Override
        public Object decode(ValueContext context, RdbReader in, int version) {
            return this;
        }
    }
}

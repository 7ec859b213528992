// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.RdbCodec;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbReader;
import dev.sigrun.spi.type.RdbWriter;
import dev.sigrun.spi.type.SnapshotMode;
import dev.sigrun.spi.type.TypeSpec;
import dev.sigrun.spi.type.ValueContext;

/** A type whose values are all alike: a key has one or it has not. */
final class MarkType implements DataType<Boolean>, RdbCodec<Boolean> {
    private final TypeSpec<Boolean> spec =
            TypeSpec.type("mark", Boolean.class).snapshot(SnapshotMode.INLINE).codec(this).build();

    @Override
    public TypeSpec<Boolean> spec() {
        return spec;
    }

    @Override
    public long memoryUsage(ValueContext context, Boolean value, int samples) {
        return 0;
    }

    @Override
    public long freeEffort(ValueContext context, Boolean value) {
        return 1;
    }

    @Override
    public void free(ValueContext context, Boolean value) {}

    @Override
    public Boolean copy(ValueContext context, Boolean value) {
        return value;
    }

    @Override
    public void digest(ValueContext context, Boolean value, Digest out) {}

    @Override
    public void rewrite(ValueContext context, Boolean value, CommandEmitter out) {}

    @Override
    public String wireName() {
        return "test-mark";
    }

    @Override
    public int versionMin() {
        return 1;
    }

    @Override
    public int versionMax() {
        return 1;
    }

    @Override
    public int versionWritten() {
        return 1;
    }

    @Override
    public void encode(ValueContext context, Boolean value, RdbWriter out, int version) {}

    @Override
    public Boolean decode(ValueContext context, RdbReader in, int version) throws RdbException {
        return true;
    }
}

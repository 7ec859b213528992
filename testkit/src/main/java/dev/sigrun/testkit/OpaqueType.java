// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.Frozen;
import dev.sigrun.spi.type.RdbCodec;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbReader;
import dev.sigrun.spi.type.RdbWriter;
import dev.sigrun.spi.type.SnapshotMode;
import dev.sigrun.spi.type.TypeSpec;
import dev.sigrun.spi.type.ValueContext;
import java.lang.foreign.ValueLayout;

/** The type of {@link Opaque} values. Owner thread only. */
final class OpaqueType implements DataType<Opaque>, RdbCodec<Opaque> {
    private static final long HEAP_BYTES = 24;

    private final boolean copies;

    private final TypeSpec<Opaque> spec =
            TypeSpec.type("opaque", Opaque.class).snapshot(SnapshotMode.FROZEN).codec(this).build();

    /**
     * Makes a type.
     *
     * @param copies whether values can be copied
     */
    OpaqueType(boolean copies) {
        this.copies = copies;
    }

    @Override
    public TypeSpec<Opaque> spec() {
        return spec;
    }

    @Override
    public long memoryUsage(ValueContext context, Opaque value, int samples) {
        return HEAP_BYTES + value.blockBytes(context.memory());
    }

    @Override
    public long freeEffort(ValueContext context, Opaque value) {
        return 1;
    }

    @Override
    public void free(ValueContext context, Opaque value) {
        value.free(context.memory());
    }

    @Override
    public Opaque copy(ValueContext context, Opaque value) {
        return copies ? value.copy(context.memory()) : null;
    }

    @Override
    public void digest(ValueContext context, Opaque value, Digest out) {
        out.add(value.address(), value.length());
        out.endElement();
    }

    @Override
    public void rewrite(ValueContext context, Opaque value, CommandEmitter out) {
        out.command(OpaquePlugin.COMMAND, 2).key().arg(content(context, value));
    }

    private static byte[] content(ValueContext context, Opaque value) {
        return context.memory()
                .segment(value.address(), Math.max(value.length(), 1))
                .asSlice(0, value.length())
                .toArray(ValueLayout.JAVA_BYTE);
    }

    @Override
    public Frozen freeze(ValueContext context, Opaque value) {
        byte[] image = content(context, value);
        return new Frozen() {
            @Override
            public void encode(RdbWriter out, int version) {
                out.string(image);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String wireName() {
        return "sgrnopaqu";
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
    public void encode(ValueContext context, Opaque value, RdbWriter out, int version) {
        out.string(value.address(), value.length());
    }

    @Override
    public Opaque decode(ValueContext context, RdbReader in, int version) throws RdbException {
        return Opaque.of(context.memory(), in.string());
    }
}

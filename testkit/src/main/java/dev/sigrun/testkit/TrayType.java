// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

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

/** The type of {@link Tray} values. Owner thread only. */
final class TrayType implements DataType<Tray>, RdbCodec<Tray> {
    private static final long ITEM_BYTES = 24;

    private final TypeSpec<Tray> spec =
            TypeSpec.type("tray", Tray.class).snapshot(SnapshotMode.INLINE).codec(this).build();

    @Override
    public TypeSpec<Tray> spec() {
        return spec;
    }

    @Override
    public long memoryUsage(ValueContext context, Tray value, int samples) {
        return ITEM_BYTES * value.items.size();
    }

    @Override
    public long freeEffort(ValueContext context, Tray value) {
        return 1;
    }

    @Override
    public void free(ValueContext context, Tray value) {
        value.items.clear();
    }

    @Override
    public Tray copy(ValueContext context, Tray value) {
        Tray copy = new Tray();
        value.items.forEach(copy::put);
        copy.total = value.total;
        return copy;
    }

    @Override
    public void digest(ValueContext context, Tray value, Digest out) {
        for (byte[] item : value.items) {
            for (byte b : item) {
                out.add(b);
            }
            out.endElement();
        }
    }

    @Override
    public void rewrite(ValueContext context, Tray value, CommandEmitter out) {
        out.command(TrayPlugin.PUT, value.items.size() + 1).key();
        value.items.forEach(out::arg);
    }

    @Override
    public String wireName() {
        return "sgrntrays";
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
    public void encode(ValueContext context, Tray value, RdbWriter out, int version) {
        out.unsigned(value.total);
        value.items.forEach(out::string);
    }

    @Override
    public Tray decode(ValueContext context, RdbReader in, int version) throws RdbException {
        Tray tray = new Tray();
        long total = in.unsigned();
        while (in.peek() == RdbReader.Kind.STRING) {
            tray.put(in.string().copy());
        }
        tray.total = total;
        return tray;
    }
}

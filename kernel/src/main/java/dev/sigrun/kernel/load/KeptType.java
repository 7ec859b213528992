// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.rdb.DumpPayload;
import dev.sigrun.kernel.rdb.ModuleId;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbInput;
import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.type.Cell;
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

/**
 * Values of a plugin that is not there: their parts as the file had them, to be written back. No
 * command knows the type, so that all answer that it is the wrong one. Owner thread only.
 *
 * <p>A value is what a file has of it: name and version, parts, end.
 */
final class KeptType implements DataType<Cell>, RdbCodec<Cell> {
    private static final int BYTES_MAX = Integer.MAX_VALUE - (1 << 20);

    private final String wireName;
    private final int version;
    private final TypeSpec<Cell> spec;

    /** The type of values with a number that names plugin and version. */
    KeptType(long moduleId) {
        wireName = ModuleId.name(moduleId);
        version = ModuleId.version(moduleId);
        spec =
                TypeSpec.type(wireName, Cell.class)
                        .snapshot(SnapshotMode.INLINE)
                        .codec(this)
                        .build();
    }

    @Override
    public TypeSpec<Cell> spec() {
        return spec;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    @Override
    public int versionMin() {
        return version;
    }

    @Override
    public int versionMax() {
        return version;
    }

    @Override
    public int versionWritten() {
        return version;
    }

    @Override
    public Cell decode(ValueContext context, RdbReader in, int readVersion) throws RdbException {
        RdbOutput out = RdbOutput.keeping(BYTES_MAX, false);
        out.beginModule(wireName, version);
        while (passPart(in, out)) {
            // Each part takes a byte at least, so the input bounds the loop.
        }
        out.endModule();
        Cell cell = context.newCell(out.size());
        Memory.copy(out.array(), 0, cell.address(), out.size());
        return cell;
    }

    @Override
    public void encode(ValueContext context, Cell value, RdbWriter out, int writtenVersion)
            throws RdbException {
        try (RdbInput in = new RdbInput()) {
            in.wrap(value.address(), value.length());
            long _ = in.beginModule();
            while (passPart(in, out)) {
                // The same as in decode.
            }
        }
    }

    /** Passes a part on; says whether there was one. */
    private static boolean passPart(RdbReader in, RdbWriter out) throws RdbException {
        switch (in.peek()) {
            case SIGNED -> out.signed(in.signed());
            case UNSIGNED -> out.unsigned(in.unsigned());
            case FLOAT -> out.flt(in.flt());
            case DOUBLE -> out.dbl(in.dbl());
            case STRING -> out.string(in.string());
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public long memoryUsage(ValueContext context, Cell value, int samples) {
        return value.length();
    }

    @Override
    public long freeEffort(ValueContext context, Cell value) {
        return 1;
    }

    /** There is nothing outside of the cell. */
    @Override
    public void free(ValueContext context, Cell value) {}

    @Override
    public Cell copy(ValueContext context, Cell value) {
        Cell cell = context.newCell(value.length());
        Memory.copy(value.address(), cell.address(), value.length());
        return cell;
    }

    @Override
    public void digest(ValueContext context, Cell value, Digest out) {
        out.add(value.address(), value.length());
        out.endElement();
    }

    @Override
    public void rewrite(ValueContext context, Cell value, CommandEmitter out) {
        RdbOutput payload = RdbOutput.keeping(BYTES_MAX, false);
        payload.writeByte(RdbFormat.TYPE_MODULE_2);
        payload.writeRaw(value.address(), value.length());
        DumpPayload.seal(payload, RdbFormat.VERSION);
        out.command("RESTORE", 3).key().arg(0).arg(payload.copy());
    }
}

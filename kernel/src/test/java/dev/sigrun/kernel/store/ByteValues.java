// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.NativeCodec;
import dev.sigrun.spi.type.NativeInput;
import dev.sigrun.spi.type.NativeOutput;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.SnapshotMode;
import dev.sigrun.spi.type.TypeSpec;
import dev.sigrun.spi.type.ValueContext;

/**
 * A type whose values are 8 bytes for the address of a block and then any bytes. The block lets a
 * test see whether values are freed exactly once. Owner thread only.
 */
final class ByteValues implements DataType<Cell>, NativeCodec<Cell> {
    static final int HEAD = Long.BYTES;
    private static final int LAYOUT = 1;
    private static final int BLOCK_BYTES = 48;
    private final TypeSpec<Cell> spec =
            TypeSpec.type("bytes", Cell.class)
                    .snapshot(SnapshotMode.INLINE)
                    .nativeType(1, this)
                    .build();

    /** What a value of many steps says. */
    long effort = 1;

    /** Whether values say that their elements expire. */
    boolean expiring;

    @Override
    public TypeSpec<Cell> spec() {
        return spec;
    }

    @Override
    public long memoryUsage(ValueContext context, Cell value, int samples) {
        return BLOCK_BYTES;
    }

    @Override
    public long freeEffort(ValueContext context, Cell value) {
        return effort;
    }

    @Override
    public void free(ValueContext context, Cell value) {
        context.memory().free(Memory.getLong(value.address()), BLOCK_BYTES);
    }

    @Override
    public Cell copy(ValueContext context, Cell value) {
        Cell copy = context.newCell(value.length());
        Memory.copy(value.address(), copy.address(), value.length());
        Memory.putLong(copy.address(), context.memory().allocate(BLOCK_BYTES));
        return copy;
    }

    @Override
    public void digest(ValueContext context, Cell value, Digest out) {
        out.ordered(value.address() + HEAD, value.length() - HEAD);
    }

    @Override
    public void rewrite(ValueContext context, Cell value, CommandEmitter out) {
        throw new UnsupportedOperationException("no command makes such values");
    }

    @Override
    public boolean hasExpiringElements(ValueContext context, Cell value) {
        return expiring;
    }

    @Override
    public int[] layoutsRead() {
        return new int[] {LAYOUT};
    }

    @Override
    public int layoutWritten(ValueContext context, Cell value, int rdbVersion) {
        return LAYOUT;
    }

    @Override
    public void encode(ValueContext context, Cell value, int layout, NativeOutput out) {
        out.writeString(value.address() + HEAD, value.length() - HEAD);
    }

    @Override
    public Cell decode(ValueContext context, int layout, NativeInput in) throws RdbException {
        Bytes content = in.readString();
        Cell value = context.newCell(HEAD + content.length());
        Memory.copy(content.address(), value.address() + HEAD, content.length());
        Memory.putLong(value.address(), context.memory().allocate(BLOCK_BYTES));
        return value;
    }

    void attach(Cell value, PluginMemory memory) {
        Memory.putLong(value.address(), memory.allocate(BLOCK_BYTES));
    }
}

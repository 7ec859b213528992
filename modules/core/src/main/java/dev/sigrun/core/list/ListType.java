// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.View;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.memory.quicklist.ListCursor;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.SnapshotMode;
import dev.sigrun.spi.type.TypeSpec;
import dev.sigrun.spi.type.ValueContext;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The type of lists. Owner thread only. */
final class ListType implements DataType<Cell> {
    /** Valkey's number of the type. */
    private static final int NUMBER = 1;

    /** Elements in one command of a rewritten file, as Valkey groups them. */
    private static final int ELEMENTS_PER_COMMAND = 64;

    private final Lists lists;
    private final TypeSpec<Cell> spec;
    private final ListCursor cursor = new ListCursor();
    private final View element = new View();
    private final MemorySegment digits = Arena.ofAuto().allocate(Decimal.BYTES_MAX);

    ListType(Lists lists, CoreMemory memory) {
        this.lists = lists;
        this.spec =
                TypeSpec.type("list", Cell.class)
                        .snapshot(SnapshotMode.INLINE)
                        .nativeType(NUMBER, new ListCodec(lists, memory))
                        .build();
    }

    @Override
    public TypeSpec<Cell> spec() {
        return spec;
    }

    @Override
    public String encoding(Cell cell) {
        return Lists.isLarge(cell) ? "quicklist" : "listpack";
    }

    @Override
    public String details(ValueContext context, Cell cell, boolean fast) {
        return Lists.isLarge(cell) ? lists.details(cell, fast) : "";
    }

    @Override
    public long memoryUsage(ValueContext context, Cell cell, int samples) {
        return Lists.isLarge(cell) ? lists.quicklists().bytes(Lists.content(cell)) : 0;
    }

    @Override
    public long freeEffort(ValueContext context, Cell cell) {
        return lists.nodes(cell);
    }

    @Override
    public void free(ValueContext context, Cell cell) {
        if (Lists.isLarge(cell)) {
            lists.quicklists().free(Lists.content(cell));
        }
    }

    @Override
    public boolean freeSome(ValueContext context, Cell cell, int steps) {
        return !Lists.isLarge(cell) || lists.quicklists().freeSome(Lists.content(cell), steps);
    }

    @Override
    public Cell copy(ValueContext context, Cell cell) {
        return lists.copy(context, cell);
    }

    @Override
    public void digest(ValueContext context, Cell cell, Digest out) {
        boolean there = Lists.seek(cursor, cell, 0);
        while (there) {
            out.ordered(cursor.contentAddress(digits.address()), cursor.contentLength());
            there = cursor.next();
        }
    }

    @Override
    public void rewrite(ValueContext context, Cell cell, CommandEmitter out) {
        long left = lists.length(cell);
        boolean there = Lists.seek(cursor, cell, 0);
        while (there) {
            int count = (int) Math.min(left, ELEMENTS_PER_COMMAND);
            out.command("RPUSH", 1 + count).key();
            for (int index = 0; index < count; index++) {
                emit(out);
                there = cursor.next();
            }
            left -= count;
        }
    }

    private void emit(CommandEmitter out) {
        if (cursor.isInteger()) {
            out.arg(cursor.integer());
        } else {
            out.arg(element.over(cursor.stringAddress(), cursor.stringLength()));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.element.ElementBytes;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.SnapshotMode;
import dev.sigrun.spi.type.TypeSpec;
import dev.sigrun.spi.type.ValueContext;

/**
 * The type of sets. Other packages that read sets ask it for their size and whether they contain
 * something, and go over their members by a {@link SetIterator}. Owner thread only.
 */
public final class SetType implements DataType<Cell> {
    /** Valkey's number of the type. */
    private static final int NUMBER = 2;

    /** Members in one command of a rewritten file, as Valkey groups them. */
    private static final int MEMBERS_PER_COMMAND = 64;

    /** A block of a table is of about this size; each is a step. */
    private static final int STEP_BYTES = 512;

    private final Sets sets;
    private final TypeSpec<Cell> spec;
    private final SetIterator iterator = new SetIterator();
    private final ElementBytes content = new ElementBytes();

    SetType(Sets sets, CoreMemory memory) {
        this.sets = sets;
        this.spec =
                TypeSpec.type("set", Cell.class)
                        .snapshot(SnapshotMode.INLINE)
                        .nativeType(NUMBER, new SetCodec(sets, memory))
                        .build();
    }

    @Override
    public TypeSpec<Cell> spec() {
        return spec;
    }

    /** Number of members of a set. */
    public long size(Bytes cell) {
        return sets.size(cell);
    }

    /** Whether something is a member of a set. */
    public boolean contains(Bytes cell, Item member) {
        return sets.contains(cell, member);
    }

    @Override
    public String encoding(Cell cell) {
        return switch (Sets.form(cell)) {
            case Sets.INTSET -> "intset";
            case Sets.LISTPACK -> "listpack";
            default -> "hashtable";
        };
    }

    private static boolean isTable(Cell cell) {
        return Sets.form(cell) == Sets.HASHTABLE;
    }

    @Override
    public long memoryUsage(ValueContext context, Cell cell, int samples) {
        return isTable(cell) ? sets.tables().memoryBytes(Sets.content(cell)) : 0;
    }

    @Override
    public long freeEffort(ValueContext context, Cell cell) {
        return 1 + memoryUsage(context, cell, 0) / STEP_BYTES;
    }

    @Override
    public void free(ValueContext context, Cell cell) {
        sets.free(cell);
    }

    @Override
    public boolean freeSome(ValueContext context, Cell cell, int steps) {
        return !isTable(cell) || sets.tables().freeSome(Sets.content(cell), steps);
    }

    @Override
    public Cell copy(ValueContext context, Cell cell) {
        Cell copy = context.newCell(cell.length());
        sets.copy(cell, copy);
        return copy;
    }

    @Override
    public void digest(ValueContext context, Cell cell, Digest out) {
        iterator.over(cell);
        while (iterator.next()) {
            content.over(iterator.item());
            out.unordered(content.address(), content.length());
        }
    }

    @Override
    public void rewrite(ValueContext context, Cell cell, CommandEmitter out) {
        long left = sets.size(cell);
        iterator.over(cell);
        while (left > 0) {
            int count = (int) Math.min(left, MEMBERS_PER_COMMAND);
            out.command("SADD", 1 + count).key();
            for (int index = 0; index < count; index++) {
                iterator.next();
                out.arg(content.over(iterator.item()));
            }
            left -= count;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.View;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.SnapshotMode;
import dev.sigrun.spi.type.TypeSpec;
import dev.sigrun.spi.type.ValueContext;

/**
 * The type of sorted sets. Other packages read them by {@link SortedSetReader} and make new ones by
 * {@link SortedSetResult}. Owner thread only.
 */
public final class SortedSetType implements DataType<Cell> {
    /** Valkey's number of the type. */
    private static final int NUMBER = 3;

    /** Members in one command of a rewritten file, as Valkey groups them. */
    private static final int MEMBERS_PER_COMMAND = 64;

    private final SortedSets sets;
    private final TypeSpec<Cell> spec;
    private final SortedSetWalk walk = new SortedSetWalk();
    private final ScoreText scoreText = new ScoreText();
    private final View member = new View();

    SortedSetType(SortedSets sets, CoreMemory memory) {
        this.sets = sets;
        this.spec =
                TypeSpec.type("zset", Cell.class)
                        .snapshot(SnapshotMode.INLINE)
                        .nativeType(NUMBER, new SortedSetCodec(sets, memory))
                        .build();
    }

    SortedSets sets() {
        return sets;
    }

    @Override
    public TypeSpec<Cell> spec() {
        return spec;
    }

    @Override
    public String encoding(Cell cell) {
        return SortedSets.isLarge(cell) ? "skiplist" : "listpack";
    }

    @Override
    public long memoryUsage(ValueContext context, Cell cell, int samples) {
        return SortedSets.memoryBytes(cell);
    }

    @Override
    public long freeEffort(ValueContext context, Cell cell) {
        return SortedSets.freeEffort(cell);
    }

    @Override
    public void free(ValueContext context, Cell cell) {
        sets.free(cell);
    }

    @Override
    public boolean freeSome(ValueContext context, Cell cell, int steps) {
        return sets.freeSome(cell, steps);
    }

    @Override
    public Cell copy(ValueContext context, Cell cell) {
        Cell copy = context.newCell(cell.length());
        sets.copy(cell, copy);
        return copy;
    }

    @Override
    public void digest(ValueContext context, Cell cell, Digest out) {
        boolean more = walk.first(cell);
        while (more) {
            out.add(walk.member(), walk.length());
            View score = scoreText.shortest(walk.score());
            out.add(score.address(), score.length());
            out.endElement();
            more = walk.next();
        }
    }

    @Override
    public void rewrite(ValueContext context, Cell cell, CommandEmitter out) {
        long left = SortedSets.size(cell);
        walk.first(cell);
        while (left > 0) {
            int count = (int) Math.min(left, MEMBERS_PER_COMMAND);
            out.command("ZADD", 1 + 2 * count).key();
            for (int i = 0; i < count; i++) {
                out.arg(scoreText.print(walk.score()));
                out.arg(member.over(walk.member(), walk.length()));
                walk.next();
            }
            left -= count;
        }
    }
}

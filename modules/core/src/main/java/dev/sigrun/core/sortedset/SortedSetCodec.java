// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.View;
import dev.sigrun.core.element.ElementWalk;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.memory.number.DoubleParser;
import dev.sigrun.memory.ordered.SortedWalk;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.memory.pack.Ziplist;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.NativeCodec;
import dev.sigrun.spi.type.NativeInput;
import dev.sigrun.spi.type.NativeOutput;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.ValueContext;
import dev.sigrun.spi.type.ValueWalk;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Valkey's layouts of a sorted set: members with their scores as text (3) or as doubles (5), and
 * pairs of both in a ziplist (12) or a listpack (17). A small set is written as a listpack, a large
 * one as members with doubles, the last one first, which is the order that others load best. All
 * four are read; members may come in any order, but not twice, and no score may be NaN. Owner
 * thread only.
 */
final class SortedSetCodec implements NativeCodec<Cell> {
    private static final int TEXTS = 3;
    private static final int DOUBLES = 5;
    private static final int ZIPLIST = 12;
    private static final int LISTPACK = 17;

    /** Lengths of a score's text that stand for what has none. */
    private static final int NEGATIVE_INFINITY = 255;

    private static final int POSITIVE_INFINITY = 254;
    private static final int NOT_A_NUMBER = 253;

    /** Beyond so many members, a look at all of them for each would take too long. */
    private static final int WALKED_MAX = 512;

    private static final double INTEGER_MAX = 0x1p62;

    private final SortedSets sets;
    private final CoreMemory memory;
    private final SortedSetWalk walk = new SortedSetWalk();
    private final ScoreText scoreText = new ScoreText();
    private final DoubleParser parser = new DoubleParser();
    private final Ziplist ziplist = new Ziplist();
    private final View view = new View();
    private final MemorySegment digits = Arena.ofAuto().allocate(Decimal.BYTES_MAX);

    SortedSetCodec(SortedSets sets, CoreMemory memory) {
        this.sets = sets;
        this.memory = memory;
    }

    @Override
    public int[] layoutsRead() {
        return new int[] {TEXTS, DOUBLES, ZIPLIST, LISTPACK};
    }

    @Override
    public int layoutWritten(ValueContext context, Cell cell, int rdbVersion) {
        return SortedSets.isLarge(cell) ? DOUBLES : LISTPACK;
    }

    // ---- writing ----

    @Override
    public void encode(ValueContext context, Cell cell, int layout, NativeOutput out) {
        if (layout == DOUBLES) {
            writeMembers(cell, out);
        } else {
            writePacked(cell, out);
        }
    }

    private void writeMembers(Cell cell, NativeOutput out) {
        long size = SortedSets.size(cell);
        out.writeLength(size);
        walk.seek(cell, size - 1);
        do {
            out.writeString(walk.member(), walk.length());
            out.writeDouble(walk.score());
        } while (walk.previous());
    }

    @Override
    public ValueWalk walk(ValueContext context, Cell cell, int layout, NativeOutput out) {
        if (layout != DOUBLES) {
            return null;
        }
        SortedWalk steps =
                new SortedWalk(
                        sets.members(),
                        () -> SortedSets.content(cell),
                        (member, length, score) -> {
                            out.writeString(member, length);
                            out.writeDouble(score);
                        });
        out.writeLength(steps.size());
        return new ElementWalk(steps);
    }

    private void writePacked(Cell cell, NativeOutput out) {
        long room = Listpack.EMPTY_BYTES;
        boolean more = walk.first(cell);
        while (more) {
            room += Listpack.entryBytes(walk.member(), walk.length()) + scoreBytes(walk.score());
            more = walk.next();
        }
        long lp = memory.allocate(room);
        try {
            Listpack.create(lp);
            more = walk.first(cell);
            while (more) {
                Listpack.append(lp, walk.member(), walk.length());
                appendScore(lp, walk.score());
                more = walk.next();
            }
            out.writeString(lp, Listpack.bytes(lp));
        } finally {
            memory.free(lp, room);
        }
    }

    private static boolean isInteger(double score) {
        return Math.abs(score) <= INTEGER_MAX && (long) score == score;
    }

    private long scoreBytes(double score) {
        if (isInteger(score)) {
            return Listpack.entryBytes((long) score);
        }
        View text = scoreText.format(score);
        return Listpack.entryBytes(text.address(), text.length());
    }

    private void appendScore(long lp, double score) {
        if (isInteger(score)) {
            Listpack.append(lp, (long) score);
        } else {
            View text = scoreText.format(score);
            Listpack.append(lp, text.address(), text.length());
        }
    }

    // ---- reading ----

    @Override
    public Cell decode(ValueContext context, int layout, NativeInput in) throws RdbException {
        return switch (layout) {
            case LISTPACK -> readListpack(context, in.readString());
            case ZIPLIST -> readZiplist(context, in.readString());
            default -> readMembers(context, in, layout == TEXTS);
        };
    }

    private static RdbException corrupt(String what) {
        return RdbException.corrupt(what);
    }

    private static Cell create(ValueContext context, boolean large) {
        Cell cell = context.newCell(SortedSets.emptyBytes(large));
        SortedSets.create(cell, large);
        return cell;
    }

    private Cell readMembers(ValueContext context, NativeInput in, boolean texts)
            throws RdbException {
        long count = in.readCount(1 + (texts ? 1 : Double.BYTES));
        if (count == 0) {
            return null;
        }
        Cell cell = create(context, true);
        boolean done = false;
        try {
            for (long left = count; left > 0; left--) {
                readMember(cell, in, texts);
            }
            sets.reduce(cell);
            done = true;
        } finally {
            if (!done) {
                sets.free(cell);
            }
        }
        return cell;
    }

    @Override
    public boolean isReadInParts(int layout) {
        return layout == TEXTS || layout == DOUBLES;
    }

    @Override
    public void decodeMore(ValueContext context, Cell cell, int layout, NativeInput in)
            throws RdbException {
        boolean texts = layout == TEXTS;
        long count = in.readCount(1 + (texts ? 1 : Double.BYTES));
        if (!SortedSets.isLarge(cell)) {
            sets.expect(cell, SortedSets.size(cell) + count, 0);
        }
        for (long left = count; left > 0; left--) {
            readMember(cell, in, texts);
        }
    }

    /** The member is only lent until the score is read, so it is kept meanwhile. */
    private void readMember(Cell cell, NativeInput in, boolean texts) throws RdbException {
        Bytes lent = in.readString();
        int length = lent.length();
        long member = memory.allocate(Math.max(length, 1));
        try {
            Memory.copy(lent.address(), member, length);
            double score = texts ? readText(in) : in.readDouble();
            add(cell, score, member, length);
        } finally {
            memory.free(member, Math.max(length, 1));
        }
    }

    private double readText(NativeInput in) throws RdbException {
        int length = in.readByte();
        return switch (length) {
            case NEGATIVE_INFINITY -> Double.NEGATIVE_INFINITY;
            case POSITIVE_INFINITY -> Double.POSITIVE_INFINITY;
            case NOT_A_NUMBER -> Double.NaN;
            default -> {
                Bytes text = in.readRaw(length);
                yield parse(text.address(), text.length());
            }
        };
    }

    private double parse(long address, int length) throws RdbException {
        parser.parsePrefix(address, length);
        if (length == 0 || parser.end() != length) {
            throw corrupt("A score is no number.");
        }
        return parser.value();
    }

    private void add(Cell cell, double score, long member, int length) throws RdbException {
        if (Double.isNaN(score)) {
            throw corrupt("Zset with NAN score detected");
        }
        if (sets.find(cell, member, length)) {
            throw corrupt("A sorted set has a member twice.");
        }
        sets.addAsItIs(cell, score);
    }

    private Cell create(ValueContext context, long members) {
        return create(context, members > WALKED_MAX || !sets.limits().allowsCount(members));
    }

    /** What was packed is small whatever the length of its members, as on Valkey. */
    private void settle(Cell cell) {
        if (SortedSets.isLarge(cell) && sets.limits().allowsCount(SortedSets.size(cell))) {
            sets.reduceAnyway(cell);
        }
    }

    private Cell readListpack(ValueContext context, Bytes content) throws RdbException {
        long lp = content.address();
        if (!Listpack.validate(lp, content.length(), true) || Listpack.count(lp) % 2 != 0) {
            throw corrupt("Zset listpack integrity check failed.");
        }
        if (Listpack.count(lp) == 0) {
            return null;
        }
        Cell cell = create(context, Listpack.count(lp) / 2);
        boolean done = false;
        try {
            long entry = Listpack.first(lp);
            while (entry != 0) {
                long member = Listpack.contentAddress(entry, digits.address());
                int length = Listpack.contentLength(entry);
                long scoreEntry = Listpack.next(entry);
                add(cell, score(scoreEntry), member, length);
                entry = Listpack.next(scoreEntry);
            }
            settle(cell);
            done = true;
        } finally {
            if (!done) {
                sets.free(cell);
            }
        }
        return cell;
    }

    private double score(long entry) throws RdbException {
        return Listpack.isInteger(entry)
                ? Listpack.integer(entry)
                : parse(Listpack.stringAddress(entry), Listpack.stringLength(entry));
    }

    private Cell readZiplist(ValueContext context, Bytes content) throws RdbException {
        if (!ziplist.open(content.address(), content.length()) || ziplist.count() % 2 != 0) {
            throw corrupt("Zset ziplist integrity check failed.");
        }
        if (ziplist.count() == 0) {
            return null;
        }
        Cell cell = create(context, ziplist.count() / 2);
        boolean done = false;
        try {
            while (ziplist.next()) {
                View member = ziplistContent();
                ziplist.next();
                add(cell, ziplistScore(), member.address(), member.length());
            }
            settle(cell);
            done = true;
        } finally {
            if (!done) {
                sets.free(cell);
            }
        }
        return cell;
    }

    private View ziplistContent() {
        if (ziplist.isInteger()) {
            int length = Decimal.write(ziplist.integer(), digits.address());
            return view.over(digits.address(), length);
        }
        return view.over(ziplist.stringAddress(), ziplist.stringLength());
    }

    private double ziplistScore() throws RdbException {
        return ziplist.isInteger()
                ? ziplist.integer()
                : parse(ziplist.stringAddress(), ziplist.stringLength());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.element.ElementWalk;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.dict.Dict;
import dev.sigrun.memory.dict.DictWalk;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.memory.dict.Roll;
import dev.sigrun.memory.pack.IntSet;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.NativeCodec;
import dev.sigrun.spi.type.NativeInput;
import dev.sigrun.spi.type.NativeOutput;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.ValueContext;
import dev.sigrun.spi.type.ValueWalk;

/**
 * Valkey's three layouts of a set: the members one by one, an intset, a listpack. Each form of a
 * set is written in its own; any of them is read. Owner thread only.
 */
final class SetCodec implements NativeCodec<Cell> {
    private static final int MEMBERS = 2;
    private static final int INTEGERS = 11;
    private static final int PACKED = 20;

    /** Beyond so many members, a look at all of them for each would take too long. */
    private static final int WALKED_MAX = 512;

    private final Sets sets;
    private final CoreMemory memory;
    private final SetIterator iterator = new SetIterator();
    private final Item item = new Item();

    SetCodec(Sets sets, CoreMemory memory) {
        this.sets = sets;
        this.memory = memory;
    }

    @Override
    public int[] layoutsRead() {
        return new int[] {MEMBERS, INTEGERS, PACKED};
    }

    @Override
    public int layoutWritten(ValueContext context, Cell cell, int rdbVersion) {
        return switch (Sets.form(cell)) {
            case Sets.INTSET -> INTEGERS;
            case Sets.LISTPACK -> PACKED;
            default -> MEMBERS;
        };
    }

    // ---- writing ----

    @Override
    public void encode(ValueContext context, Cell cell, int layout, NativeOutput out) {
        switch (layout) {
            case INTEGERS -> out.writeString(Sets.content(cell), IntSet.bytes(Sets.content(cell)));
            case PACKED -> writePacked(cell, out);
            default -> writeMembers(cell, out);
        }
    }

    private void writeMembers(Cell cell, NativeOutput out) {
        out.writeLength(sets.size(cell));
        iterator.over(cell);
        while (iterator.next()) {
            Item member = iterator.item();
            if (member.isInteger()) {
                out.writeIntegerString(member.integer());
            } else {
                out.writeString(member.address(), member.length());
            }
        }
    }

    @Override
    public ValueWalk walk(ValueContext context, Cell cell, int layout, NativeOutput out) {
        if (layout != MEMBERS) {
            return null;
        }
        out.writeLength(sets.size(cell));
        return new ElementWalk(
                new DictWalk(
                        sets.tables(),
                        () -> Sets.content(cell),
                        position -> ElementWalk.write(out, position)));
    }

    private void writePacked(Cell cell, NativeOutput out) {
        long room = Listpack.EMPTY_BYTES;
        iterator.over(cell);
        while (iterator.next()) {
            room += entryBytes(iterator.item());
        }
        long lp = memory.allocate(room);
        try {
            Listpack.create(lp);
            iterator.over(cell);
            while (iterator.next()) {
                append(lp, iterator.item());
            }
            out.writeString(lp, Listpack.bytes(lp));
        } finally {
            memory.free(lp, room);
        }
    }

    private static long entryBytes(Item member) {
        return member.isInteger()
                ? Listpack.entryBytes(member.integer())
                : Listpack.entryBytes(member.address(), member.length());
    }

    private static void append(long lp, Item member) {
        if (member.isInteger()) {
            Listpack.append(lp, member.integer());
        } else {
            Listpack.append(lp, member.address(), member.length());
        }
    }

    // ---- reading ----

    @Override
    public Cell decode(ValueContext context, int layout, NativeInput in) throws RdbException {
        return switch (layout) {
            case INTEGERS -> readIntegers(context, in.readString());
            case PACKED -> readPacked(context, in.readString());
            default -> readMembers(context, in);
        };
    }

    private Cell readIntegers(ValueContext context, Bytes content) throws RdbException {
        if (!IntSet.validate(content.address(), content.length(), true)) {
            throw RdbException.corrupt("Intset integrity check failed.");
        }
        Cell cell = context.newCell(Sets.FORM_BYTES + content.length());
        Memory.putByte(cell.address(), (byte) Sets.INTSET);
        Memory.copy(content.address(), Sets.content(cell), content.length());
        if (!sets.limits().allowsIntset(IntSet.length(Sets.content(cell)))) {
            sets.toTable(cell);
        }
        return cell;
    }

    private Cell readMembers(ValueContext context, NativeInput in) throws RdbException {
        long count = in.readCount(1);
        if (count == 0) {
            return null;
        }
        int form = sets.limits().allowsIntset(count) ? Sets.INTSET : Sets.HASHTABLE;
        Cell cell = create(context, form);
        boolean done = false;
        try {
            for (long left = count; left > 0; left--) {
                Bytes member = in.readString();
                add(cell, item.bytes(member.address(), member.length()));
            }
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
        return layout == MEMBERS;
    }

    @Override
    public void decodeMore(ValueContext context, Cell cell, int layout, NativeInput in)
            throws RdbException {
        for (long left = in.readCount(1); left > 0; left--) {
            Bytes member = in.readString();
            add(cell, item.bytes(member.address(), member.length()));
        }
    }

    private Cell create(ValueContext context, int form) {
        Cell cell = context.newCell(Sets.emptyBytes(form));
        sets.create(cell, form);
        return cell;
    }

    private void add(Cell cell, Item member) throws RdbException {
        if (!sets.add(cell, member)) {
            throw twice();
        }
    }

    /** A listpack stays one whatever the length of its members, as on Valkey. */
    private Cell readPacked(ValueContext context, Bytes content) throws RdbException {
        long lp = content.address();
        if (!Listpack.validate(lp, content.length(), true)) {
            throw RdbException.corrupt("Set listpack integrity check failed.");
        }
        long count = Listpack.count(lp);
        if (count == 0) {
            return null;
        }
        if (!sets.limits().allowsListpack(count)) {
            return readTable(context, lp);
        }
        if (count > WALKED_MAX) {
            requireDifferent(lp);
        }
        return readRoll(context, lp, count <= WALKED_MAX);
    }

    private Cell readTable(ValueContext context, long lp) throws RdbException {
        Cell cell = create(context, Sets.HASHTABLE);
        boolean done = false;
        try {
            for (long entry = Listpack.first(lp); entry != 0; entry = Listpack.next(entry)) {
                add(cell, over(entry));
            }
            done = true;
        } finally {
            if (!done) {
                sets.free(cell);
            }
        }
        return cell;
    }

    private void requireDifferent(long lp) throws RdbException {
        Dict tables = sets.tables();
        long root = memory.allocate(Dict.ROOT_BYTES);
        try {
            tables.create(root);
            try {
                for (long entry = Listpack.first(lp); entry != 0; entry = Listpack.next(entry)) {
                    if (!tables.add(root, over(entry))) {
                        throw twice();
                    }
                }
            } finally {
                tables.free(root);
            }
        } finally {
            memory.free(root, Dict.ROOT_BYTES);
        }
    }

    private Cell readRoll(ValueContext context, long lp, boolean look) throws RdbException {
        int length = Roll.HEADER_BYTES;
        for (long entry = Listpack.first(lp); entry != 0; entry = Listpack.next(entry)) {
            length += over(entry).encodedBytes();
        }
        Cell cell = context.newCell(Sets.FORM_BYTES + length);
        sets.create(cell, Sets.LISTPACK);
        long roll = Sets.content(cell);
        int filled = Roll.HEADER_BYTES;
        for (long entry = Listpack.first(lp); entry != 0; entry = Listpack.next(entry)) {
            Item member = over(entry);
            if (look && Roll.find(roll, filled, 1, member) != 0) {
                throw twice();
            }
            filled = Roll.insert(roll, filled, filled, member);
        }
        return cell;
    }

    private Item over(long entry) {
        return Listpack.isInteger(entry)
                ? item.integer(Listpack.integer(entry))
                : item.bytes(Listpack.stringAddress(entry), Listpack.stringLength(entry));
    }

    private static RdbException twice() {
        return RdbException.corrupt("A set has a member twice.");
    }
}

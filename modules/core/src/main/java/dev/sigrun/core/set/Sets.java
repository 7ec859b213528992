// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.dict.Dict;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.memory.dict.Roll;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.memory.pack.IntSet;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.Cell;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/**
 * What can be done to the cell of a set in each of its forms, and when the form changes. The first
 * byte tells the form, behind it is the content. One instance serves all sets; it keeps a form of
 * them in mind for no longer than a call. Owner thread only.
 */
final class Sets {
    static final int INTSET = 0;
    static final int LISTPACK = 1;
    static final int HASHTABLE = 2;

    /** Bytes before the content. */
    static final int FORM_BYTES = 1;

    private static final int TABLE_BYTES = FORM_BYTES + Dict.ROOT_BYTES;

    private final CoreMemory memory;
    private final SetLimits limits;
    private final Dict tables;
    private final SetIterator iterator = new SetIterator();

    /** A root on its way into a cell; off every account, as it is no value. */
    private final MemorySegment spareRoot = Arena.ofAuto().allocate(Dict.ROOT_BYTES);

    Sets(CoreMemory memory, SetLimits limits) {
        this.memory = memory;
        this.limits = limits;
        this.tables = new Dict(memory, 1, memory.hashKey0(), memory.hashKey1());
    }

    // ---- what there is ----

    static int form(Bytes cell) {
        return form(cell.address());
    }

    static int form(long cell) {
        return Memory.getByte(cell);
    }

    /** The integers, the roll or the root. */
    static long content(Bytes cell) {
        return cell.address() + FORM_BYTES;
    }

    Dict tables() {
        return tables;
    }

    SetLimits limits() {
        return limits;
    }

    long size(Bytes cell) {
        return size(cell.address());
    }

    long size(long cell) {
        long content = cell + FORM_BYTES;
        return switch (form(cell)) {
            case INTSET -> IntSet.length(content);
            case LISTPACK -> Roll.count(content);
            default -> tables.size(content);
        };
    }

    boolean contains(Bytes cell, Item member) {
        return contains(cell.address(), cell.length(), member);
    }

    boolean contains(long cell, int length, Item member) {
        long content = cell + FORM_BYTES;
        return switch (form(cell)) {
            case INTSET -> member.isInteger() && IntSet.contains(content, member.integer());
            case LISTPACK -> Roll.find(content, length - FORM_BYTES, 1, member) != 0;
            default -> tables.find(content, member) != 0;
        };
    }

    /** Puts an item over a member at random, each with the same chance. */
    Item pick(Bytes cell, RandomGenerator random, Item target) {
        long content = content(cell);
        return switch (form(cell)) {
            case INTSET ->
                    target.integer(IntSet.valueAt(content, random.nextInt(IntSet.length(content))));
            case LISTPACK ->
                    target.element(
                            content + Roll.seek(content, random.nextInt(Roll.count(content))));
            default -> target.element(tables.random(content, random));
        };
    }

    // ---- a new set ----

    /**
     * The form in which a set begins that is going to have so many members, with this one first.
     */
    int firstForm(Item member, long expected) {
        if (member.isInteger() && limits.allowsIntset(expected)) {
            return INTSET;
        }
        return limits.allowsListpack(expected) ? LISTPACK : HASHTABLE;
    }

    /** Bytes of an empty set, which only becomes a key's when something is added. */
    static int emptyBytes(int form) {
        return switch (form) {
            case INTSET -> FORM_BYTES + IntSet.EMPTY_BYTES;
            case LISTPACK -> FORM_BYTES + Roll.HEADER_BYTES;
            default -> TABLE_BYTES;
        };
    }

    /** Writes an empty set into a cell of {@link #emptyBytes}. */
    void create(Cell cell, int form) {
        long content = content(cell);
        switch (form) {
            case INTSET -> IntSet.create(content);
            case LISTPACK -> Roll.create(content);
            default -> tables.create(content);
        }
        Memory.putByte(cell.address(), (byte) form);
    }

    // ---- adding ----

    /** Changes the form of a set to which so many members are about to be added, if need be. */
    void expect(Cell cell, long more) {
        int form = form(cell);
        boolean tooMany =
                (form == LISTPACK && !limits.allowsListpack(more))
                        || (form == INTSET && !limits.allowsIntset(more));
        if (tooMany) {
            toTable(cell);
        }
    }

    /**
     * Adds a member.
     *
     * @param member stands on no part of this set
     * @return whether it was none before
     */
    boolean add(Cell cell, Item member) {
        return switch (form(cell)) {
            case INTSET -> addToIntset(cell, member);
            case LISTPACK -> addToListpack(cell, member);
            default -> tables.add(content(cell), member);
        };
    }

    private boolean addToIntset(Cell cell, Item member) {
        if (!member.isInteger()) {
            leaveIntset(cell, member);
            return add(cell, member);
        }
        long value = member.integer();
        if (IntSet.contains(content(cell), value)) {
            return false;
        }
        if (!limits.allowsIntset(IntSet.length(content(cell)) + 1L)) {
            toTable(cell);
            return tables.add(content(cell), member);
        }
        cell.resize(FORM_BYTES + (int) IntSet.bytesWith(content(cell), value));
        IntSet.insert(content(cell), value);
        return true;
    }

    /** A member that is no integer comes to an intset: it becomes a listpack, if that may be. */
    private void leaveIntset(Cell cell, Item member) {
        long content = content(cell);
        int length = IntSet.length(content);
        int digitsMax = 0;
        if (length > 0) {
            int first = Decimal.length(IntSet.valueAt(content, 0));
            int last = Decimal.length(IntSet.valueAt(content, length - 1));
            digitsMax = Math.max(first, last);
        }
        boolean small =
                limits.allowsListpack(length + 1L)
                        && limits.allowsValue(member.length())
                        && limits.allowsValue(digitsMax);
        if (small) {
            toRoll(cell);
        } else {
            toTable(cell);
        }
    }

    private boolean addToListpack(Cell cell, Item member) {
        int bytes = cell.length() - FORM_BYTES;
        if (Roll.find(content(cell), bytes, 1, member) != 0) {
            return false;
        }
        boolean small =
                limits.allowsListpack(Roll.count(content(cell)) + 1L)
                        && limits.allowsValue(member.length())
                        && (long) bytes + member.encodedBytes() <= Listpack.BYTES_MAX;
        if (!small) {
            toTable(cell);
            return tables.add(content(cell), member);
        }
        cell.resize(cell.length() + member.encodedBytes());
        Roll.insert(content(cell), bytes, bytes, member);
        return true;
    }

    // ---- changing the form ----

    /** Makes a set of any form a table, which it must not be yet. */
    void toTable(Cell cell) {
        long root = spareRoot.address();
        tables.create(root);
        boolean done = false;
        try {
            iterator.over(cell);
            while (iterator.next()) {
                tables.add(root, iterator.item());
            }
            cell.resize(TABLE_BYTES);
            done = true;
        } finally {
            if (!done) {
                tables.free(root);
            }
        }
        Memory.putByte(cell.address(), (byte) HASHTABLE);
        Memory.copy(root, content(cell), Dict.ROOT_BYTES);
    }

    private void toRoll(Cell cell) {
        int length = Roll.HEADER_BYTES;
        iterator.over(cell);
        while (iterator.next()) {
            length += iterator.item().encodedBytes();
        }
        long roll = memory.allocate(length);
        try {
            Roll.create(roll);
            int filled = Roll.HEADER_BYTES;
            iterator.over(cell);
            while (iterator.next()) {
                filled = Roll.insert(roll, filled, filled, iterator.item());
            }
            cell.resize(FORM_BYTES + length);
            Memory.putByte(cell.address(), (byte) LISTPACK);
            Memory.copy(roll, content(cell), length);
        } finally {
            memory.free(roll, length);
        }
    }

    /** Makes a set of integers an intset, if it has not too many members for one. */
    void toIntset(Cell cell) {
        if (form(cell) == INTSET || !limits.allowsIntset(size(cell))) {
            return;
        }
        int length = (int) (IntSet.EMPTY_BYTES + size(cell) * Long.BYTES);
        long set = memory.allocate(length);
        try {
            IntSet.create(set);
            iterator.over(cell);
            while (iterator.next()) {
                IntSet.insert(set, iterator.item().integer());
            }
            long bytes = IntSet.bytes(set);
            become(cell, INTSET, set, (int) bytes);
        } finally {
            memory.free(set, length);
        }
    }

    /** Gives a set another form and content; frees what it had. */
    void become(Cell cell, int form, long content, int bytes) {
        int length = FORM_BYTES + bytes;
        // The room is there before the old content is gone, so that want of memory loses nothing.
        if (length > cell.length()) {
            cell.resize(length);
        }
        free(cell);
        Memory.putByte(cell.address(), (byte) form);
        Memory.copy(content, content(cell), bytes);
        if (length < cell.length()) {
            cell.resize(length);
        }
    }

    // ---- removing; afterwards the set may be empty, and then its key has to go ----

    /**
     * Removes a member.
     *
     * @param member may stand on the very member
     * @return whether it was one
     */
    boolean remove(Cell cell, Item member) {
        return switch (form(cell)) {
            case INTSET -> removeFromIntset(cell, member);
            case LISTPACK -> removeFromListpack(cell, member);
            default -> tables.remove(content(cell), member);
        };
    }

    private static boolean removeFromIntset(Cell cell, Item member) {
        if (!member.isInteger() || !IntSet.remove(content(cell), member.integer())) {
            return false;
        }
        cell.resize(FORM_BYTES + (int) IntSet.bytes(content(cell)));
        return true;
    }

    private static boolean removeFromListpack(Cell cell, Item member) {
        int bytes = cell.length() - FORM_BYTES;
        int at = Roll.find(content(cell), bytes, 1, member);
        if (at == 0) {
            return false;
        }
        cell.resize(FORM_BYTES + Roll.remove(content(cell), bytes, at, 1));
        return true;
    }

    // ---- whole sets ----

    /** Frees what hangs on a set; the cell is the caller's. */
    void free(Bytes cell) {
        if (form(cell) == HASHTABLE) {
            tables.free(content(cell));
        }
    }

    /** Writes a copy of a set into a cell of the same length. */
    void copy(Bytes source, Cell target) {
        Memory.copy(source.address(), target.address(), source.length());
        if (form(source) == HASHTABLE) {
            tables.copy(content(source), content(target));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.element.ScratchCell;
import dev.sigrun.memory.quicklist.ListCursor;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.Cell;

/** Reads lists and makes new ones on behalf of other commands of this plugin. Owner thread only. */
public final class ListAccess {
    private final Lists lists;
    private final ListType type;
    private final ListCursor cursor = new ListCursor();
    private final ScratchCell made;
    private Cell read;

    ListAccess(Lists lists, ListType type, CoreMemory memory) {
        this.lists = lists;
        this.type = type;
        this.made = new ScratchCell(memory);
    }

    /**
     * Looks at the list of a key, until the key changes.
     *
     * @return number of its elements, 0 when absent
     * @throws CommandException when it holds another type
     */
    public long open(Key key) throws CommandException {
        read = key.value(type);
        return read == null ? 0 : lists.length(read);
    }

    /** Number of elements of the list that is looked at. */
    public long length() {
        return lists.length(read);
    }

    /**
     * A cursor at an element of the list that is looked at.
     *
     * @param index from 0 on or, backwards from the last, from -1 on
     */
    public ListCursor seek(long index) {
        Lists.seek(cursor, read, index);
        return cursor;
    }

    /** Begins a new list, which belongs to no key yet. */
    public void begin() {
        Lists.create(made.begin(Lists.EMPTY_BYTES));
    }

    /** Adds an element at the end of the new list. */
    public void append(long address, int length) {
        lists.expect(made, length, 1);
        lists.push(made, Side.RIGHT, address, length);
    }

    /** Makes a key hold the new list, instead of what it held. */
    public void moveTo(Key key) {
        made.moveTo(key, type);
    }

    /** Frees the new list when no key holds it. */
    public void end() {
        if (made.isOpen()) {
            if (Lists.isLarge(made)) {
                lists.quicklists().free(Lists.content(made));
            }
            made.end();
        }
    }
}

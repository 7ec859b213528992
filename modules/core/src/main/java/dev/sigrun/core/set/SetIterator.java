// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import dev.sigrun.memory.dict.DictIterator;
import dev.sigrun.memory.dict.Element;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.memory.dict.Roll;
import dev.sigrun.memory.pack.IntSet;
import dev.sigrun.spi.Bytes;

/**
 * Goes over the members of one set after another; a flyweight, to be kept. A set must not change
 * while an iterator is on its way. Owner thread only.
 */
public final class SetIterator {
    private final DictIterator table = new DictIterator(1);
    private final Item item = new Item();
    private int form;
    private long content;

    /** The next index of an intset, the next offset in a roll. */
    private int next;

    private int end;

    /** An iterator over nothing. */
    public SetIterator() {}

    /** Begins with a set, given by its value. */
    public SetIterator over(Bytes cell) {
        return over(cell.address(), cell.length());
    }

    /**
     * Begins with a set, given by its value.
     *
     * @param cell address of the value
     * @param length its length in bytes
     */
    public SetIterator over(long cell, int length) {
        form = Sets.form(cell);
        content = cell + Sets.FORM_BYTES;
        switch (form) {
            case Sets.INTSET -> {
                next = 0;
                end = IntSet.length(content);
            }
            case Sets.LISTPACK -> {
                next = Roll.HEADER_BYTES;
                end = length - Sets.FORM_BYTES;
            }
            default -> table.over(content);
        }
        return this;
    }

    /** Goes to the next member; false when there are no more. */
    public boolean next() {
        if (form == Sets.HASHTABLE) {
            long position = table.next();
            if (position == 0) {
                return false;
            }
            item.element(position);
            return true;
        }
        if (next == end) {
            return false;
        }
        if (form == Sets.INTSET) {
            item.integer(IntSet.valueAt(content, next));
            next++;
        } else {
            long at = content + next;
            item.element(at);
            next += Element.size(at);
        }
        return true;
    }

    /** The member at hand, until the next one is asked for. */
    public Item item() {
        return item;
    }
}

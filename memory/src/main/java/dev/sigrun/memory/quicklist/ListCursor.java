// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.quicklist;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.memory.pack.Sought;

/**
 * Confined to one thread. A place in a list, which is a quicklist or a listpack by itself; goes in
 * both directions. A flyweight, to be opened again after any change that did not go through it.
 */
public final class ListCursor {
    /** The node at hand; 0 in a listpack by itself. */
    long node;

    /** The entry at hand, or the content of a plain node; 0 when there is none. */
    long entry;

    private long listpack;
    private boolean plain;
    private final Expanded expanded = new Expanded();

    /**
     * Goes to an element of a listpack.
     *
     * @param index from 0 on, or, backwards from the last, from -1 on
     * @return whether there is such an element
     */
    public boolean openListpack(long lp, long index) {
        node = 0;
        plain = false;
        listpack = lp;
        entry = Listpack.seek(lp, index);
        return entry != 0;
    }

    /**
     * Goes to an element of a quicklist; passes by all nodes between it and the nearer end.
     *
     * @param index from 0 on, or, backwards from the last, from -1 on
     * @return whether there is such an element
     */
    public boolean open(long root, long index) {
        long count = Root.count(root);
        long at = index < 0 ? index + count : index;
        entry = 0;
        if (at < 0 || at >= count) {
            return false;
        }
        if (at <= count / 2) {
            node = Root.head(root);
            for (int here = Node.count(node); at >= here; here = Node.count(node)) {
                at -= here;
                node = Node.next(node);
            }
        } else {
            at -= count;
            node = Root.tail(root);
            for (int here = Node.count(node); at < -here; here = Node.count(node)) {
                at += here;
                node = Node.previous(node);
            }
        }
        enter(at);
        return true;
    }

    private void enter(long index) {
        plain = Node.isPlain(node);
        long content = expanded.content(node);
        listpack = plain ? 0 : content;
        entry = plain ? content : Listpack.seek(content, index);
    }

    /** Goes to the same element after its listpack has been expanded in the list. */
    void follow() {
        long content = Node.listpack(node);
        entry = content + offset();
        listpack = content;
    }

    /** Goes to the next element, when there is one. */
    public boolean next() {
        entry = plain ? 0 : Listpack.next(entry);
        if (entry == 0 && node != 0) {
            node = Node.next(node);
            if (node != 0) {
                enter(0);
            }
        }
        return entry != 0;
    }

    /** Goes to the element before, when there is one. */
    public boolean previous() {
        entry = plain ? 0 : Listpack.previous(listpack, entry);
        if (entry == 0 && node != 0) {
            node = Node.previous(node);
            if (node != 0) {
                enter(-1);
            }
        }
        return entry != 0;
    }

    /** Whether the element at hand is stored as an integer. */
    public boolean isInteger() {
        return !plain && Listpack.isInteger(entry);
    }

    /** The value of an element that {@link #isInteger}. */
    public long integer() {
        return Listpack.integer(entry);
    }

    /** Where the content of an element is that is not stored as an integer. */
    public long stringAddress() {
        return plain ? entry : Listpack.stringAddress(entry);
    }

    /** The length of an element that is not stored as an integer. */
    public int stringLength() {
        return plain ? (int) Node.bytes(node) : Listpack.stringLength(entry);
    }

    /** The length of an element's content as bytes, digits for an integer. */
    public int contentLength() {
        return plain ? (int) Node.bytes(node) : Listpack.contentLength(entry);
    }

    /** As {@link Listpack#contentAddress}, for the element at hand. */
    public long contentAddress(long scratch) {
        return plain ? entry : Listpack.contentAddress(entry, scratch);
    }

    /** Copies the element's content, as bytes. */
    public void writeContent(long target) {
        if (plain) {
            Memory.copy(entry, target, Node.bytes(node));
        } else {
            Listpack.writeContent(entry, target);
        }
    }

    /** Whether the element has this content. */
    public boolean matches(Sought sought) {
        return plain ? sought.matches(entry, Node.bytes(node)) : sought.matches(entry);
    }

    /** The entry at hand in its listpack. */
    public long entry() {
        return entry;
    }

    boolean isFirstInNode() {
        return plain || entry == listpack + Listpack.HEADER_BYTES;
    }

    boolean isLastInNode() {
        return plain || Listpack.behind(entry) == Listpack.end(listpack);
    }

    /** How far into its listpack the element is, which stays when that moves. */
    long offset() {
        return entry - listpack;
    }

    long offsetBehind() {
        return Listpack.behind(entry) - listpack;
    }
}

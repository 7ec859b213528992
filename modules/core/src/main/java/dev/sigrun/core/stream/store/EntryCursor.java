// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.idmap.IdCursor;
import dev.sigrun.memory.pack.Listpack;

/**
 * Owner thread only. Walks the entries of a stream whose identifiers lie in a range, in either
 * direction, and the fields of each. A flyweight: one object serves all streams, and a walk
 * allocates nothing. Any change of the stream ends the walk.
 */
public final class EntryCursor {
    private final IdCursor nodes = new IdCursor();
    private final StreamId start = new StreamId();
    private final StreamId end = new StreamId();
    private boolean reverse;
    private boolean withDeleted;

    /** Whether {@link #nodes} is on a node that was not yet gone into. */
    private boolean nodeAhead;

    // The node at hand; 0 for none.
    private long node;
    private long nodeFields;

    // The entry at hand; 0 before the first one of a node.
    private long entry;
    private long ms;
    private long seq;
    private int flags;
    private long fieldCount;

    // Where the next field or value of the entry is, and how many fields are still ahead.
    private long at;
    private long fieldsLeft;
    private long sharedField;

    // The field at hand.
    private long field;
    private long value;

    /** Makes a cursor on no stream. */
    public EntryCursor() {}

    /** Begins to walk all entries from the first on. */
    public EntryCursor openAll(long root) {
        start.set(0, 0);
        end.set(-1, -1);
        return open(root, start, end, false);
    }

    /**
     * Begins to walk a range.
     *
     * @param from lowest identifier
     * @param to highest identifier
     * @param backwards whether to walk from the highest to the lowest
     */
    public EntryCursor open(long root, StreamId from, StreamId to, boolean backwards) {
        start.set(from);
        end.set(to);
        reverse = backwards;
        withDeleted = false;
        node = 0;
        long map = StreamRoot.nodes(root);
        if (backwards) {
            nodeAhead = nodes.atMost(map, to.ms(), to.seq());
        } else {
            nodeAhead = nodes.atMost(map, from.ms(), from.seq()) || nodes.first(map);
        }
        return this;
    }

    /** Shows deleted entries too, as far as they are still there. */
    public EntryCursor withDeleted() {
        withDeleted = true;
        return this;
    }

    /** Goes to the next entry; false when there is none in the range. */
    public boolean next() {
        while (node != 0 || enterNode()) {
            long next = reverse ? before() : after();
            if (next == 0) {
                node = 0;
                nodeAhead = reverse ? nodes.previous() : nodes.next();
                continue;
            }
            read(next);
            if (isBeyond()) {
                node = 0;
                nodeAhead = false;
            } else if (isShown()) {
                return true;
            }
        }
        return false;
    }

    private boolean enterNode() {
        if (!nodeAhead) {
            return false;
        }
        node = nodes.value();
        nodeFields = StreamNode.fieldCount(node);
        entry = 0;
        return true;
    }

    private long after() {
        long next;
        if (entry == 0) {
            next = StreamNode.firstEntry(node);
        } else {
            next = at;
            long left = hasOwnFields() ? 2 * fieldsLeft : fieldsLeft;
            // One element more: the number of elements.
            for (; left >= 0; left--) {
                next = Listpack.behind(next);
            }
        }
        return next == Listpack.end(node) ? 0 : next;
    }

    private long before() {
        return StreamNode.entryBefore(node, entry == 0 ? Listpack.end(node) : entry);
    }

    private void read(long newEntry) {
        entry = newEntry;
        flags = StreamNode.flags(entry);
        long element = Listpack.behind(entry);
        ms = nodes.ms() + Listpack.integer(element);
        element = Listpack.behind(element);
        seq = nodes.seq() + Listpack.integer(element);
        element = Listpack.behind(element);
        if (hasOwnFields()) {
            fieldCount = Listpack.integer(element);
            element = Listpack.behind(element);
        } else {
            fieldCount = nodeFields;
            sharedField = 0;
        }
        at = element;
        fieldsLeft = fieldCount;
    }

    private boolean hasOwnFields() {
        return (flags & StreamNode.SAME_FIELDS) == 0;
    }

    /** Whether the entry lies behind the range, so that no other one can be in it. */
    private boolean isBeyond() {
        return reverse ? start.compareTo(ms, seq) > 0 : end.compareTo(ms, seq) < 0;
    }

    private boolean isShown() {
        boolean reached = reverse ? end.compareTo(ms, seq) >= 0 : start.compareTo(ms, seq) <= 0;
        return reached && (withDeleted || (flags & StreamNode.DELETED) == 0);
    }

    /** The time of the entry's identifier. */
    public long ms() {
        return ms;
    }

    /** The sequence number of the entry's identifier. */
    public long seq() {
        return seq;
    }

    /** Number of the entry's fields. */
    public long fieldCount() {
        return fieldCount;
    }

    /** Goes to the next field of the entry; false when there is none. */
    public boolean nextField() {
        if (fieldsLeft == 0) {
            return false;
        }
        fieldsLeft--;
        if (hasOwnFields()) {
            field = at;
            at = Listpack.behind(at);
        } else {
            field = sharedField == 0 ? StreamNode.firstField(node) : Listpack.behind(sharedField);
            sharedField = field;
        }
        value = at;
        at = Listpack.behind(at);
        return true;
    }

    /** The field's name, as an element of a listpack. */
    public long field() {
        return field;
    }

    /** The field's value, as an element of a listpack. */
    public long value() {
        return value;
    }

    /** The node that the entry is in. */
    long node() {
        return node;
    }

    /** The time under which the map has the node. */
    long nodeMs() {
        return nodes.ms();
    }

    /** The sequence number under which the map has the node. */
    long nodeSeq() {
        return nodes.seq();
    }

    /** The entry itself. */
    long entry() {
        return entry;
    }
}

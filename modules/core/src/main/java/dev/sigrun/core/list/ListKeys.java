// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import dev.sigrun.memory.pack.Sought;
import dev.sigrun.memory.quicklist.ListCursor;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.Cell;

/**
 * What the commands share: the lists of keys, what has to be said when they change, and the
 * flyweights that they are looked at with. Owner thread only; allocates nothing on the heap.
 */
final class ListKeys {
    final Lists lists;
    final ListType type;
    final ListCursor cursor = new ListCursor();
    final Sought sought = new Sought();

    ListKeys(Lists lists, ListType type) {
        this.lists = lists;
        this.type = type;
    }

    /** The list of a key, null when absent. */
    Cell find(Key key) throws CommandException {
        return key.value(type);
    }

    /**
     * Adds elements to a list, or to a new one.
     *
     * @param cell what {@link #find} gave for the key
     * @param from position of the first element among the arguments
     * @param to end of them
     * @return the list's length
     */
    long push(CommandContext context, Key key, Cell cell, Side side, int from, int to) {
        Cell list = cell == null ? create(key) : cell;
        long length = lists.length(list);
        try {
            long bytes = 0;
            for (int index = from; index < to; index++) {
                bytes += context.args().bytes(index).length();
            }
            lists.expect(list, bytes, to - from);
            for (int index = from; index < to; index++) {
                Bytes element = context.args().bytes(index);
                lists.push(list, side, element.address(), element.length());
                length++;
            }
        } finally {
            dropWhenEmpty(key, length);
        }
        key.markModified();
        key.countChanges(to - from - 1L);
        key.notify(NotifyClass.LIST, side.pushed);
        return length;
    }

    /** Makes the key, which is absent, hold a list to which something is added next. */
    Cell create(Key key) {
        Cell cell = key.newValue(type, Lists.EMPTY_BYTES);
        Lists.create(cell);
        return cell;
    }

    /** Takes the key away again when memory ran out before anything could be added. */
    static void dropWhenEmpty(Key key, long length) {
        if (length == 0) {
            key.remove(false);
        }
    }

    /** Answers with the elements at one end, the outermost first. */
    void replyEnd(ReplyWriter reply, Cell cell, Side side, long count) {
        replyRun(reply, cell, side.edge(), count, side == Side.LEFT);
    }

    /** Answers with elements in a row, of which there are so many. */
    void replyRun(ReplyWriter reply, Cell cell, long start, long count, boolean forward) {
        reply.array((int) count);
        Lists.seek(cursor, cell, start);
        for (long left = count; left > 0; left--) {
            replyElement(reply);
            boolean there = forward ? cursor.next() : cursor.previous();
            if (!there && left > 1) {
                throw new IllegalStateException("A list has fewer elements than it says.");
            }
        }
    }

    /** Answers with the element at the cursor. */
    void replyElement(ReplyWriter reply) {
        if (cursor.isInteger()) {
            reply.bulk(cursor.integer());
        } else {
            reply.bulk(cursor.stringAddress(), cursor.stringLength());
        }
    }

    /** Removes elements at one end, after the answer has been given. */
    void removeEnd(Key key, Cell cell, Side side, long count) {
        long length = lists.length(cell);
        if (count < length) {
            lists.delete(cell, side == Side.LEFT ? 0 : length - count, count);
        }
        finishRemoval(key, cell, side.popped, length - count, count);
    }

    /**
     * Says what was removed, and removes the key with its list when nothing is left. What the list
     * still holds then goes with it.
     *
     * @param length the number of elements that are left
     * @param removed how many were removed
     */
    void finishRemoval(Key key, Cell cell, String event, long length, long removed) {
        key.notify(NotifyClass.LIST, event);
        if (length == 0) {
            key.remove(true);
            key.notify(NotifyClass.GENERIC, "del");
        } else {
            lists.shrunk(cell);
            key.markModified();
        }
        key.countChanges(removed - 1);
    }
}

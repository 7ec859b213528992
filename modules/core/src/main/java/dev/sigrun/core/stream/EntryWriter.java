// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import dev.sigrun.core.stream.store.EntryCursor;
import dev.sigrun.core.stream.store.IdText;
import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.spi.reply.ReplyWriter;

/** Owner thread only. Entries in replies: an identifier, and fields and values in turn. */
final class EntryWriter {
    private final EntryCursor cursor = new EntryCursor();
    private final IdText text = new IdText();

    /** Writes an identifier. */
    void id(ReplyWriter reply, long ms, long seq) {
        text.write(ms, seq);
        reply.bulk(text.address(), text.length());
    }

    /** Writes an identifier. */
    void id(ReplyWriter reply, StreamId id) {
        id(reply, id.ms(), id.seq());
    }

    /** Writes the entry that a cursor is on. */
    void entry(ReplyWriter reply, EntryCursor entries) {
        reply.array(2);
        id(reply, entries.ms(), entries.seq());
        reply.array((int) (2 * entries.fieldCount()));
        while (entries.nextField()) {
            element(reply, entries.field());
            element(reply, entries.value());
        }
    }

    private static void element(ReplyWriter reply, long element) {
        if (Listpack.isInteger(element)) {
            reply.bulk(Listpack.integer(element));
        } else {
            reply.bulk(Listpack.stringAddress(element), Listpack.stringLength(element));
        }
    }

    /** Writes the entry with an identifier; false, and nothing, when there is none. */
    boolean single(ReplyWriter reply, long root, StreamId id) {
        if (!cursor.open(root, id, id, false).next()) {
            return false;
        }
        entry(reply, cursor);
        return true;
    }

    /** Writes the first entry of a range, or the last one; false, and nothing, if there is none. */
    boolean first(ReplyWriter reply, long root, StreamId start, StreamId end, boolean backwards) {
        if (!cursor.open(root, start, end, backwards).next()) {
            return false;
        }
        entry(reply, cursor);
        return true;
    }

    /**
     * Writes the entries of a range as an array.
     *
     * @param entries opened at the range
     * @param count how many at most; 0 for all
     */
    void all(ReplyWriter reply, EntryCursor entries, long count) {
        long mark = reply.deferredArray();
        int written = 0;
        while ((count == 0 || written < count) && entries.next()) {
            entry(reply, entries);
            written++;
        }
        reply.closeArray(mark, written);
    }
}

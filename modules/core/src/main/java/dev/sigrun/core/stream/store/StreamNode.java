// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.pack.Listpack;

/**
 * Owner thread only. The layout of a node, which is Valkey's: a listpack whose first elements are
 * the number of entries, the number of deleted entries, the number of fields of the first entry
 * there was, those fields, and a zero. Then come the entries:
 *
 * <pre>
 * flags, time, sequence, [number of fields, field, value, ...] or [value, ...], number of elements
 * </pre>
 *
 * <p>Times and sequence numbers are distances from the identifier under which the map has the node.
 * An entry that has the fields of the first one has a flag instead of the fields. The number of
 * elements at the end leads backwards from entry to entry; the zero stops that.
 */
final class StreamNode {
    static final int DELETED = 1;
    static final int SAME_FIELDS = 2;

    /** Nodes are not to grow beyond this, whatever is configured. */
    static final long BYTES_MAX = 1L << 30;

    /** The elements of an entry besides its fields and values, and besides their number. */
    static final int PLAIN_ELEMENTS = 3;

    private StreamNode() {}

    private static long live(long node) {
        return node + Listpack.HEADER_BYTES;
    }

    private static long deleted(long node) {
        return Listpack.behind(live(node));
    }

    private static long fields(long node) {
        return Listpack.behind(deleted(node));
    }

    /** Number of entries that are not deleted. */
    static long liveCount(long node) {
        return Listpack.integer(live(node));
    }

    /** Number of entries that are deleted but still there. */
    static long deletedCount(long node) {
        return Listpack.integer(deleted(node));
    }

    /** Number of fields of the first entry there was. */
    static long fieldCount(long node) {
        return Listpack.integer(fields(node));
    }

    /** The first of the fields of the first entry; the zero behind them when there are none. */
    static long firstField(long node) {
        return Listpack.behind(fields(node));
    }

    /** The first entry, or the end of the listpack. */
    static long firstEntry(long node) {
        long element = firstField(node);
        for (long left = fieldCount(node); left >= 0; left--) {
            element = Listpack.behind(element);
        }
        return element;
    }

    /** The entry that ends before an element, or 0 when that is the zero behind the fields. */
    static long entryBefore(long node, long element) {
        long at = Listpack.previous(node, element);
        for (long left = Listpack.integer(at); left > 0; left--) {
            at = Listpack.previous(node, at);
        }
        return Listpack.behind(at) == element ? 0 : at;
    }

    /**
     * Bytes of the block of a node that does not grow any more: enough for whatever the two counts
     * will be while entries are deleted, so that a deletion needs no other block. Up to 127 entries
     * these are the bytes of the listpack.
     */
    static long blockBytes(long node) {
        return blockBytes(Listpack.bytes(node), liveCount(node), deletedCount(node), 0);
    }

    /** The same for a node that is to have so many bytes and so many entries more. */
    static long blockBytesWith(long node, long bytes, int more) {
        return blockBytes(bytes, liveCount(node), deletedCount(node), more);
    }

    private static long blockBytes(long bytes, long live, long deleted, int more) {
        long now = Listpack.entryBytes(live + more) + Listpack.entryBytes(deleted);
        return bytes - now + 2 * Listpack.entryBytes(live + deleted + more);
    }

    /** How many bytes longer a node is with one entry more counted. */
    static long countGrowth(long node) {
        long live = liveCount(node);
        return Listpack.entryBytes(live + 1) - Listpack.entryBytes(live);
    }

    /** Counts an entry more. There must be room. */
    static void countOneMore(long node) {
        Listpack.replace(node, live(node), liveCount(node) + 1);
    }

    /** Takes entries over from those that are there to those that are deleted. */
    static void countDeleted(long node, long more) {
        // The shorter one first, so that the block is large enough in between.
        Listpack.replace(node, live(node), liveCount(node) - more);
        Listpack.replace(node, deleted(node), deletedCount(node) + more);
    }

    static int flags(long entry) {
        return (int) Listpack.integer(entry);
    }

    /** Marks an entry as deleted. Flags take one byte, so nothing moves. */
    static void markDeleted(long entry) {
        Memory.putByte(entry, (byte) (flags(entry) | DELETED));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.idmap.IdMap;

/**
 * Owner thread only. The layout of what stands in a key's cell: the map of the nodes, the index of
 * the groups, and the numbers that belong to the stream as a whole.
 */
public final class StreamRoot {
    /** Bytes of a root. */
    public static final int BYTES = 120;

    private static final int GROUPS_AT = IdMap.ROOT_BYTES;
    private static final int LENGTH_AT = GROUPS_AT + NameIndex.ROOT_BYTES;
    private static final int LAST_ID_AT = LENGTH_AT + 8;
    private static final int FIRST_ID_AT = LAST_ID_AT + 16;
    private static final int DELETED_ID_AT = FIRST_ID_AT + 16;
    private static final int ADDED_AT = DELETED_ID_AT + 16;
    private static final int TAIL_BYTES_AT = ADDED_AT + 8;

    private StreamRoot() {}

    /** Writes an empty stream of {@value #BYTES} bytes. */
    public static void init(long root) {
        Memory.set(root, BYTES, (byte) 0);
    }

    /** The map from a node's first identifier to the node. */
    public static long nodes(long root) {
        return root;
    }

    /** The index of the groups. */
    public static long groups(long root) {
        return root + GROUPS_AT;
    }

    /** Number of entries that are not deleted. */
    public static long length(long root) {
        return Memory.getLong(root + LENGTH_AT);
    }

    /** Sets the number of entries that are not deleted. */
    public static void length(long root, long length) {
        Memory.putLong(root + LENGTH_AT, length);
    }

    /** The time of the identifier given out last. */
    public static long lastMs(long root) {
        return Memory.getLong(root + LAST_ID_AT);
    }

    /** The sequence number of the identifier given out last. */
    public static long lastSeq(long root) {
        return Memory.getLong(root + LAST_ID_AT + 8);
    }

    /** Sets the identifier given out last. */
    public static void lastId(long root, long ms, long seq) {
        put(root + LAST_ID_AT, ms, seq);
    }

    /** The time of the first entry; 0 when there is none. */
    public static long firstMs(long root) {
        return Memory.getLong(root + FIRST_ID_AT);
    }

    /** The sequence number of the first entry; 0 when there is none. */
    public static long firstSeq(long root) {
        return Memory.getLong(root + FIRST_ID_AT + 8);
    }

    /** Sets the identifier of the first entry. */
    public static void firstId(long root, long ms, long seq) {
        put(root + FIRST_ID_AT, ms, seq);
    }

    /** The time of the highest identifier that was ever deleted. */
    public static long deletedMs(long root) {
        return Memory.getLong(root + DELETED_ID_AT);
    }

    /** The sequence number of the highest identifier that was ever deleted. */
    public static long deletedSeq(long root) {
        return Memory.getLong(root + DELETED_ID_AT + 8);
    }

    /** Sets the highest identifier that was ever deleted. */
    public static void deletedId(long root, long ms, long seq) {
        put(root + DELETED_ID_AT, ms, seq);
    }

    /** How many entries were ever added. */
    public static long added(long root) {
        return Memory.getLong(root + ADDED_AT);
    }

    /** Sets how many entries were ever added. */
    public static void added(long root, long count) {
        Memory.putLong(root + ADDED_AT, count);
    }

    /** Bytes of the last node's block while it has room to grow; 0 when it has none. */
    static int tailBytes(long root) {
        return Memory.getInt(root + TAIL_BYTES_AT);
    }

    static void tailBytes(long root, long bytes) {
        Memory.putInt(root + TAIL_BYTES_AT, (int) bytes);
    }

    private static void put(long address, long ms, long seq) {
        Memory.putLong(address, ms);
        Memory.putLong(address + 8, seq);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.idmap.IdMap;

/**
 * Owner thread only. The layout of a group: up to which entry it was served, how many that were,
 * the map of what is not acknowledged, the index of the consumers, and its name.
 */
public final class Group {
    /** What {@link #entriesRead} is when the number cannot be told. */
    public static final long UNKNOWN = -1;

    static final int NAME_AT = 32 + IdMap.ROOT_BYTES + NameIndex.ROOT_BYTES;

    private static final int LAST_ID_AT = 8;
    private static final int READ_AT = 24;
    private static final int PENDING_AT = 32;
    private static final int CONSUMERS_AT = PENDING_AT + IdMap.ROOT_BYTES;

    private Group() {}

    static void init(long group) {
        IdMap.init(pending(group));
        NameIndex.init(consumers(group));
        lastId(group, 0, 0);
        entriesRead(group, 0);
    }

    /** Where the name is. */
    public static long name(long group) {
        return group + NAME_AT;
    }

    /** Length of the name in bytes. */
    public static int nameLength(long group) {
        return NameIndex.nameLength(group);
    }

    /** The time of the identifier delivered last. */
    public static long lastMs(long group) {
        return Memory.getLong(group + LAST_ID_AT);
    }

    /** The sequence number of the identifier delivered last. */
    public static long lastSeq(long group) {
        return Memory.getLong(group + LAST_ID_AT + 8);
    }

    /** Sets the identifier delivered last. */
    static void lastId(long group, long ms, long seq) {
        Memory.putLong(group + LAST_ID_AT, ms);
        Memory.putLong(group + LAST_ID_AT + 8, seq);
    }

    /** How many entries of the stream, from its very beginning, were delivered or passed over. */
    public static long entriesRead(long group) {
        return Memory.getLong(group + READ_AT);
    }

    /** Sets how many entries were delivered, or {@link #UNKNOWN}. */
    static void entriesRead(long group, long count) {
        Memory.putLong(group + READ_AT, count);
    }

    /** The map from identifiers to the blocks of what no consumer has acknowledged. */
    public static long pending(long group) {
        return group + PENDING_AT;
    }

    /** The index of the consumers. */
    public static long consumers(long group) {
        return group + CONSUMERS_AT;
    }
}

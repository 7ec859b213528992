// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.idmap.IdMap;

/**
 * Owner thread only. The layout of a consumer: when it came last and when it got something last,
 * the map of what it has not acknowledged, and its name.
 */
public final class Consumer {
    /** What {@link #activeMillis} is of a consumer that never got anything. */
    public static final long NEVER = -1;

    static final int NAME_AT = 24 + IdMap.ROOT_BYTES;

    private static final int SEEN_AT = 8;
    private static final int ACTIVE_AT = 16;
    private static final int PENDING_AT = 24;

    private Consumer() {}

    static void init(long consumer, long seenMillis) {
        IdMap.init(pending(consumer));
        seenMillis(consumer, seenMillis);
        activeMillis(consumer, NEVER);
    }

    /** Where the name is. */
    public static long name(long consumer) {
        return consumer + NAME_AT;
    }

    /** Length of the name in bytes. */
    public static int nameLength(long consumer) {
        return NameIndex.nameLength(consumer);
    }

    /** When the consumer asked for something last, in milliseconds since the Unix epoch. */
    public static long seenMillis(long consumer) {
        return Memory.getLong(consumer + SEEN_AT);
    }

    /** Notes that the consumer asks for something. */
    static void seenMillis(long consumer, long unixMillis) {
        Memory.putLong(consumer + SEEN_AT, unixMillis);
    }

    /** When the consumer got something last; {@link #NEVER} when it did not. */
    public static long activeMillis(long consumer) {
        return Memory.getLong(consumer + ACTIVE_AT);
    }

    /** Notes that the consumer gets something. */
    static void activeMillis(long consumer, long unixMillis) {
        Memory.putLong(consumer + ACTIVE_AT, unixMillis);
    }

    /** The map from identifiers to the blocks of what the consumer has not acknowledged. */
    public static long pending(long consumer) {
        return consumer + PENDING_AT;
    }
}

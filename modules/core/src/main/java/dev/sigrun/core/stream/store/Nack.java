// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. The layout of what is known of an entry that a consumer got and has not yet
 * acknowledged. The group's map and that of the consumer lead to the same block.
 */
public final class Nack {
    static final int BYTES = 24;

    private static final int COUNT_AT = 8;
    private static final int CONSUMER_AT = 16;

    private Nack() {}

    static void init(long nack, long time, long count, long consumer) {
        Memory.putLong(nack, time);
        Memory.putLong(nack + COUNT_AT, count);
        Memory.putLong(nack + CONSUMER_AT, consumer);
    }

    /** When the entry was delivered last, in milliseconds since the Unix epoch. */
    public static long time(long nack) {
        return Memory.getLong(nack);
    }

    /** How many times the entry was delivered. */
    public static long count(long nack) {
        return Memory.getLong(nack + COUNT_AT);
    }

    /** The consumer that has the entry; 0 for none, while that is about to be decided. */
    public static long consumer(long nack) {
        return Memory.getLong(nack + CONSUMER_AT);
    }

    /** Notes a delivery. */
    static void delivered(long nack, long time, long count) {
        Memory.putLong(nack, time);
        Memory.putLong(nack + COUNT_AT, count);
    }

    static void consumer(long nack, long consumer) {
        Memory.putLong(nack + CONSUMER_AT, consumer);
    }
}

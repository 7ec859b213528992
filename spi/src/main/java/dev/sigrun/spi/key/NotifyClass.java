// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.key;

/** Classes of keyspace events, as the letters of {@code notify-keyspace-events} name them. */
public final class NotifyClass {
    /** Commands of no particular type ({@code g}). */
    public static final int GENERIC = 1 << 2;

    /** Strings ({@code $}). */
    public static final int STRING = 1 << 3;

    /** Lists ({@code l}). */
    public static final int LIST = 1 << 4;

    /** Sets ({@code s}). */
    public static final int SET = 1 << 5;

    /** Hashes ({@code h}). */
    public static final int HASH = 1 << 6;

    /** Sorted sets ({@code z}). */
    public static final int SORTED_SET = 1 << 7;

    /** A key expired ({@code x}). */
    public static final int EXPIRED = 1 << 8;

    /** A key was evicted ({@code e}). */
    public static final int EVICTED = 1 << 9;

    /** Streams ({@code t}). */
    public static final int STREAM = 1 << 10;

    /** A read found no key ({@code m}). */
    public static final int KEY_MISS = 1 << 11;

    /** Types of plugins ({@code d}). */
    public static final int MODULE = 1 << 13;

    /** A key was created ({@code n}). */
    public static final int NEW = 1 << 14;

    private NotifyClass() {}
}

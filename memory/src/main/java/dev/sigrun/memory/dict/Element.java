// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.Decimal;

/**
 * Any thread. One byte string in as few bytes as possible, told by its first byte:
 *
 * <pre>
 *   0..223    so many bytes follow
 *   224, 225  a length of two or four bytes, then so many bytes
 *   226       the address (8) and length (4) of a block of its own, see {@link Dict}
 *   227       the time at which the element ends (8), then the element itself
 *   228..234  an integer in 1, 2, 3, 4, 5, 6 or 8 bytes
 *   240..255  the integers from 0 to 15
 * </pre>
 *
 * <p>A string that is the canonical form of a signed 64-bit integer is always written as one, in
 * the shortest form, and any other string in the shortest form that holds it. So the encoding is a
 * pure function of the content, and equal strings have equal bytes, blocks and times aside. {@link
 * Item} is the way in; this class reads what is there.
 *
 * <p>All functions take the address of an element. Those that ask for the content look past the
 * time, if there is one; {@link #size} counts it.
 */
public final class Element {
    /** The time of an element that does not end. */
    public static final long NO_EXPIRY = -1;

    static final int LITERAL_MAX = 223;
    static final int TEXT16 = 224;
    static final int TEXT32 = 225;
    static final int OUTSIDE = 226;
    static final int TIMED = 227;
    static final int INT8 = 228;
    static final int INT64 = 234;
    static final int SMALL = 240;

    static final int OUTSIDE_BYTES = 13;
    static final int TIME_BYTES = 9;

    /** The bytes of the integer after each of the codes from {@link #INT8} on. */
    private static final byte[] WIDTHS = {1, 2, 3, 4, 5, 6, 8};

    private Element() {}

    /** Bytes that the element takes here, its time included. */
    public static int size(long at) {
        int code = Memory.getByte(at) & 0xff;
        return code <= LITERAL_MAX ? code + 1 : longSize(at, code);
    }

    private static int longSize(long at, int code) {
        if (code >= SMALL) {
            return 1;
        }
        return switch (code) {
            case TEXT16 -> 3 + (Memory.getShort(at + 1) & 0xffff);
            case TEXT32 -> 5 + Memory.getInt(at + 1);
            case OUTSIDE -> OUTSIDE_BYTES;
            case TIMED -> TIME_BYTES + size(at + TIME_BYTES);
            default -> 1 + WIDTHS[code - INT8];
        };
    }

    /** The address of the element without its time: the same when it has none. */
    public static long plain(long at) {
        return isTimed(at) ? at + TIME_BYTES : at;
    }

    /** Whether the element ends at some time. */
    public static boolean isTimed(long at) {
        return (Memory.getByte(at) & 0xff) == TIMED;
    }

    /**
     * When the element ends, in milliseconds since the Unix epoch; {@link #NO_EXPIRY} for never.
     */
    public static long expiryMillis(long at) {
        return isTimed(at) ? Memory.getLong(at + 1) : NO_EXPIRY;
    }

    /** Whether the content is the canonical form of a signed 64-bit integer. */
    public static boolean isInteger(long at) {
        return (Memory.getByte(plain(at)) & 0xff) >= INT8;
    }

    /** The integer that the content is the canonical form of; see {@link #isInteger}. */
    public static long integer(long at) {
        long from = plain(at);
        int code = Memory.getByte(from) & 0xff;
        if (code >= SMALL) {
            return (long) code - SMALL;
        }
        from++;
        // Never more than the element's own bytes are read: it may be the last in its block.
        return switch (code - INT8) {
            case 0 -> Memory.getByte(from);
            case 1 -> Memory.getShort(from);
            case 2 -> (Memory.getShort(from) & 0xffff) | (Memory.getByte(from + 2) << 16);
            case 3 -> Memory.getInt(from);
            case 4 -> unsigned(from) | ((long) Memory.getByte(from + 4) << 32);
            case 5 -> unsigned(from) | ((long) Memory.getShort(from + 4) << 32);
            case 6 -> Memory.getLong(from);
            default -> throw new IllegalStateException("There is no integer here.");
        };
    }

    private static long unsigned(long at) {
        return Memory.getInt(at) & 0xffffffffL;
    }

    /** Number of bytes of the content; for an integer that of its digits, sign included. */
    public static int length(long at) {
        long from = plain(at);
        int code = Memory.getByte(from) & 0xff;
        if (code <= LITERAL_MAX) {
            return code;
        }
        return switch (code) {
            case TEXT16 -> Memory.getShort(from + 1) & 0xffff;
            case TEXT32 -> Memory.getInt(from + 1);
            case OUTSIDE -> Memory.getInt(from + 9);
            default -> Decimal.length(integer(from));
        };
    }

    /** The address of the content's bytes; 0 for an integer, whose digits stand nowhere. */
    public static long address(long at) {
        long from = plain(at);
        int code = Memory.getByte(from) & 0xff;
        if (code <= LITERAL_MAX) {
            return from + 1;
        }
        return switch (code) {
            case TEXT16 -> from + 3;
            case TEXT32 -> from + 5;
            case OUTSIDE -> Memory.getLong(from + 1);
            default -> 0;
        };
    }

    /**
     * Writes the content, an integer as its digits.
     *
     * @param target room for {@link #length} bytes
     * @return number of bytes written
     */
    public static int copyTo(long at, long target) {
        if (isInteger(at)) {
            return Decimal.write(integer(at), target);
        }
        int length = length(at);
        Memory.copy(address(at), target, length);
        return length;
    }

    /** Whether two elements have the same content, whatever their times. */
    public static boolean equal(long a, long b) {
        if (isInteger(a)) {
            return isInteger(b) && integer(a) == integer(b);
        }
        int length = length(a);
        return !isInteger(b) && length == length(b) && Memory.equal(address(a), address(b), length);
    }

    /**
     * Orders by content as memcmp does, an integer by its digits.
     *
     * @param scratch 40 bytes to write digits to
     */
    public static int compare(long a, long b, long scratch) {
        long digits = scratch + Decimal.BYTES_MAX;
        return Memory.compare(content(a, scratch), length(a), content(b, digits), length(b));
    }

    private static long content(long at, long scratch) {
        if (!isInteger(at)) {
            return address(at);
        }
        Decimal.write(integer(at), scratch);
        return scratch;
    }

    /** Whether the content stands in a block of its own. */
    static boolean isOutside(long at) {
        return (Memory.getByte(plain(at)) & 0xff) == OUTSIDE;
    }

    /** Makes a plain element say that its content stands in a block of its own. */
    static void putOutside(long at, long block, int length) {
        Memory.putByte(at, (byte) OUTSIDE);
        Memory.putLong(at + 1, block);
        Memory.putInt(at + 9, length);
    }

    /** Writes the time that goes before a plain element. */
    static void putTime(long at, long unixMillis) {
        Memory.putByte(at, (byte) TIMED);
        Memory.putLong(at + 1, unixMillis);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

import dev.sigrun.memory.Memory;

/**
 * Any thread. How one entry of a listpack is written: a first byte that names the encoding, what
 * the encoding needs, and at the end the length of all that, to be read from right to left.
 */
final class Entry {
    static final int END = 0xFF;

    static final int INT16 = 0xF1;
    static final int INT24 = 0xF2;
    static final int INT32 = 0xF3;
    static final int INT64 = 0xF4;

    static final int STRING_6BIT = 0x80;
    static final int INT13 = 0xC0;
    static final int STRING_12BIT = 0xE0;
    static final int STRING_32BIT = 0xF0;

    private static final int LENGTH_6BIT_MAX = 63;
    private static final int LENGTH_12BIT_MAX = 4095;

    private Entry() {}

    // ---- sizes ----

    /** Bytes of an integer without the trailing length. */
    static int encodedBytes(long value) {
        if (value >= 0 && value <= 127) {
            return 1;
        }
        if (value >= -4096 && value <= 4095) {
            return 2;
        }
        if (value == (short) value) {
            return 3;
        }
        if (value >= -(1 << 23) && value < 1 << 23) {
            return 4;
        }
        return value == (int) value ? 5 : 9;
    }

    /** Bytes of a string without the trailing length. */
    static long encodedStringBytes(long length) {
        if (length <= LENGTH_6BIT_MAX) {
            return 1 + length;
        }
        return length <= LENGTH_12BIT_MAX ? 2 + length : 5 + length;
    }

    /** Bytes of the trailing length of an entry whose other bytes are so many. */
    static int backBytes(long encodedBytes) {
        if (encodedBytes < 1L << 7) {
            return 1;
        }
        if (encodedBytes < 1L << 14) {
            return 2;
        }
        if (encodedBytes < 1L << 21) {
            return 3;
        }
        return encodedBytes < 1L << 28 ? 4 : 5;
    }

    /** How many bytes say the encoding and the length; 0 when the first byte names no encoding. */
    static int headBytes(int first) {
        if (first < INT13 || first < STRING_12BIT) {
            return 1;
        }
        if (first < STRING_32BIT) {
            return 2;
        }
        if (first == STRING_32BIT) {
            return 5;
        }
        return first <= INT64 ? 1 : 0;
    }

    /** Bytes of a stored entry without the trailing length; the entry is known to be sound. */
    static long encodedBytesAt(long entry) {
        int first = Memory.getByte(entry) & 0xFF;
        if (first < STRING_6BIT) {
            return 1;
        }
        if (first < INT13) {
            return 1L + (first & LENGTH_6BIT_MAX);
        }
        if (first < STRING_12BIT) {
            return 2;
        }
        if (first < STRING_32BIT) {
            return 2L + (((first & 0xF) << 8) | (Memory.getByte(entry + 1) & 0xFF));
        }
        return switch (first) {
            case STRING_32BIT -> 5 + (Memory.getInt(entry + 1) & 0xFFFFFFFFL);
            case INT16 -> 3;
            case INT24 -> 4;
            case INT32 -> 5;
            case INT64 -> 9;
            default -> throw new IllegalStateException("There is no listpack entry here.");
        };
    }

    // ---- reading ----

    static boolean isInteger(int first) {
        return first < STRING_6BIT
                || (first >= INT13 && first < STRING_12BIT)
                || (first >= INT16 && first <= INT64);
    }

    static long integer(long entry) {
        int first = Memory.getByte(entry) & 0xFF;
        if (first < STRING_6BIT) {
            return first;
        }
        if (first < STRING_12BIT) {
            long bits = ((first & 0x1FL) << 8) | (Memory.getByte(entry + 1) & 0xFF);
            return (bits << 51) >> 51;
        }
        return switch (first) {
            case INT16 -> Memory.getShort(entry + 1);
            // The byte before the three is there to be read, and shifted out.
            case INT24 -> Memory.getInt(entry) >> 8;
            case INT32 -> Memory.getInt(entry + 1);
            case INT64 -> Memory.getLong(entry + 1);
            default -> throw new IllegalStateException("There is no listpack integer here.");
        };
    }

    /** What the bytes before {@code behind} say about the length of the entry that ends there. */
    static long backLength(long behind) {
        long length = 0;
        long at = behind;
        for (int shift = 0; shift <= 28; shift += 7) {
            int part = Memory.getByte(--at);
            length |= (long) (part & 127) << shift;
            if (part >= 0) {
                return length;
            }
        }
        return -1;
    }

    // ---- writing ----

    /** Writes a whole entry and returns the address behind it. */
    static long write(long target, long value) {
        int encoded = encodedBytes(value);
        switch (encoded) {
            case 1 -> Memory.putByte(target, (byte) value);
            case 2 -> {
                Memory.putByte(target, (byte) (INT13 | ((value >> 8) & 0x1F)));
                Memory.putByte(target + 1, (byte) value);
            }
            case 3 -> {
                Memory.putByte(target, (byte) INT16);
                Memory.putShort(target + 1, (short) value);
            }
            case 4 -> Memory.putInt(target, ((int) value << 8) | INT24);
            case 5 -> {
                Memory.putByte(target, (byte) INT32);
                Memory.putInt(target + 1, (int) value);
            }
            default -> {
                Memory.putByte(target, (byte) INT64);
                Memory.putLong(target + 1, value);
            }
        }
        return writeBack(target + encoded, encoded);
    }

    /** Writes a whole entry that is kept as a string and returns the address behind it. */
    static long write(long target, long source, long length) {
        long content;
        if (length <= LENGTH_6BIT_MAX) {
            Memory.putByte(target, (byte) (STRING_6BIT | length));
            content = target + 1;
        } else if (length <= LENGTH_12BIT_MAX) {
            Memory.putByte(target, (byte) (STRING_12BIT | (length >> 8)));
            Memory.putByte(target + 1, (byte) length);
            content = target + 2;
        } else {
            Memory.putByte(target, (byte) STRING_32BIT);
            Memory.putInt(target + 1, (int) length);
            content = target + 5;
        }
        Memory.copy(source, content, length);
        return writeBack(content + length, content + length - target);
    }

    private static long writeBack(long target, long encodedBytes) {
        int count = backBytes(encodedBytes);
        int shift = 7 * (count - 1);
        Memory.putByte(target, (byte) (encodedBytes >> shift));
        for (int at = 1; at < count; at++) {
            shift -= 7;
            Memory.putByte(target + at, (byte) (((encodedBytes >> shift) & 127) | 128));
        }
        return target + count;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

import dev.sigrun.memory.Memory;

/**
 * Confined to one thread. Reads the format that came before the listpack and is still met in old
 * files and payloads. A cursor: {@link #open} checks the whole, {@link #next} then goes through it.
 *
 * <p>Ten bytes of header (total bytes, where the last entry is, number of entries), the entries,
 * and a byte 0xFF. An entry begins with the length of the one before it, in 1 or 5 bytes; then come
 * its own encoding and length, and its content.
 */
public final class Ziplist {
    private static final int HEADER_BYTES = 10;
    private static final int END = 0xFF;

    /** From here on, what says the length of the entry before takes five bytes. */
    private static final int LONG_PREVIOUS = 0xFE;

    private static final int STRING_14BIT = 0x40;
    private static final int STRING_32BIT = 0x80;
    private static final int INT16 = 0xC0;
    private static final int INT32 = 0xD0;
    private static final int INT64 = 0xE0;
    private static final int INT24 = 0xF0;
    private static final int INT8 = 0xFE;

    /** The first byte of a small integer, from 0 to 12, without any content. */
    private static final int SMALL_MIN = 0xF1;

    private static final int SMALL_MAX = 0xFD;

    private int count;
    private long first;
    private long next;

    // The entry at hand.
    private long content;
    private int length;
    private int encoding;

    /**
     * Begins to read hostile bytes, when all of them are sound.
     *
     * @param bytes number of bytes; reads none behind them
     * @return whether they are; else there is nothing to read
     */
    public boolean open(long address, long bytes) {
        count = 0;
        first = 0;
        next = 0;
        if (bytes <= HEADER_BYTES
                || (Memory.getInt(address) & 0xFFFFFFFFL) != bytes
                || (Memory.getByte(address + bytes - 1) & 0xFF) != END) {
            return false;
        }
        long end = address + bytes - 1;
        long at = address + HEADER_BYTES;
        long previousBytes = 0;
        int entries = 0;
        while (at < end) {
            if (!decode(at, end) || previousLength(at) != previousBytes) {
                return false;
            }
            previousBytes = content + length - at;
            at = content + length;
            entries++;
        }
        if (!headerIsRight(address, end, previousBytes, entries)) {
            return false;
        }
        count = entries;
        first = address + HEADER_BYTES;
        next = first;
        return true;
    }

    private static boolean headerIsRight(long address, long end, long lastBytes, int entries) {
        long last = address + (Memory.getInt(address + 4) & 0xFFFFFFFFL);
        int said = Memory.getShort(address + 8) & 0xFFFF;
        return (entries == 0 ? last <= end : last == end - lastBytes)
                && (said == 0xFFFF || said == entries);
    }

    /** Number of entries. */
    public int count() {
        return count;
    }

    /** Goes back to before the first entry. */
    public void rewind() {
        next = first;
    }

    /** Moves to the next entry, when there is one. */
    public boolean next() {
        if (next == 0 || (Memory.getByte(next) & 0xFF) == END) {
            return false;
        }
        // All entries were seen to lie before the end when this was opened.
        decode(next, Long.MAX_VALUE);
        next = content + length;
        return true;
    }

    /** Whether the entry at hand is an integer. */
    public boolean isInteger() {
        return encoding >= INT16;
    }

    /** The value of an entry that {@link #isInteger}. */
    public long integer() {
        return switch (encoding) {
            case INT8 -> Memory.getByte(content);
            case INT16 -> Memory.getShort(content);
            case INT32 -> Memory.getInt(content);
            case INT64 -> Memory.getLong(content);
            // The byte before the three is there to be read, and shifted out.
            case INT24 -> Memory.getInt(content - 1) >> 8;
            default -> encoding - SMALL_MIN;
        };
    }

    /** Where the content of an entry that is no integer is. */
    public long stringAddress() {
        return content;
    }

    /** The length of an entry that is no integer. */
    public int stringLength() {
        return length;
    }

    /** Takes an entry's parts; false when it is broken or reaches behind the last place. */
    private boolean decode(long entry, long end) {
        int first = Memory.getByte(entry) & 0xFF;
        long head = entry + (first < LONG_PREVIOUS ? 1 : 5);
        if (first == END || head >= end) {
            return false;
        }
        encoding = Memory.getByte(head) & 0xFF;
        long bytes;
        if (encoding >= INT16) {
            content = head + 1;
            bytes = integerBytes(encoding);
        } else if (encoding >= STRING_32BIT) {
            content = head + 5;
            bytes =
                    content > end
                            ? -1
                            : Integer.reverseBytes(Memory.getInt(head + 1)) & 0xFFFFFFFFL;
        } else if (encoding >= STRING_14BIT) {
            content = head + 2;
            int high = (encoding & 0x3F) << 8;
            bytes = content > end ? -1 : high | (Memory.getByte(head + 1) & 0xFF);
        } else {
            content = head + 1;
            bytes = encoding;
        }
        if (bytes < 0 || bytes > end - content) {
            return false;
        }
        length = (int) bytes;
        return true;
    }

    private static int integerBytes(int encoding) {
        return switch (encoding) {
            case INT8 -> 1;
            case INT16 -> 2;
            case INT24 -> 3;
            case INT32 -> 4;
            case INT64 -> 8;
            default -> encoding >= SMALL_MIN && encoding <= SMALL_MAX ? 0 : -1;
        };
    }

    private static long previousLength(long entry) {
        int first = Memory.getByte(entry) & 0xFF;
        return first < LONG_PREVIOUS ? first : Memory.getInt(entry + 1) & 0xFFFFFFFFL;
    }
}

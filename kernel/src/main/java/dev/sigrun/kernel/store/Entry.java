// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.memory.Memory;

/**
 * The layout of one key with its value, as static functions over an address.
 *
 * <pre>
 * 0      flags: bits 0-2 kind, bit 3 has expiry, bits 4-5 width of the key's length,
 *               bits 6-7 width of the value's length, or of an integer
 * 1-3    access clock: seconds for LRU, or minutes and counter for LFU
 * 4      expiry, 8 bytes, Unix milliseconds, only if flagged
 *        length of the key, 1, 2 or 4 bytes
 *        length of the value, 1, 2 or 4 bytes, only if the value's bytes are in the entry
 *        the key, the value
 * </pre>
 *
 * <p>A string of 16 and 80 bytes takes 102 bytes so, and the allocator's 104. There is no block
 * header: the size follows from the content. Owner thread only; nothing here allocates.
 */
final class Entry {
    /** Bytes in the entry, as they were set. */
    static final int INLINE = 0;

    /** An integer of 1, 2, 4 or 8 bytes. */
    static final int INTEGER = 1;

    /** Bytes in the entry that have been changed in place, which {@code OBJECT ENCODING} shows. */
    static final int INLINE_CHANGED = 2;

    /** Bytes in a block of their own: address (8), length (4), capacity (4). */
    static final int EXTERNAL = 3;

    /** A heap object of a plugin: slot (4), type (2), unused (2). */
    static final int OBJECT = 4;

    /** Value bytes above this have a block of their own, so that an entry moves cheaply. */
    static final int INLINE_BYTES_MAX = 1024;

    private static final int KIND_MASK = 7;
    private static final int EXPIRY_FLAG = 8;
    private static final int FIXED_BYTES = 4;
    private static final int EXTERNAL_BYTES = 16;
    private static final int OBJECT_BYTES = 8;

    private Entry() {}

    static int flags(long entry) {
        return Memory.getByte(entry) & 0xFF;
    }

    static int kind(long entry) {
        return Memory.getByte(entry) & KIND_MASK;
    }

    static boolean isString(int kind) {
        return kind <= EXTERNAL;
    }

    private static boolean isInline(int kind) {
        return kind == INLINE || kind == INLINE_CHANGED;
    }

    static boolean hasExpiry(long entry) {
        return (Memory.getByte(entry) & EXPIRY_FLAG) != 0;
    }

    /** When the entry expires in Unix milliseconds; -1 for never. */
    static long expiry(long entry) {
        return hasExpiry(entry) ? Memory.getLong(entry + FIXED_BYTES) : -1;
    }

    /** Changes the expiry of an entry that has one. */
    static void expiry(long entry, long unixMillis) {
        Memory.putLong(entry + FIXED_BYTES, unixMillis);
    }

    /** The 24 bits of the access clock. */
    static int clock(long entry) {
        return Memory.getInt(entry) >>> 8;
    }

    static void clock(long entry, int clock) {
        int head = Memory.getInt(entry);
        int changed = head & 0xFF | clock << 8;
        // Reading a hot key again within the same second must not dirty its cache line.
        if (head != changed) {
            Memory.putInt(entry, changed);
        }
    }

    private static int lengthsOffset(int flags) {
        return (flags & EXPIRY_FLAG) != 0 ? FIXED_BYTES + Long.BYTES : FIXED_BYTES;
    }

    private static int keyWidth(int flags) {
        return 1 << (flags >>> 4 & 3);
    }

    private static int valueWidth(int flags) {
        return 1 << (flags >>> 6);
    }

    private static int valueLengthWidth(int flags) {
        return isInline(flags & KIND_MASK) ? valueWidth(flags) : 0;
    }

    private static int readLength(long at, int width) {
        return switch (width) {
            case 1 -> Memory.getByte(at) & 0xFF;
            case 2 -> Memory.getShort(at) & 0xFFFF;
            default -> Memory.getInt(at);
        };
    }

    private static void writeLength(long at, int width, int length) {
        switch (width) {
            case 1 -> Memory.putByte(at, (byte) length);
            case 2 -> Memory.putShort(at, (short) length);
            default -> Memory.putInt(at, length);
        }
    }

    private static int widthCode(int length) {
        return length < 1 << 8 ? 0 : length < 1 << 16 ? 1 : 2;
    }

    static int keyLength(long entry) {
        int flags = flags(entry);
        return readLength(entry + lengthsOffset(flags), keyWidth(flags));
    }

    static long keyAddress(long entry) {
        int flags = flags(entry);
        return entry + lengthsOffset(flags) + keyWidth(flags) + valueLengthWidth(flags);
    }

    static boolean keyEquals(long entry, long key, int keyLength) {
        int flags = flags(entry);
        int lengths = lengthsOffset(flags);
        int width = keyWidth(flags);
        if (readLength(entry + lengths, width) != keyLength) {
            return false;
        }
        long own = entry + lengths + width + valueLengthWidth(flags);
        return Memory.equal(own, key, keyLength);
    }

    /** Where the value's own part begins: its bytes, integer, block or object. */
    static long valueAddress(long entry) {
        int flags = flags(entry);
        int lengths = lengthsOffset(flags);
        int width = keyWidth(flags);
        return entry
                + lengths
                + width
                + valueLengthWidth(flags)
                + readLength(entry + lengths, width);
    }

    /** Bytes of an inline or external string. */
    static int bytesLength(long entry) {
        int flags = flags(entry);
        if ((flags & KIND_MASK) == EXTERNAL) {
            return Memory.getInt(valueAddress(entry) + 8);
        }
        return readLength(entry + lengthsOffset(flags) + keyWidth(flags), valueWidth(flags));
    }

    /** Reads the last byte of an inline value, or the first of one in a block of its own. */
    static long touchEnd(long entry) {
        return switch (kind(entry)) {
            case INLINE, INLINE_CHANGED -> Memory.getByte(entry + size(entry) - 1);
            case EXTERNAL -> Memory.touch(bytesAddress(entry));
            default -> 0;
        };
    }

    /** Address of the bytes of an inline or external string. */
    static long bytesAddress(long entry) {
        long value = valueAddress(entry);
        return kind(entry) == EXTERNAL ? Memory.getLong(value) : value;
    }

    static long integer(long entry) {
        long at = valueAddress(entry);
        return switch (flags(entry) >>> 6) {
            case 0 -> Memory.getByte(at);
            case 1 -> Memory.getShort(at);
            case 2 -> Memory.getInt(at);
            default -> Memory.getLong(at);
        };
    }

    /** Width code of an integer. */
    static int integerCode(long value) {
        return value == (byte) value
                ? 0
                : value == (short) value ? 1 : value == (int) value ? 2 : 3;
    }

    static void writeInteger(long at, long value, int code) {
        switch (code) {
            case 0 -> Memory.putByte(at, (byte) value);
            case 1 -> Memory.putShort(at, (short) value);
            case 2 -> Memory.putInt(at, (int) value);
            default -> Memory.putLong(at, value);
        }
    }

    static int objectSlot(long entry) {
        return Memory.getInt(valueAddress(entry));
    }

    static int objectType(long entry) {
        return Memory.getShort(valueAddress(entry) + 4);
    }

    static void writeObject(long at, int slot, int type) {
        Memory.putInt(at, slot);
        Memory.putInt(at + 4, type);
    }

    /** Bytes of the whole entry as asked of the allocator. */
    static long size(long entry) {
        int flags = flags(entry);
        int lengths = lengthsOffset(flags);
        int width = keyWidth(flags);
        int keyLength = readLength(entry + lengths, width);
        int kind = flags & KIND_MASK;
        if (isInline(kind)) {
            int valueWidth = valueWidth(flags);
            int valueLength = readLength(entry + lengths + width, valueWidth);
            return (long) lengths + width + valueWidth + keyLength + valueLength;
        }
        return (long) lengths + width + keyLength + valueBytes(kind, flags >>> 6);
    }

    private static int valueBytes(int kind, int code) {
        return kind == INTEGER ? 1 << code : kind == EXTERNAL ? EXTERNAL_BYTES : OBJECT_BYTES;
    }

    /**
     * Bytes that an entry takes.
     *
     * @param payload length of an inline value, width code of an integer, ignored otherwise
     */
    static long sizeFor(int kind, boolean expiry, int keyLength, int payload) {
        long lengths = (long) FIXED_BYTES + (expiry ? Long.BYTES : 0) + (1 << widthCode(keyLength));
        if (isInline(kind)) {
            return lengths + (1 << widthCode(payload)) + keyLength + payload;
        }
        return lengths + keyLength + valueBytes(kind, payload);
    }

    /**
     * Writes everything but the value's own part.
     *
     * @param clock the 24 bits of the access clock
     * @param expiry Unix milliseconds, or -1
     * @param payload as in {@link #sizeFor}
     * @return where the value's own part goes
     */
    static long write(
            long entry, int kind, int clock, long expiry, long key, int keyLength, int payload) {
        int keyCode = widthCode(keyLength);
        int valueCode = isInline(kind) ? widthCode(payload) : kind == INTEGER ? payload : 0;
        boolean expires = expiry != -1;
        int flags = kind | (expires ? EXPIRY_FLAG : 0) | keyCode << 4 | valueCode << 6;
        Memory.putInt(entry, flags | clock << 8);
        long at = entry + FIXED_BYTES;
        if (expires) {
            Memory.putLong(at, expiry);
            at += Long.BYTES;
        }
        writeLength(at, 1 << keyCode, keyLength);
        at += 1 << keyCode;
        if (isInline(kind)) {
            writeLength(at, 1 << valueCode, payload);
            at += 1 << valueCode;
        }
        Memory.copy(key, at, keyLength);
        return at + keyLength;
    }

    /** Marks an inline string as changed in place. */
    static void markChanged(long entry) {
        int flags = flags(entry);
        if ((flags & KIND_MASK) == INLINE) {
            Memory.putByte(entry, (byte) (flags & ~KIND_MASK | INLINE_CHANGED));
        }
    }
}

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

    /** A plugin's value in the entry: type and flag (1), the value's bytes. */
    static final int EMBEDDED = 5;

    /** A plugin's value in a block: address (8), length (4), capacity (4), type and flag (1). */
    static final int EMBEDDED_BLOCK = 6;

    /** An integer of 3 or 6 bytes. */
    static final int INTEGER_ODD = 7;

    /** The highest number of a type whose values are embedded. */
    static final int EMBEDDED_TYPE_MAX = 127;

    /** Value bytes above this have a block of their own, so that an entry moves cheaply. */
    static final int INLINE_BYTES_MAX = 1024;

    private static final int KIND_MASK = 7;
    private static final int EXPIRY_FLAG = 8;
    private static final int FIXED_BYTES = 4;
    private static final int EXTERNAL_BYTES = 16;
    private static final int OBJECT_BYTES = 8;
    private static final int EMBEDDED_BLOCK_BYTES = 17;

    /** Bit i is set when the value of kind i stands in the entry behind a length. */
    private static final int INLINE_KINDS = 1 << INLINE | 1 << INLINE_CHANGED | 1 << EMBEDDED;

    /** In the byte of an embedded value's type: elements of the value expire. */
    private static final int ELEMENTS_EXPIRE = 0x80;

    private Entry() {}

    static int flags(long entry) {
        return Memory.getByte(entry) & 0xFF;
    }

    static int kind(long entry) {
        return Memory.getByte(entry) & KIND_MASK;
    }

    static boolean isString(int kind) {
        return kind <= EXTERNAL || kind == INTEGER_ODD;
    }

    static boolean isInteger(int kind) {
        return kind == INTEGER || kind == INTEGER_ODD;
    }

    static boolean isEmbedded(int kind) {
        return kind == EMBEDDED || kind == EMBEDDED_BLOCK;
    }

    private static boolean isInline(int kind) {
        return (INLINE_KINDS >>> kind & 1) != 0;
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
        return inlineLength(entry, flags);
    }

    /** Reads the last byte of an inline value, or the first of one in a block of its own. */
    static long touchEnd(long entry) {
        return switch (kind(entry)) {
            case INLINE, INLINE_CHANGED, EMBEDDED -> Memory.getByte(entry + size(entry) - 1);
            case EXTERNAL, EMBEDDED_BLOCK -> Memory.touch(Memory.getLong(valueAddress(entry)));
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
        int flags = flags(entry);
        if ((flags & KIND_MASK) == INTEGER_ODD) {
            return flags >>> 6 == 0
                    ? Memory.getShort(at) & 0xFFFF | (long) Memory.getByte(at + 2) << 16
                    : Memory.getInt(at) & 0xFFFF_FFFFL | (long) Memory.getShort(at + 4) << 32;
        }
        return switch (flags >>> 6) {
            case 0 -> Memory.getByte(at);
            case 1 -> Memory.getShort(at);
            case 2 -> Memory.getInt(at);
            default -> Memory.getLong(at);
        };
    }

    /** Bytes that an integer needs: 1, 2, 3, 4, 6 or 8. */
    private static int integerBytes(long value) {
        int bits = Long.SIZE + 1 - Long.numberOfLeadingZeros(value ^ value >> 63);
        int bytes = bits + 7 >>> 3;
        return bytes <= 4 ? bytes : bytes <= 6 ? 6 : 8;
    }

    /** {@link #INTEGER} or {@link #INTEGER_ODD}. */
    static int integerKind(long value) {
        int bytes = integerBytes(value);
        return bytes == 3 || bytes == 6 ? INTEGER_ODD : INTEGER;
    }

    /** Width code of an integer within its kind. */
    static int integerCode(long value) {
        return switch (integerBytes(value)) {
            case 1, 3 -> 0;
            case 2, 6 -> 1;
            case 4 -> 2;
            default -> 3;
        };
    }

    static void writeInteger(long at, long value) {
        switch (integerBytes(value)) {
            case 1 -> Memory.putByte(at, (byte) value);
            case 2 -> Memory.putShort(at, (short) value);
            case 3 -> {
                Memory.putShort(at, (short) value);
                Memory.putByte(at + 2, (byte) (value >>> 16));
            }
            case 4 -> Memory.putInt(at, (int) value);
            case 6 -> {
                Memory.putInt(at, (int) value);
                Memory.putShort(at + 4, (short) (value >>> 32));
            }
            default -> Memory.putLong(at, value);
        }
    }

    // ---- embedded values ----

    private static long embeddedTagAddress(long entry) {
        long value = valueAddress(entry);
        return kind(entry) == EMBEDDED ? value : value + EMBEDDED_BLOCK_BYTES - 1;
    }

    /** The byte that holds an embedded value's type and flag. */
    static int embeddedTag(long entry) {
        return Memory.getByte(embeddedTagAddress(entry)) & 0xFF;
    }

    /** Number of an embedded value's type. */
    static int embeddedType(long entry) {
        return embeddedTag(entry) & EMBEDDED_TYPE_MAX;
    }

    /** Whether elements of the value have a time to live of their own. */
    static boolean elementsExpire(long entry) {
        return isEmbedded(kind(entry)) && (embeddedTag(entry) & ELEMENTS_EXPIRE) != 0;
    }

    static void elementsExpire(long entry, boolean some) {
        long at = embeddedTagAddress(entry);
        int tag = Memory.getByte(at) & EMBEDDED_TYPE_MAX;
        Memory.putByte(at, (byte) (some ? tag | ELEMENTS_EXPIRE : tag));
    }

    /** Address of an embedded value's own bytes. */
    static long cellAddress(long entry) {
        long value = valueAddress(entry);
        return kind(entry) == EMBEDDED ? value + 1 : Memory.getLong(value);
    }

    /** Number of an embedded value's own bytes. */
    static int cellLength(long entry) {
        int flags = flags(entry);
        if ((flags & KIND_MASK) == EMBEDDED) {
            return inlineLength(entry, flags) - 1;
        }
        return Memory.getInt(valueAddress(entry) + 8);
    }

    private static int inlineLength(long entry, int flags) {
        return readLength(entry + lengthsOffset(flags) + keyWidth(flags), valueWidth(flags));
    }

    /** Whether the entry can say that its inline value has this length. */
    static boolean hasWidthFor(long entry, int length) {
        return flags(entry) >>> 6 >= widthCode(length);
    }

    /** Says that the inline value has another length, for which there must be width. */
    static void writeInlineLength(long entry, int length) {
        int flags = flags(entry);
        writeLength(entry + lengthsOffset(flags) + keyWidth(flags), valueWidth(flags), length);
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
        return switch (kind) {
            case INTEGER -> 1 << code;
            case INTEGER_ODD -> 3 << code;
            case EXTERNAL -> EXTERNAL_BYTES;
            case EMBEDDED_BLOCK -> EMBEDDED_BLOCK_BYTES;
            default -> OBJECT_BYTES;
        };
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
        int valueCode = isInline(kind) ? widthCode(payload) : isInteger(kind) ? payload : 0;
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

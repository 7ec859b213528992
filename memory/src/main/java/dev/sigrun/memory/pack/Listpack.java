// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.Decimal;

/**
 * Owner thread only. Lists of strings and integers in one run of bytes, in Valkey's listpack
 * format, bit for bit: so a listpack from a file or a payload is used as it came, once {@link
 * #validate} has passed it, and is written as it stands.
 *
 * <p>Six bytes of header (total bytes, number of entries), the entries, and a byte 0xFF. An element
 * that is the canonical form of a signed 64-bit integer is stored as that integer. Everything is
 * found by walking, so a listpack is meant for a few hundred entries or a few KiB.
 *
 * <p>All functions work on addresses: {@code lp} is that of a listpack, {@code entry} that of one
 * of its entries, and 0 is no entry. The memory is the caller's, who makes room <em>before</em> an
 * edit by {@link #entryBytes}, and gives room back after one by {@link #bytes}. When making room
 * moves the listpack, entries keep their distance from its start.
 *
 * <p>Strings are at most 2^31 - 1 bytes long. None of these functions checks the format, except
 * {@link #validate}.
 */
public final class Listpack {
    /** Bytes before the first entry. */
    public static final int HEADER_BYTES = 6;

    /** Bytes of a listpack without entries. */
    public static final int EMPTY_BYTES = HEADER_BYTES + 1;

    /** No listpack should grow beyond this, to be far from where the header's numbers end. */
    public static final long BYTES_MAX = 1L << 30;

    /** The header's count when there are more entries than it can say. */
    private static final int COUNT_UNKNOWN = 0xFFFF;

    private Listpack() {}

    /** Writes an empty listpack, {@link #EMPTY_BYTES} long. */
    public static void create(long lp) {
        Memory.putInt(lp, EMPTY_BYTES);
        Memory.putShort(lp + 4, (short) 0);
        Memory.putByte(lp + HEADER_BYTES, (byte) Entry.END);
    }

    /**
     * Whether hostile bytes are a listpack. Only then may anything else here touch them.
     *
     * @param length number of bytes; reads none behind them
     * @param deep whether to look at each entry too, rather than at the header and the end
     */
    public static boolean validate(long address, long length, boolean deep) {
        return ListpackCheck.isSound(address, length, deep);
    }

    // ---- the whole ----

    /** Total bytes. */
    public static long bytes(long lp) {
        return Memory.getInt(lp) & 0xFFFFFFFFL;
    }

    /** Number of entries; walks when there are more than 65,534. */
    public static long count(long lp) {
        int said = saidCount(lp);
        return said == COUNT_UNKNOWN ? walkedCount(lp + HEADER_BYTES) : said;
    }

    // ---- walking ----

    /** The address of the byte behind the last entry. */
    public static long end(long lp) {
        return lp + bytes(lp) - 1;
    }

    /** The address behind an entry: that of the next one, or {@link #end}. */
    public static long behind(long entry) {
        return entry + storedBytes(entry);
    }

    /** The first entry, or 0. */
    public static long first(long lp) {
        return orNone(lp + HEADER_BYTES);
    }

    /** The last entry, or 0. */
    public static long last(long lp) {
        return previous(lp, end(lp));
    }

    /** The entry after {@code entry}, or 0. */
    public static long next(long entry) {
        return orNone(behind(entry));
    }

    /** The entry before {@code entry}, which may be {@link #end}; or 0. */
    public static long previous(long lp, long entry) {
        if (entry == lp + HEADER_BYTES) {
            return 0;
        }
        long encoded = Entry.backLength(entry);
        return entry - encoded - Entry.backBytes(encoded);
    }

    /** The entry at an index, from 0 on or, backwards from the last, from -1 on; or 0. */
    public static long seek(long lp, long index) {
        int said = saidCount(lp);
        long left = index;
        if (said != COUNT_UNKNOWN) {
            if (left >= said || left < -said) {
                return 0;
            }
            // From the nearer end.
            if (left >= 0 && left > said / 2) {
                left -= said;
            } else if (left < 0 && left + said <= said / 2) {
                left += said;
            }
        }
        return left >= 0 ? forward(lp, left) : backward(lp, left);
    }

    private static long forward(long lp, long index) {
        long entry = first(lp);
        for (long left = index; left > 0 && entry != 0; left--) {
            entry = next(entry);
        }
        return entry;
    }

    private static long backward(long lp, long index) {
        long entry = last(lp);
        for (long left = index; left < -1 && entry != 0; left++) {
            entry = previous(lp, entry);
        }
        return entry;
    }

    // ---- one entry ----

    /** Bytes that a stored entry takes, all included. */
    public static long storedBytes(long entry) {
        long encoded = Entry.encodedBytesAt(entry);
        return encoded + Entry.backBytes(encoded);
    }

    /** Whether an entry is stored as an integer. */
    public static boolean isInteger(long entry) {
        return Entry.isInteger(Memory.getByte(entry) & 0xFF);
    }

    /** The value of an entry that {@link #isInteger}. */
    public static long integer(long entry) {
        return Entry.integer(entry);
    }

    /** Where the content of an entry stored as a string is. */
    public static long stringAddress(long entry) {
        return entry + Entry.headBytes(Memory.getByte(entry) & 0xFF);
    }

    /** The length of an entry stored as a string. */
    public static int stringLength(long entry) {
        return (int) (Entry.encodedBytesAt(entry) - Entry.headBytes(Memory.getByte(entry) & 0xFF));
    }

    /** The length of an entry's content as bytes, digits for an integer. */
    public static int contentLength(long entry) {
        return isInteger(entry) ? Decimal.length(integer(entry)) : stringLength(entry);
    }

    /**
     * Where the content of an entry is, as bytes: in the listpack, or, for an integer, in {@code
     * scratch} as digits, where it is written now.
     *
     * @param scratch room for {@link Decimal#BYTES_MAX} bytes
     */
    public static long contentAddress(long entry, long scratch) {
        if (!isInteger(entry)) {
            return stringAddress(entry);
        }
        Decimal.write(integer(entry), scratch);
        return scratch;
    }

    /** Copies an entry's content, as bytes, and returns how many. */
    public static int writeContent(long entry, long target) {
        if (isInteger(entry)) {
            return Decimal.write(integer(entry), target);
        }
        int length = stringLength(entry);
        Memory.copy(stringAddress(entry), target, length);
        return length;
    }

    /** Whether an entry's content is these bytes. */
    public static boolean equalsContent(long entry, long address, long length) {
        if (isInteger(entry)) {
            return Decimal.isInteger(address, length)
                    && Decimal.value(address, length) == integer(entry);
        }
        return isString(entry, address, length);
    }

    private static boolean isString(long entry, long address, long length) {
        return stringLength(entry) == length && Memory.equal(stringAddress(entry), address, length);
    }

    /**
     * The first entry with this content, or 0.
     *
     * @param from the entry to begin with, or 0, which finds nothing
     * @param skip how many entries to leave out after each one looked at: 1 looks at the names
     *     alone in a row of names and values
     */
    public static long find(long from, long address, long length, int skip) {
        boolean asInteger = Decimal.isInteger(address, length);
        long value = asInteger ? Decimal.value(address, length) : 0;
        long entry = from;
        while (entry != 0) {
            boolean same =
                    isInteger(entry)
                            ? asInteger && integer(entry) == value
                            : isString(entry, address, length);
            if (same) {
                return entry;
            }
            entry = next(entry);
            for (int left = skip; left > 0 && entry != 0; left--) {
                entry = next(entry);
            }
        }
        return 0;
    }

    // ---- changing ----

    /** Bytes that an entry with this content takes, all included. */
    public static long entryBytes(long address, long length) {
        if (Decimal.isInteger(address, length)) {
            return entryBytes(Decimal.value(address, length));
        }
        long encoded = Entry.encodedStringBytes(length);
        return encoded + Entry.backBytes(encoded);
    }

    /** Bytes that an integer's entry takes, all included. */
    public static long entryBytes(long value) {
        // An integer's encoding is so short that one byte says its length.
        return Entry.encodedBytes(value) + 1L;
    }

    /**
     * Inserts an element before the entry at {@code at}, or at {@link #end}; {@link #behind} gives
     * the place after an entry. The new entry is then at {@code at}.
     *
     * @param address the content, outside of the listpack
     */
    public static void insert(long lp, long at, long address, long length) {
        if (Decimal.isInteger(address, length)) {
            insert(lp, at, Decimal.value(address, length));
        } else {
            open(lp, at, at, entryBytes(address, length));
            Entry.write(at, address, length);
            addToCount(lp, 1);
        }
    }

    /** Inserts an integer, as {@link #insert(long, long, long, long)} does. */
    public static void insert(long lp, long at, long value) {
        open(lp, at, at, entryBytes(value));
        Entry.write(at, value);
        addToCount(lp, 1);
    }

    /** Adds an element at the end. */
    public static void append(long lp, long address, long length) {
        insert(lp, end(lp), address, length);
    }

    /** Adds an integer at the end. */
    public static void append(long lp, long value) {
        insert(lp, end(lp), value);
    }

    /**
     * Replaces an entry, which stays at its address.
     *
     * @param address the content, outside of the listpack
     */
    public static void replace(long lp, long entry, long address, long length) {
        if (Decimal.isInteger(address, length)) {
            replace(lp, entry, Decimal.value(address, length));
        } else {
            open(lp, entry, behind(entry), entryBytes(address, length));
            Entry.write(entry, address, length);
        }
    }

    /** Replaces an entry by an integer; nothing moves when the sizes are the same. */
    public static void replace(long lp, long entry, long value) {
        open(lp, entry, behind(entry), entryBytes(value));
        Entry.write(entry, value);
    }

    /**
     * Removes an entry.
     *
     * @return the entry that followed, now at the same address, or 0
     */
    public static long delete(long lp, long entry) {
        open(lp, entry, behind(entry), 0);
        addToCount(lp, -1);
        return orNone(entry);
    }

    /**
     * Removes entries.
     *
     * @param entry the first one to go
     * @param count how many; fewer go when there are not so many
     * @return how many went
     */
    public static long deleteRange(long lp, long entry, long count) {
        long at = entry;
        long gone = 0;
        while (gone < count && !isEnd(at)) {
            at = behind(at);
            gone++;
        }
        open(lp, entry, at, 0);
        addToCount(lp, -gone);
        return gone;
    }

    // ---- inside ----

    /** Makes the bytes from {@code from} up to {@code to} so many; what follows moves. */
    static void open(long lp, long from, long to, long length) {
        long bytes = bytes(lp);
        long more = length - (to - from);
        if (more != 0) {
            Memory.copy(to, from + length, lp + bytes - to);
            Memory.putInt(lp, (int) (bytes + more));
        }
    }

    private static int saidCount(long lp) {
        return Memory.getShort(lp + 4) & 0xFFFF;
    }

    static void putCount(long lp, long count) {
        Memory.putShort(lp + 4, (short) Math.min(count, COUNT_UNKNOWN));
    }

    static void addToCount(long lp, long more) {
        int said = saidCount(lp);
        if (said != COUNT_UNKNOWN) {
            putCount(lp, said + more);
        }
    }

    static long walkedCount(long from) {
        long count = 0;
        for (long entry = orNone(from); entry != 0; entry = next(entry)) {
            count++;
        }
        return count;
    }

    private static long orNone(long entry) {
        return isEnd(entry) ? 0 : entry;
    }

    private static boolean isEnd(long entry) {
        return Memory.getByte(entry) == (byte) Entry.END;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.Decimal;

/**
 * Owner thread only. Changes of listpacks beyond a single entry: makes one of two and two of one,
 * moves the front edge, removes all entries with some content. Entries are moved as they stand.
 */
public final class ListpackSplice {
    private ListpackSplice() {}

    /**
     * Adds the entries of another listpack behind those of {@code lp}, which grows by {@code
     * bytes(source) - EMPTY_BYTES}.
     */
    public static void appendAll(long lp, long source) {
        long at = Listpack.end(lp);
        long more = Listpack.bytes(source) - Listpack.EMPTY_BYTES;
        long count = Listpack.count(lp) + Listpack.count(source);
        Listpack.open(lp, at, at, more);
        Memory.copy(source + Listpack.HEADER_BYTES, at, more);
        Listpack.putCount(lp, count);
    }

    /** Bytes of the listpack that {@link #moveTail} makes. */
    public static long tailBytes(long lp, long at) {
        return Listpack.end(lp) - at + Listpack.EMPTY_BYTES;
    }

    /**
     * Moves the entries from {@code at} on into a new listpack.
     *
     * @param at an entry, or {@link Listpack#end}
     * @param target room for {@link #tailBytes}
     */
    public static void moveTail(long lp, long at, long target) {
        long end = Listpack.end(lp);
        long moved = Listpack.walkedCount(at);
        copyRange(at, end, moved, target);
        Listpack.open(lp, at, end, 0);
        Listpack.addToCount(lp, -moved);
    }

    /**
     * Makes a listpack of entries of another one.
     *
     * @param from the first of them
     * @param to behind the last of them
     * @param count how many they are
     * @param target room for {@code to - from + EMPTY_BYTES}
     */
    public static void copyRange(long from, long to, long count, long target) {
        long length = to - from;
        Memory.putByte(target + Listpack.HEADER_BYTES + length, (byte) Entry.END);
        Memory.copy(from, target + Listpack.HEADER_BYTES, length);
        Memory.putInt(target, (int) (length + Listpack.EMPTY_BYTES));
        Listpack.putCount(target, count);
    }

    // ---- at the front edge ----

    /**
     * Adds an element at the front by writing it before the listpack, where the caller has {@link
     * Listpack#entryBytes} bytes to spare. What is there already stays where it is.
     *
     * @param address the content, outside of the listpack and of those bytes
     * @return where the listpack begins now
     */
    public static long prepend(long lp, long address, long length) {
        long more = Listpack.entryBytes(address, length);
        long target = moveStart(lp, -more, 1);
        if (Decimal.isInteger(address, length)) {
            Entry.write(target + Listpack.HEADER_BYTES, Decimal.value(address, length));
        } else {
            Entry.write(target + Listpack.HEADER_BYTES, address, length);
        }
        return target;
    }

    /**
     * Drops entries at the front by letting the listpack begin later.
     *
     * @param count how many, at most as many as there are
     * @return where the listpack begins now
     */
    public static long dropFirst(long lp, long count) {
        long entry = lp + Listpack.HEADER_BYTES;
        for (long left = count; left > 0; left--) {
            entry = Listpack.behind(entry);
        }
        return moveStart(lp, entry - lp - Listpack.HEADER_BYTES, -count);
    }

    /** Writes the header elsewhere, with less bytes and more entries. */
    private static long moveStart(long lp, long distance, long more) {
        long bytes = Listpack.bytes(lp) - distance;
        short said = Memory.getShort(lp + 4);
        long target = lp + distance;
        Memory.putInt(target, (int) bytes);
        Memory.putShort(target + 4, said);
        Listpack.addToCount(target, more);
        return target;
    }

    // ---- by content ----

    /** Number of entries with some content. */
    public static long count(long lp, Sought sought) {
        long count = 0;
        for (long entry = Listpack.first(lp); entry != 0; entry = Listpack.next(entry)) {
            count += sought.matches(entry) ? 1 : 0;
        }
        return count;
    }

    /**
     * Removes entries with some content in one pass.
     *
     * @param skip how many of them to leave in place before the first one that goes
     * @param max how many to remove at most
     * @return how many were removed
     */
    public static long removeAll(long lp, Sought sought, long skip, long max) {
        long end = Listpack.end(lp);
        long kept = lp + Listpack.HEADER_BYTES;
        long from = kept;
        long at = kept;
        long seen = 0;
        long removed = 0;
        while (at != end && removed < max) {
            long behind = Listpack.behind(at);
            if (sought.matches(at) && ++seen > skip) {
                Memory.copy(from, kept, at - from);
                kept += at - from;
                from = behind;
                removed++;
            }
            at = behind;
        }
        Listpack.open(lp, kept, from, 0);
        Listpack.addToCount(lp, -removed);
        return removed;
    }
}

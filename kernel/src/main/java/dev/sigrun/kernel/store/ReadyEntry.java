// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.Decimal;

/**
 * Any thread. Entries of short strings, written somewhere outside of the store by who reads them
 * from a file, so that the owner only copies them into a block of its own; see {@link Arrivals}.
 */
public final class ReadyEntry {
    /** Flags, expiry and the lengths of key and value. */
    private static final int HEAD_BYTES_MAX = 4 + 8 + 4 + 4;

    private ReadyEntry() {}

    /** Whether a string is short enough to stand in its entry. */
    public static boolean isPossible(long valueLength) {
        return valueLength <= Entry.INLINE_BYTES_MAX;
    }

    /** What an entry takes at most. */
    public static long bytesMax(int keyLength, int valueLength) {
        return HEAD_BYTES_MAX + (long) keyLength + Math.max(valueLength, Long.BYTES);
    }

    /**
     * Writes an entry without access clock.
     *
     * @param expiry Unix milliseconds, or -1
     * @return its length
     */
    public static int write(
            long entry, long expiry, long key, int keyLength, long value, int valueLength) {
        if (valueLength <= Decimal.BYTES_MAX && Decimal.isInteger(value, valueLength)) {
            long number = Decimal.value(value, valueLength);
            int kind = Entry.integerKind(number);
            int code = Entry.integerCode(number);
            long at = Entry.write(entry, kind, 0, expiry, key, keyLength, code);
            Entry.writeInteger(at, number);
        } else {
            long at = Entry.write(entry, Entry.INLINE, 0, expiry, key, keyLength, valueLength);
            Memory.copy(value, at, valueLength);
        }
        return (int) Entry.size(entry);
    }
}

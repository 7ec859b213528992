// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.Decimal;

/**
 * Growing of strings. A string that has been appended to once will be appended to again, so its
 * block gets room to spare: as much again up to a mebibyte. Owner thread only.
 */
final class Strings {
    private static final int SPARE_BYTES_MAX = 1 << 20;

    private Strings() {}

    /** Makes the string at least {@code length} bytes long and changeable in place. */
    static void grow(StoredKey key, long old, int length) {
        Allocator allocator = key.store().allocator();
        if (old == 0) {
            if (length > Entry.INLINE_BYTES_MAX) {
                long block = allocator.allocate(length);
                Memory.set(block, length, (byte) 0);
                key.putExternal(-1, block, length, length);
            } else {
                Memory.set(key.putFixed(Entry.INLINE_CHANGED, length, -1), length, (byte) 0);
                key.finishFixed();
            }
            return;
        }
        int kind = Entry.kind(old);
        if (kind == Entry.EXTERNAL) {
            if (key.store().freeing().pins().isPinned(Memory.getLong(Entry.valueAddress(old)))) {
                leaveBlock(key.store(), old);
            }
            growBlock(allocator, old, length);
        } else {
            growInline(key, allocator, old, kind, length);
        }
    }

    /** Goes on with a copy of a block that somebody reads. */
    private static void leaveBlock(Store store, long old) {
        long value = Entry.valueAddress(old);
        long block = Memory.getLong(value);
        int capacity = Memory.getInt(value + 12);
        long copy = store.allocator().allocate(capacity);
        Memory.copy(block, copy, Memory.getInt(value + 8));
        Memory.putLong(value, copy);
        store.freeing().pins().free(block, capacity);
    }

    private static void growBlock(Allocator allocator, long old, int length) {
        long value = Entry.valueAddress(old);
        int present = Memory.getInt(value + 8);
        int capacity = Memory.getInt(value + 12);
        if (length <= present) {
            return;
        }
        if (length > capacity) {
            int wished = withSpare(length);
            long block = allocator.resize(Memory.getLong(value), capacity, wished);
            Memory.putLong(value, block);
            Memory.putInt(value + 12, wished);
        }
        Memory.set(Memory.getLong(value) + present, length - present, (byte) 0);
        Memory.putInt(value + 8, length);
    }

    private static void growInline(
            StoredKey key, Allocator allocator, long old, int kind, int length) {
        boolean integer = Entry.isInteger(kind);
        int present = integer ? Decimal.length(Entry.integer(old)) : Entry.bytesLength(old);
        if (length <= present && !integer) {
            Entry.markChanged(old);
            return;
        }
        int grown = Math.max(length, present);
        long expiry = Entry.expiry(old);
        if (grown > Entry.INLINE_BYTES_MAX) {
            int capacity = withSpare(grown);
            long block = allocator.allocate(capacity);
            copyContent(old, integer, block, present);
            Memory.set(block + present, grown - present, (byte) 0);
            key.putExternal(expiry, block, grown, capacity);
        } else {
            long at = key.putFixed(Entry.INLINE_CHANGED, grown, expiry);
            copyContent(old, integer, at, present);
            Memory.set(at + present, grown - present, (byte) 0);
            key.finishFixed();
        }
    }

    private static void copyContent(long old, boolean integer, long target, int length) {
        if (integer) {
            Decimal.write(Entry.integer(old), target);
        } else {
            Memory.copy(Entry.bytesAddress(old), target, length);
        }
    }

    private static int withSpare(int length) {
        long wished = length + (long) Math.min(length, SPARE_BYTES_MAX);
        return (int) Math.min(wished, Integer.MAX_VALUE - 8);
    }
}

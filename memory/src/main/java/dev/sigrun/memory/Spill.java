// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

/**
 * Owner thread only. The entries of a segment that no bucket could take: a list of hash and entry.
 *
 * <p>With hashes that an opponent cannot choose it stays empty. It exists so that a run of equal
 * hashes, or of equal first bits, costs a search along a list and not a table without end. A block:
 * capacity and length as ints, then 16 bytes for each; a removed one has entry 0 until the next
 * insert or rebuild. All functions take 0 for the list that does not exist.
 */
final class Spill {
    private static final int HEADER = 8;
    private static final int ITEM = 16;
    private static final int FIRST_CAPACITY = 15;

    private Spill() {}

    static int length(long list) {
        return list == 0 ? 0 : Memory.getInt(list + 4);
    }

    static long hash(long list, int index) {
        return Memory.getLong(item(list, index));
    }

    /** 0 where one was removed. */
    static long entry(long list, int index) {
        return Memory.getLong(item(list, index) + 8);
    }

    static void entry(long list, int index, long entry) {
        Memory.putLong(item(list, index) + 8, entry);
    }

    /** Appends, and returns where the list is now. */
    static long add(Allocator allocator, long list, long hash, long entry) {
        int length = length(list);
        long target = list;
        if (list == 0) {
            target = allocator.allocate(bytes(FIRST_CAPACITY));
            Memory.putInt(target, FIRST_CAPACITY);
        } else if (length == Memory.getInt(list)) {
            int capacity = length * 2 + 1;
            target = allocator.resize(list, bytes(length), bytes(capacity));
            Memory.putInt(target, capacity);
        }
        Memory.putInt(target + 4, length + 1);
        Memory.putLong(item(target, length), hash);
        Memory.putLong(item(target, length) + 8, entry);
        return target;
    }

    static int find(EntryLayout layout, long list, long hash, long key, int keyLength) {
        for (int index = length(list) - 1; index >= 0; index--) {
            if (hash(list, index) == hash) {
                long entry = entry(list, index);
                if (entry != 0 && layout.matches(entry, key, keyLength)) {
                    return index;
                }
            }
        }
        return -1;
    }

    static int find(long list, long wanted) {
        for (int index = length(list) - 1; index >= 0; index--) {
            if (entry(list, index) == wanted) {
                return index;
            }
        }
        return -1;
    }

    /** Drops the removed ones at the end, so that a list emptied from behind is short again. */
    static void remove(long list, int index) {
        entry(list, index, 0);
        int length = length(list);
        while (length > 0 && entry(list, length - 1) == 0) {
            length--;
        }
        Memory.putInt(list + 4, length);
    }

    static long memoryBytes(long list) {
        return list == 0 ? 0 : Allocator.usableSize(bytes(Memory.getInt(list)));
    }

    static void free(Allocator allocator, long list) {
        if (list != 0) {
            allocator.free(list, bytes(Memory.getInt(list)));
        }
    }

    private static long item(long list, int index) {
        return list + HEADER + (long) index * ITEM;
    }

    private static long bytes(int capacity) {
        return HEADER + (long) capacity * ITEM;
    }
}

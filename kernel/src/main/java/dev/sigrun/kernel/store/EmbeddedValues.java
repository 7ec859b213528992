// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;

/**
 * Values that stand in their key's entry, behind one byte that names the type. A value that is too
 * long for that has a block with room to spare, so that growing it step by step does not copy it
 * every time. Owner thread only.
 */
final class EmbeddedValues {
    /** A block that is used by less than this share is given back in part. */
    private static final int SPARE_SHARE_MAX = 2;

    private EmbeddedValues() {}

    private static boolean fitsInEntry(int length) {
        return length < Entry.INLINE_BYTES_MAX;
    }

    private static int withSpare(int length) {
        return (int) Math.min(length + (long) (length >>> 2), Integer.MAX_VALUE - 8);
    }

    /** Makes the key hold a new value of undefined content. */
    static void create(LocatedEntry key, StoredType type, int length, long expiry) {
        if (fitsInEntry(length)) {
            long at = key.putFixed(Entry.EMBEDDED, length + 1, expiry);
            Memory.putByte(at, (byte) type.id());
            key.finishFixed();
        } else {
            long block = key.store.allocator().allocate(length);
            try {
                long at = key.putFixed(Entry.EMBEDDED_BLOCK, 0, expiry);
                writeBlock(at, block, length, length, type.id());
                key.finishFixed();
            } catch (MemoryExhausted e) {
                key.store.allocator().free(block, length);
                throw e;
            }
        }
        type.added();
    }

    private static void writeBlock(long at, long block, int length, int capacity, int tag) {
        Memory.putLong(at, block);
        Memory.putInt(at + 8, length);
        Memory.putInt(at + 12, capacity);
        Memory.putByte(at + 16, (byte) tag);
    }

    /**
     * Makes a value longer or shorter.
     *
     * @return the entry that holds it now
     */
    static long resize(LocatedEntry key, int length) {
        long resized = resized(key, length);
        // Its bytes may stand elsewhere although the entry does not.
        key.store.freeing().moved(resized, resized);
        return resized;
    }

    private static long resized(LocatedEntry key, int length) {
        long old = key.entry();
        if (Entry.kind(old) == Entry.EMBEDDED_BLOCK) {
            if (fitsInEntry(length * 2)) {
                try {
                    return takeIn(key, old, length);
                } catch (MemoryExhausted e) {
                    // It stays in its block then, since a shorter length is never refused.
                    resizeBlock(key.store.allocator(), old, length);
                    return old;
                }
            }
            resizeBlock(key.store.allocator(), old, length);
            return old;
        }
        return fitsInEntry(length) ? resizeEntry(key, old, length) : moveOut(key, old, length);
    }

    private static void resizeBlock(Allocator allocator, long entry, int length) {
        long value = Entry.valueAddress(entry);
        int capacity = Memory.getInt(value + 12);
        int wished =
                length > capacity
                        ? withSpare(length)
                        : length < capacity / SPARE_SHARE_MAX ? length : capacity;
        if (wished != capacity) {
            Memory.putLong(value, allocator.resize(Memory.getLong(value), capacity, wished));
            Memory.putInt(value + 12, wished);
        }
        Memory.putInt(value + 8, length);
    }

    private static long resizeEntry(LocatedEntry key, long old, int length) {
        Allocator allocator = key.store.allocator();
        long oldSize = Entry.size(old);
        if (Entry.hasWidthFor(old, length + 1)) {
            long newSize = oldSize + length - Entry.cellLength(old);
            long fresh = allocator.resize(old, oldSize, newSize);
            Entry.writeInlineLength(fresh, length + 1);
            if (fresh != old) {
                key.moved(old, fresh);
            }
            return fresh;
        }
        int keyLength = Entry.keyLength(old);
        long newSize = Entry.sizeFor(Entry.EMBEDDED, Entry.hasExpiry(old), keyLength, length + 1);
        long fresh = allocator.allocate(newSize);
        long at =
                Entry.write(
                        fresh,
                        Entry.EMBEDDED,
                        Entry.clock(old),
                        Entry.expiry(old),
                        Entry.keyAddress(old),
                        keyLength,
                        length + 1);
        Memory.copy(Entry.valueAddress(old), at, 1 + Math.min(length, Entry.cellLength(old)));
        allocator.free(old, oldSize);
        key.moved(old, fresh);
        return fresh;
    }

    private static long moveOut(LocatedEntry key, long old, int length) {
        Allocator allocator = key.store.allocator();
        int capacity = withSpare(length);
        long block = allocator.allocate(capacity);
        long fresh;
        int keyLength = Entry.keyLength(old);
        try {
            fresh =
                    allocator.allocate(
                            Entry.sizeFor(
                                    Entry.EMBEDDED_BLOCK, Entry.hasExpiry(old), keyLength, 0));
        } catch (MemoryExhausted e) {
            allocator.free(block, capacity);
            throw e;
        }
        long at = rewriteHead(old, fresh, Entry.EMBEDDED_BLOCK, 0);
        writeBlock(at, block, length, capacity, Entry.embeddedTag(old));
        Memory.copy(Entry.cellAddress(old), block, Math.min(length, Entry.cellLength(old)));
        allocator.free(old, Entry.size(old));
        key.moved(old, fresh);
        return fresh;
    }

    private static long takeIn(LocatedEntry key, long old, int length) {
        Allocator allocator = key.store.allocator();
        long fresh =
                allocator.allocate(
                        Entry.sizeFor(
                                Entry.EMBEDDED,
                                Entry.hasExpiry(old),
                                Entry.keyLength(old),
                                length + 1));
        long at = rewriteHead(old, fresh, Entry.EMBEDDED, length + 1);
        Memory.putByte(at, (byte) Entry.embeddedTag(old));
        Memory.copy(Entry.cellAddress(old), at + 1, Math.min(length, Entry.cellLength(old)));
        freeBlock(allocator, old);
        allocator.free(old, Entry.size(old));
        key.moved(old, fresh);
        return fresh;
    }

    private static long rewriteHead(long old, long fresh, int kind, int payload) {
        return Entry.write(
                fresh,
                kind,
                Entry.clock(old),
                Entry.expiry(old),
                Entry.keyAddress(old),
                Entry.keyLength(old),
                payload);
    }

    /** Gives back the block of a value that does not stand in its entry. */
    static void freeBlock(Allocator allocator, long entry) {
        if (Entry.kind(entry) == Entry.EMBEDDED_BLOCK) {
            long value = Entry.valueAddress(entry);
            allocator.free(Memory.getLong(value), Memory.getInt(value + 12));
        }
    }
}

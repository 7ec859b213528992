// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;

/**
 * A key that somebody watches, with its name off the heap, and who does. Two are equal when they
 * stand for the same key. Owner thread only.
 */
final class WatchedKey {
    private int db;
    private long hash;
    private long name;
    private int nameLength;
    private Watch first;
    private Watch last;

    /** One client's eye on one key. */
    static final class Watch {
        private final WatchedKey key;
        private final Transaction transaction;
        private Watch previous;
        private Watch next;

        /**
         * Whether the key was past its time already when the watch began, and is still there: that
         * it goes then changes nothing.
         */
        boolean expired;

        /** Whether the key is just about to go and the next change of it is that. */
        boolean leaving;

        private Watch(WatchedKey key, Transaction transaction) {
            this.key = key;
            this.transaction = transaction;
        }

        WatchedKey key() {
            return key;
        }

        Transaction transaction() {
            return transaction;
        }

        /** Who watches the same key and came next, or null. */
        Watch next() {
            return next;
        }
    }

    /** Stands for a key whose name lies elsewhere, to look for it. */
    WatchedKey at(int ofDb, long keyHash, long keyAddress, int keyLength) {
        db = ofDb;
        hash = keyHash;
        name = keyAddress;
        nameLength = keyLength;
        return this;
    }

    /** The same key with a copy of its name. */
    WatchedKey kept(Allocator allocator) {
        long copy = allocator.allocate(Math.max(nameLength, 1));
        Memory.copy(name, copy, nameLength);
        return new WatchedKey().at(db, hash, copy, nameLength);
    }

    /** Gives the copy of the name back. */
    void free(Allocator allocator) {
        allocator.free(name, Math.max(nameLength, 1));
    }

    int db() {
        return db;
    }

    long hash() {
        return hash;
    }

    long name() {
        return name;
    }

    int nameLength() {
        return nameLength;
    }

    /** Who watched first; null when nobody does. */
    Watch first() {
        return first;
    }

    /** Lets a client watch, behind the others. */
    Watch add(Transaction transaction) {
        Watch watch = new Watch(this, transaction);
        watch.previous = last;
        if (last == null) {
            first = watch;
        } else {
            last.next = watch;
        }
        last = watch;
        return watch;
    }

    /** Ends a watch. */
    void remove(Watch watch) {
        if (watch.previous == null) {
            first = watch.next;
        } else {
            watch.previous.next = watch.next;
        }
        if (watch.next == null) {
            last = watch.previous;
        } else {
            watch.next.previous = watch.previous;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WatchedKey that
                && hash == that.hash
                && db == that.db
                && nameLength == that.nameLength
                && Memory.equal(name, that.name, nameLength);
    }

    @Override
    public int hashCode() {
        return (int) hash + db;
    }
}

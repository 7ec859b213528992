// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;

/**
 * Those who wait for one key, first come first. It has the key's name off the heap for itself,
 * since the arguments of whoever came first go when he goes. Owner thread only.
 */
final class KeyQueue {
    private final int db;
    private final long hash;
    private final long name;
    private final int nameLength;
    private Place first;
    private Place last;
    private int waitingForGone;

    /** The next queue in the same bucket of {@link KeyWaits}. */
    KeyQueue nextInBucket;

    /** The next queue whose key is ready, when this one's is. */
    KeyQueue nextReady;

    /** Whether the key was changed since those who wait for it were last served. */
    boolean isReady;

    /** One client's place in one queue. */
    static final class Place {
        private final KeyWait waiting;
        private final KeyQueue queue;
        private final long turn;
        private final Place nextOfWait;
        private Place previous;
        private Place next;
        private boolean left;

        private Place(KeyWait waiting, KeyQueue queue, long turn, Place nextOfWait) {
            this.waiting = waiting;
            this.queue = queue;
            this.turn = turn;
            this.nextOfWait = nextOfWait;
        }

        /** Who stands here. */
        KeyWait waiting() {
            return waiting;
        }

        /** The queue that the place is in, or was. */
        KeyQueue queue() {
            return queue;
        }

        /** A number that grows with every place of any queue. */
        long turn() {
            return turn;
        }

        /** The place of the same client in another queue, or null. */
        Place nextOfWait() {
            return nextOfWait;
        }

        /** The next place, or what was the next one when this one was left; null for none. */
        Place next() {
            return next;
        }

        /** Whether nobody stands here any more. */
        boolean isLeft() {
            return left;
        }
    }

    /** Makes a queue for a key, whose name is copied. */
    KeyQueue(Allocator allocator, int db, long hash, long keyAddress, int keyLength) {
        this.db = db;
        this.hash = hash;
        this.nameLength = keyLength;
        this.name = allocator.allocate(Math.max(keyLength, 1));
        Memory.copy(keyAddress, name, keyLength);
    }

    /** Gives the name back. */
    void free(Allocator allocator) {
        allocator.free(name, Math.max(nameLength, 1));
    }

    boolean isFor(int wantedDb, long wantedHash, long key, int keyLength) {
        return hash == wantedHash
                && db == wantedDb
                && nameLength == keyLength
                && Memory.equal(name, key, keyLength);
    }

    int db() {
        return db;
    }

    long hash() {
        return hash;
    }

    /** Address of the key's name. */
    long name() {
        return name;
    }

    int nameLength() {
        return nameLength;
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Whether anybody is to be served also when the key is gone. */
    boolean someWaitForGone() {
        return waitingForGone > 0;
    }

    /** Who came first; null when nobody waits. */
    Place first() {
        return first;
    }

    /** Who came last; null when nobody waits. */
    Place last() {
        return last;
    }

    /** The first place whose turn is after the given one; null when there is none. */
    Place firstAfter(long turn) {
        Place place = first;
        while (place != null && place.turn <= turn) {
            place = place.next;
        }
        return place;
    }

    /** Puts a client at the end, which is there already when his command names the key twice. */
    void join(KeyWait waiting, long turn) {
        if (last != null && last.waiting == waiting) {
            return;
        }
        Place place = new Place(waiting, this, turn, waiting.places());
        waiting.places(place);
        place.previous = last;
        if (last == null) {
            first = place;
        } else {
            last.next = place;
        }
        last = place;
        waitingForGone += waiting.waitsForGone() ? 1 : 0;
    }

    /** Takes a place out. */
    void leave(Place place) {
        if (place.previous == null) {
            first = place.next;
        } else {
            place.previous.next = place.next;
        }
        if (place.next == null) {
            last = place.previous;
        } else {
            place.next.previous = place.previous;
        }
        place.left = true;
        waitingForGone -= place.waiting.waitsForGone() ? 1 : 0;
    }
}

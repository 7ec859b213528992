// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.pubsub;

import java.util.Arrays;
import java.util.IdentityHashMap;

/**
 * Those who listen to one name. Most names have one or two, so they stand in an array; only where
 * there are many is kept where each stands, so that leaving takes no search. Owner thread only.
 */
@SuppressWarnings("ReferenceEquality") // A subscriber is one object.
final class Subscribers {
    /** So many are searched one by one. */
    private static final int SEARCHED_MAX = 32;

    private Subscriber[] members = new Subscriber[1];
    private int count;
    private IdentityHashMap<Subscriber, Integer> places;

    int count() {
        return count;
    }

    Subscriber get(int place) {
        return members[place];
    }

    /** Adds one who is not among them. */
    void add(Subscriber subscriber) {
        if (count == members.length) {
            members = Arrays.copyOf(members, count * 2);
        }
        if (places == null && count == SEARCHED_MAX) {
            places = new IdentityHashMap<>();
            for (int i = 0; i < count; i++) {
                places.put(members[i], i);
            }
        }
        if (places != null) {
            places.put(subscriber, count);
        }
        members[count++] = subscriber;
    }

    /** Removes one of them; the last one takes its place. */
    void remove(Subscriber subscriber) {
        int place = places != null ? places.remove(subscriber) : search(subscriber);
        Subscriber last = members[--count];
        members[count] = null;
        if (last != subscriber) {
            members[place] = last;
            if (places != null) {
                places.put(last, place);
            }
        }
        if (count < SEARCHED_MAX / 2) {
            places = null;
        }
        if (count < members.length / 4) {
            members = Arrays.copyOf(members, members.length / 2);
        }
    }

    private int search(Subscriber subscriber) {
        int place = 0;
        while (members[place] != subscriber) {
            place++;
        }
        return place;
    }
}

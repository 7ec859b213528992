// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import java.util.Arrays;

/** Where strings stand in an output that were left to be compressed. Confined to one thread. */
public final class StringMarks {
    private static final int FIRST = 256;

    private int[] places = new int[FIRST];
    private int used;

    /** Notes a string. */
    void add(int position, int length) {
        if (used == places.length) {
            places = Arrays.copyOf(places, used * 2);
        }
        places[used] = position;
        places[used + 1] = length;
        used += 2;
    }

    /** Number of strings. */
    public int count() {
        return used >>> 1;
    }

    /** Where the first byte of a string stands. */
    public int position(int string) {
        return places[string << 1];
    }

    /** Number of a string's bytes. */
    public int length(int string) {
        return places[(string << 1) + 1];
    }

    /** Forgets all. */
    public void clear() {
        used = 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

/**
 * A set of 64-bit hashes that only grows. It is cut into parts by the first bits, of which one at a
 * time doubles, so that no addition takes long. Owner thread only.
 */
public final class TouchedHashes {
    private static final int PART_BITS = 12;
    private static final int PART_CAPACITY_FIRST = 8;

    /** The hash 0 cannot stand in a part, where it marks a free place. */
    private boolean zero;

    private long[][] parts;
    private int[] sizes;
    private long size;

    /** Whether nothing was added. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Number of hashes. */
    public long size() {
        return size;
    }

    /** Adds a hash; says whether it was not there. */
    public boolean add(long hash) {
        if (hash == 0) {
            boolean fresh = !zero;
            zero = true;
            size += fresh ? 1 : 0;
            return fresh;
        }
        if (parts == null) {
            parts = new long[1 << PART_BITS][];
            sizes = new int[1 << PART_BITS];
        }
        int number = (int) (hash >>> (64 - PART_BITS));
        long[] part = parts[number];
        if (part == null) {
            part = new long[PART_CAPACITY_FIRST];
            parts[number] = part;
        } else if (sizes[number] * 4 >= part.length * 3) {
            part = enlarged(part);
            parts[number] = part;
        }
        int at = place(part, hash);
        if (part[at] == hash) {
            return false;
        }
        part[at] = hash;
        sizes[number]++;
        size++;
        return true;
    }

    /** Whether a hash was added. */
    public boolean contains(long hash) {
        if (hash == 0) {
            return zero;
        }
        long[] part = parts == null ? null : parts[(int) (hash >>> (64 - PART_BITS))];
        return part != null && part[place(part, hash)] == hash;
    }

    /** Where a hash is, or where it would be. */
    private static int place(long[] part, long hash) {
        int mask = part.length - 1;
        // The first bits chose the part, so others choose the place.
        int at = (int) hash & mask;
        while (part[at] != 0 && part[at] != hash) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private static long[] enlarged(long[] part) {
        long[] larger = new long[part.length * 2];
        for (long hash : part) {
            if (hash != 0) {
                larger[place(larger, hash)] = hash;
            }
        }
        return larger;
    }
}

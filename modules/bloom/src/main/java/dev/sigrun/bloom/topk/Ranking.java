// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.topk;

import dev.sigrun.bloom.page.Block;
import dev.sigrun.bloom.page.Raw;
import dev.sigrun.spi.memory.OffHeap;
import java.util.Arrays;

/**
 * Owner thread only, but for reading an image. The items of the list as a heap, the lowest one in
 * front. Names of items are off the heap, and shared with images.
 *
 * <p>An item is lower than another by its count, then by its fingerprint, then by its name: so
 * which one is in front does not depend on the order in which they came.
 */
final class Ranking {
    private static final int SLOTS_FIRST = 16;
    private static final int SLOT_BYTES = 3 * Integer.BYTES + 40;

    private final int places;
    private Block[] names;
    private int[] lengths;
    private int[] prints;
    private int[] counts;
    private int used;

    /** An empty list for so many items. */
    Ranking(int places) {
        this(places, Math.min(places, SLOTS_FIRST));
    }

    private Ranking(int places, int slots) {
        this.places = places;
        this.names = new Block[slots];
        this.lengths = new int[slots];
        this.prints = new int[slots];
        this.counts = new int[slots];
    }

    int places() {
        return places;
    }

    int used() {
        return used;
    }

    long count(int index) {
        return Integer.toUnsignedLong(counts[index]);
    }

    int print(int index) {
        return prints[index];
    }

    int length(int index) {
        return lengths[index];
    }

    /** Address of a name; empty names have one of no meaning. */
    long address(int index) {
        return names[index].address();
    }

    byte[] name(int index) {
        byte[] name = new byte[lengths[index]];
        Raw.copyOut(address(index), name, 0, name.length);
        return name;
    }

    /** The smallest count in the list; 0 while there is room. */
    long smallest() {
        return used < places ? 0 : count(0);
    }

    /** Where an item is; -1 when it is not in the list. */
    int find(int print, long address, int length) {
        for (int i = 0; i < used; i++) {
            if (prints[i] == print
                    && lengths[i] == length
                    && Raw.equal(address(i), address, length)) {
                return i;
            }
        }
        return -1;
    }

    /** An item of the list has a count that is not smaller. */
    void raise(int index, long count) {
        counts[index] = (int) count;
        sink(index);
    }

    /**
     * Takes an item that is not in the list, while there is room.
     *
     * @param name its name, whose hold goes over
     */
    void append(Block name, int length, int print, long count) {
        if (used == names.length) {
            int more = Math.min(places, used * 2);
            names = Arrays.copyOf(names, more);
            lengths = Arrays.copyOf(lengths, more);
            prints = Arrays.copyOf(prints, more);
            counts = Arrays.copyOf(counts, more);
        }
        set(used, name, length, print, count);
        int index = used++;
        while (index > 0 && isBelow(index, (index - 1) / 2)) {
            swap(index, (index - 1) / 2);
            index = (index - 1) / 2;
        }
    }

    /** Replaces the item in front by another one, whose count is not smaller. */
    void replaceFirst(Block name, int length, int print, long count) {
        set(0, name, length, print, count);
        sink(0);
    }

    private void set(int index, Block name, int length, int print, long count) {
        names[index] = name;
        lengths[index] = length;
        prints[index] = print;
        counts[index] = (int) count;
    }

    private boolean isBelow(int one, int other) {
        return compare(one, other) < 0;
    }

    private int compare(int one, int other) {
        int byCount = Integer.compareUnsigned(counts[one], counts[other]);
        if (byCount != 0) {
            return byCount;
        }
        int byPrint = Integer.compareUnsigned(prints[one], prints[other]);
        return byPrint != 0
                ? byPrint
                : Raw.compare(address(one), lengths[one], address(other), lengths[other]);
    }

    private void sink(int from) {
        int index = from;
        while (true) {
            int child = 2 * index + 1;
            if (child >= used) {
                return;
            }
            if (child + 1 < used && isBelow(child + 1, child)) {
                child++;
            }
            if (!isBelow(child, index)) {
                return;
            }
            swap(index, child);
            index = child;
        }
    }

    private void swap(int one, int other) {
        Block name = names[one];
        int length = lengths[one];
        int print = prints[one];
        int count = counts[one];
        set(one, names[other], lengths[other], prints[other], count(other));
        set(other, name, length, print, count);
    }

    /** Positions from the lowest item to the highest. */
    int[] order() {
        Integer[] order = new Integer[used];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, this::compare);
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    Ranking share() {
        Ranking twin = new Ranking(places, names.length);
        for (int i = 0; i < used; i++) {
            twin.set(i, names[i].hold(), lengths[i], prints[i], count(i));
        }
        twin.used = used;
        return twin;
    }

    /** The name in front, which the caller releases. */
    Block first() {
        return names[0];
    }

    void free(OffHeap memory) {
        while (used > 0) {
            used--;
            names[used].release(memory);
            names[used] = null;
        }
    }

    long memoryUsage(OffHeap memory) {
        long bytes = (long) names.length * SLOT_BYTES;
        for (int i = 0; i < used; i++) {
            bytes += memory.usableBytes(names[i].bytes());
        }
        return bytes;
    }
}

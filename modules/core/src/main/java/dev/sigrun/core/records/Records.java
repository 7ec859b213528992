// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.records;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.Memory;

/**
 * Records of 32 bytes in one block off the heap, to be collected, sorted and read. Owner thread
 * only; one object serves all commands, from {@link #open} to {@link #close}.
 *
 * <p>What a record holds is its user's affair. Sorting is by merging, so it takes n log n
 * comparisons whatever a client has put there, and keeps the order of equals; it needs a second
 * block of the same size.
 */
public final class Records {
    /** Bytes of a record. */
    public static final int RECORD_BYTES = 32;

    private static final int FIRST_CAPACITY = 32;

    /** Runs of this many records are sorted by insertion, before they are merged. */
    private static final int RUN = 8;

    private final Blocks memory;
    private long block;
    private int capacity;
    private int size;

    /** Makes a collection whose block comes from {@code memory}. */
    public Records(Blocks memory) {
        this.memory = memory;
    }

    /** Begins with no records. */
    public void open() {
        capacity = FIRST_CAPACITY;
        block = memory.allocate((long) capacity * RECORD_BYTES);
        size = 0;
    }

    /** Gives the block back; nothing happens when there is none. */
    public void close() {
        if (block != 0) {
            memory.free(block, (long) capacity * RECORD_BYTES);
            block = 0;
            size = 0;
        }
    }

    /** Number of records. */
    public int size() {
        return size;
    }

    /**
     * Adds a record, with undefined content.
     *
     * @return its address, valid until another one is added
     */
    public long add() {
        if (size == capacity) {
            int wanted = Math.multiplyExact(capacity, 2);
            block =
                    memory.resize(
                            block, (long) capacity * RECORD_BYTES, (long) wanted * RECORD_BYTES);
            capacity = wanted;
        }
        size++;
        return at(size - 1);
    }

    /** The address of a record, valid until another one is added. */
    public long at(int index) {
        return block + (long) index * RECORD_BYTES;
    }

    /**
     * Sorts the records, or as many of the first as are wanted; the others are dropped.
     *
     * @param wanted how many to keep at most
     */
    public void sort(RecordOrder order, int wanted) {
        // Looking all of them over for the few first ones is quicker than to sort them.
        if (wanted < size / 4) {
            keepFirst(order, wanted);
        }
        if (size > 1) {
            mergeSort(order);
        }
        size = Math.min(size, wanted);
    }

    /** Keeps the first few records, of which the last one is always at the top of a heap. */
    private void keepFirst(RecordOrder order, int wanted) {
        if (wanted > 0) {
            for (int i = wanted / 2 - 1; i >= 0; i--) {
                sift(order, i, wanted);
            }
            for (int i = wanted; i < size; i++) {
                if (order.compare(at(i), block) < 0) {
                    copy(at(i), block);
                    sift(order, 0, wanted);
                }
            }
        }
        size = wanted;
    }

    private void sift(RecordOrder order, int index, int count) {
        int at = index;
        int child = 2 * at + 1;
        while (child < count) {
            if (child + 1 < count && order.compare(at(child), at(child + 1)) < 0) {
                child++;
            }
            if (order.compare(at(at), at(child)) >= 0) {
                return;
            }
            swap(at(at), at(child));
            at = child;
            child = 2 * at + 1;
        }
    }

    private void mergeSort(RecordOrder order) {
        for (int from = 0; from < size; from += RUN) {
            sortRun(order, from, Math.min(from + RUN, size));
        }
        if (size <= RUN) {
            return;
        }
        long source = block;
        long target = memory.allocate((long) capacity * RECORD_BYTES);
        for (long width = RUN; width < size; width *= 2) {
            for (long from = 0; from < size; from += 2 * width) {
                long middle = Math.min(from + width, size);
                long end = Math.min(from + 2 * width, size);
                merge(order, source, target, from, middle, end);
            }
            long sorted = target;
            target = source;
            source = sorted;
        }
        block = source;
        memory.free(target, (long) capacity * RECORD_BYTES);
    }

    private void sortRun(RecordOrder order, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            for (int j = i; j > from && order.compare(at(j - 1), at(j)) > 0; j--) {
                swap(at(j - 1), at(j));
            }
        }
    }

    private static void merge(
            RecordOrder order, long source, long target, long from, long middle, long end) {
        long left = source + from * RECORD_BYTES;
        long leftEnd = source + middle * RECORD_BYTES;
        long right = leftEnd;
        long rightEnd = source + end * RECORD_BYTES;
        long to = target + from * RECORD_BYTES;
        while (left < leftEnd && right < rightEnd) {
            if (order.compare(left, right) <= 0) {
                copy(left, to);
                left += RECORD_BYTES;
            } else {
                copy(right, to);
                right += RECORD_BYTES;
            }
            to += RECORD_BYTES;
        }
        Memory.copy(left, to, leftEnd - left);
        Memory.copy(right, to + (leftEnd - left), rightEnd - right);
    }

    private static void copy(long source, long target) {
        long a = Memory.getLong(source);
        long b = Memory.getLong(source + 8);
        long c = Memory.getLong(source + 16);
        long d = Memory.getLong(source + 24);
        Memory.putLong(target, a);
        Memory.putLong(target + 8, b);
        Memory.putLong(target + 16, c);
        Memory.putLong(target + 24, d);
    }

    private static void swap(long one, long other) {
        long a = Memory.getLong(one);
        long b = Memory.getLong(one + 8);
        long c = Memory.getLong(one + 16);
        long d = Memory.getLong(one + 24);
        copy(other, one);
        Memory.putLong(other, a);
        Memory.putLong(other + 8, b);
        Memory.putLong(other + 16, c);
        Memory.putLong(other + 24, d);
    }
}

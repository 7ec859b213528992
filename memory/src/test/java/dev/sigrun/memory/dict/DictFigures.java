// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;

/**
 * Prints how many bytes an element takes and, roughly, how much processor time operations on it
 * take. To be run by hand, without the checked mode; what it printed last stands in the package's
 * description.
 */
public final class DictFigures {
    private static final int TEXT_BYTES = 16;

    private final Allocator allocator = new Allocator();
    private final Item key = new Item();
    private final Item value = new Item();
    private final int size;
    private final long texts;
    private final int[] order;

    private DictFigures(int size) {
        this.size = size;
        texts = new Allocator().allocate((long) size * TEXT_BYTES + TEXT_BYTES);
        order = new int[size];
        SplittableRandom random = new SplittableRandom(1);
        for (long at = 0; at <= (long) size * TEXT_BYTES; at += 8) {
            Memory.putLong(texts + at, random.nextLong());
        }
        for (int index = 0; index < size; index++) {
            int other = random.nextInt(index + 1);
            order[index] = order[other];
            order[other] = index;
        }
    }

    /** What stands for the element with a number. */
    private interface Source {
        void set(int index);
    }

    /** Prints figures for some sizes. */
    public static void main(String[] arguments) {
        // The first three only let the compiler see what is usual.
        for (int size : new int[] {3000, 200_000, 200_000, 1000, 10_000, 100_000, 1_000_000}) {
            DictFigures figures = new DictFigures(size);
            figures.measure("16 random bytes", 1, figures::text);
            figures.measure("8-digit integers", 1, figures::integer);
            figures.measure("16 + 16 bytes", 2, figures::pair);
        }
    }

    private void text(int index) {
        key.bytes(texts + (long) index * TEXT_BYTES, TEXT_BYTES);
    }

    private void integer(int index) {
        key.integer(10_000_000L + index * 89L % 90_000_000);
    }

    private void pair(int index) {
        text(index);
        value.bytes(texts + (long) order[index] * TEXT_BYTES, TEXT_BYTES);
    }

    private void measure(String title, int stride, Source source) {
        Dict dict = new Dict(allocator, stride, 1, 2);
        long root = allocator.allocate(Dict.ROOT_BYTES);
        long before = allocator.usedBytes();
        dict.create(root);
        long start = now();
        for (int index = 0; index < size; index++) {
            source.set(index);
            if (stride == 1) {
                dict.add(root, key);
            } else {
                dict.put(root, key, value);
            }
        }
        double added = nanosEach(start);
        double bytes = (double) (allocator.usedBytes() - before) / size;
        start = now();
        int found = 0;
        for (int index = 0; index < size; index++) {
            source.set(order[index]);
            found += dict.find(root, key) == 0 ? 0 : 1;
        }
        double looked = nanosEach(start);
        SplittableRandom random = new SplittableRandom(2);
        start = now();
        for (int index = 0; index < size; index++) {
            dict.random(root, random);
        }
        double picked = nanosEach(start);
        start = now();
        for (int index = 0; index < size; index++) {
            source.set(order[index]);
            dict.remove(root, key);
        }
        double removed = nanosEach(start);
        System.out.printf(
                "%,9d of %-17s %5.1f bytes; ns: add %4.0f find %4.0f random %4.0f"
                        + " remove %4.0f%s%n",
                size,
                title,
                bytes,
                added,
                looked,
                picked,
                removed,
                found == size && allocator.usedBytes() - before <= 32 ? "" : " WRONG");
        dict.free(root);
        allocator.free(root, Dict.ROOT_BYTES);
    }

    /** The thread's own time, so that other work on the machine does not count. */
    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private double nanosEach(long start) {
        return (double) (now() - start) / size;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;

/**
 * Prints how many bytes a member takes and, roughly, how much processor time operations on it take.
 * To be run by hand, without the checked mode; what it printed last stands in the package's
 * description.
 */
public final class SortedFigures {
    private static final int MEMBER_BYTES = 16;

    private final Allocator allocator = new Allocator();
    private final SortedMembers sets = new SortedMembers(allocator, 1, 2);
    private final int size;
    private final long texts;
    private final double[] scores;
    private final int[] order;

    private SortedFigures(int size, boolean inOrder) {
        this.size = size;
        texts = new Allocator().allocate((long) size * MEMBER_BYTES + MEMBER_BYTES);
        order = new int[size];
        scores = new double[size];
        SplittableRandom random = new SplittableRandom(1);
        for (long at = 0; at < (long) size * MEMBER_BYTES; at += 8) {
            Memory.putLong(texts + at, random.nextLong());
        }
        for (int index = 0; index < size; index++) {
            int other = random.nextInt(index + 1);
            order[index] = order[other];
            order[other] = index;
            scores[index] = inOrder ? index : random.nextDouble();
        }
    }

    /** Prints figures for some sizes. */
    public static void main(String[] arguments) {
        // The first three only let the compiler see what is usual.
        for (int size : new int[] {3000, 200_000, 200_000, 1000, 10_000, 100_000, 1_000_000}) {
            new SortedFigures(size, false).measure("random scores");
            new SortedFigures(size, true).measure("scores in order");
        }
    }

    private boolean find(long root, int index) {
        return sets.find(root, texts + (long) index * MEMBER_BYTES, MEMBER_BYTES);
    }

    private void measure(String title) {
        long root = allocator.allocate(SortedMembers.ROOT_BYTES);
        long before = allocator.usedBytes();
        SortedMembers.init(root);
        long start = now();
        for (int i = 0; i < size; i++) {
            find(root, i);
            sets.add(root, scores[i]);
        }
        double added = nanosEach(start);
        double bytes = (double) (allocator.usedBytes() - before) / size;
        start = now();
        double sum = 0;
        for (int i = 0; i < size; i++) {
            find(root, order[i]);
            sum += sets.score();
        }
        double looked = nanosEach(start);
        start = now();
        long ranks = 0;
        for (int i = 0; i < size; i++) {
            find(root, order[i]);
            ranks += sets.rank(root);
        }
        double ranked = nanosEach(start);
        start = now();
        MemberCursor cursor = new MemberCursor();
        cursor.seek(root, 0);
        long seen = 0;
        do {
            seen += Memory.getByte(cursor.member()) == 0 ? 1 : cursor.length() / MEMBER_BYTES;
        } while (cursor.next());
        double walked = nanosEach(start);
        start = now();
        for (int i = 0; i < size; i++) {
            find(root, order[i]);
            sets.update(root, scores[i]);
        }
        double moved = nanosEach(start);
        start = now();
        for (int i = 0; i < size / 2; i++) {
            find(root, order[i]);
            sets.remove(root);
        }
        double removed = nanosEach(start) * 2;
        start = now();
        while (SortedMembers.size(root) > 200) {
            sets.removeRange(root, 50, 150);
        }
        double cut = nanosEach(start) * 2;
        boolean right = seen == size && ranks == (long) size * (size - 1) / 2 && sum != 0;
        System.out.printf(
                "%,9d %-15s %5.1f bytes; ns: add %4.0f score %4.0f rank %4.0f walk %3.0f"
                        + " move %4.0f remove %4.0f range %4.0f%s%n",
                size,
                title,
                bytes,
                added,
                looked,
                ranked,
                walked,
                moved,
                removed,
                cut,
                right ? "" : " WRONG");
        sets.free(root);
        allocator.free(root, SortedMembers.ROOT_BYTES);
    }

    /** The thread's own time, so that other work on the machine does not count. */
    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private double nanosEach(long start) {
        return (double) (now() - start) / size;
    }
}

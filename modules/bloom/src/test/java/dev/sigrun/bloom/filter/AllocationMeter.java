// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures what a piece of code allocates on the heap once it is warm. */
public final class AllocationMeter {
    private static final int WARM_UP = 100_000;
    private static final int MEASURED = 10_000;

    private AllocationMeter() {}

    /** A piece of code; its result is used, so that it is not optimised away. */
    @FunctionalInterface
    public interface Work {
        long run() throws Exception;
    }

    /** Fails when {@code work} allocates. */
    public static void assertNothing(Work work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long result = repeat(work, WARM_UP);
        long least = Long.MAX_VALUE;
        // The meter itself and a late compilation may allocate; a leak would show each time.
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            result += repeat(work, MEASURED);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least / MEASURED, "bytes for each call; result " + result);
    }

    private static long repeat(Work work, int times) {
        long result = 0;
        try {
            for (int i = 0; i < times; i++) {
                result += work.run();
            }
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
        return result;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** IO threads come with the load and go when it has gone. */
final class LoopScaleTest {
    private static final long TICK_NANOS = 100_000_000;
    private static final int MOST = 4;

    private final LoopScale scale = new LoopScale();
    private int active;

    /** Lets time pass with a load, in processors, of the owner and of all IO threads. */
    private void run(int ticks, double owner, double others) {
        for (int i = 0; i < ticks; i++) {
            long ownerNanos = (long) (owner * TICK_NANOS);
            long othersNanos = (long) (others * TICK_NANOS);
            active = scale.decide(active, MOST, TICK_NANOS, ownerNanos, othersNanos);
        }
    }

    @Test
    void anOwnerWithTimeToSpareReadsAndWritesItself() {
        run(100, 0.7, 0);
        assertEquals(0, active);
    }

    @Test
    void aBusyOwnerGetsHelpWithinASecond() {
        run(5, 0.9, 0);
        assertEquals(1, active);
    }

    @Test
    void aPeakThatIsOverSoonChangesNothing() {
        run(2, 1, 0);
        run(3, 0.2, 0);
        assertEquals(0, active);
    }

    @Test
    void busyThreadsGetHelpOneByOne() {
        run(5, 1, 0);
        run(5, 1, 0.9);
        assertEquals(2, active);
        run(5, 1, 1.9);
        assertEquals(3, active);
        run(5, 1, 2.9);
        assertEquals(4, active);
        run(50, 1, 3.9);
        assertEquals(4, active);
    }

    @Test
    void moreThreadsAreOfNoUseWhenTheOwnerIsTheBottleneck() {
        run(5, 1, 0);
        run(100, 1, 0.7);
        assertEquals(1, active);
    }

    @Test
    void aSteadyLoadKeepsASteadyNumber() {
        run(5, 0.8, 0);
        run(100, 0.4, 0.4);
        assertEquals(1, active);
        run(5, 0.9, 0.8);
        run(100, 0.9, 1.2);
        assertEquals(2, active);
    }

    @Test
    void allThreadsGoWhenTheLoadHasGone() {
        active = MOST;
        run(10, 0, 0);
        assertEquals(3, active);
        run(30, 0, 0);
        assertEquals(0, active);
    }

    @Test
    void nothingGoesSoonAfterAnythingHasCome() {
        run(5, 1, 0);
        run(5, 0, 0);
        assertEquals(1, active);
        run(5, 0, 0);
        assertEquals(0, active);
    }
}

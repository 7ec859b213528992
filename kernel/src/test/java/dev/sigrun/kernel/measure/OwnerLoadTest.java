// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class OwnerLoadTest {
    private static final long SECOND = 1_000_000_000;
    private static final long PERIOD = SECOND / 100;

    private final OwnerLoad load = new OwnerLoad();
    private long now = 1000 * SECOND;

    private void tick(long afterNanos) {
        now += afterNanos;
        load.tick(now, PERIOD);
    }

    @Test
    void ticksThatComeOnTimeAreNoLag() {
        for (int i = 0; i < 500; i++) {
            tick(PERIOD);
        }
        assertEquals(0, load.lagMaxNanos());
    }

    @Test
    void theLagIsHowLateATickComes() {
        tick(PERIOD);
        tick(PERIOD + 300_000_000);
        assertEquals(300_000_000, load.lagMaxNanos());
        tick(SECOND);
        assertEquals(300_000_000, load.lagNanos());
    }

    @Test
    void whatIsOlderThanAMinuteIsForgotten() {
        tick(PERIOD);
        tick(PERIOD + 300_000_000);
        load.command("keys", 5);
        for (int i = 0; i < 6100; i++) {
            tick(PERIOD);
        }
        assertEquals(0, load.lagMaxNanos());
        assertEquals("", load.longestCommand());
        assertEquals(0, load.longestCommandNanos());
    }

    @Test
    void theLongestCommandOfTheLastMinuteIsNamed() {
        load.command("keys", 5);
        tick(SECOND);
        load.command("sort", 9);
        load.command("get", 1);
        tick(SECOND);
        load.command("set", 7);
        assertEquals("sort", load.longestCommand());
        assertEquals(9, load.longestCommandNanos());
    }
}

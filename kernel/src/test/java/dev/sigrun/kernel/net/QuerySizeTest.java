// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A query buffer is as large as it must be and not much longer than it must. */
final class QuerySizeTest {
    private static final int MIB = 1 << 20;

    private final QuerySize size = new QuerySize();

    @Test
    void thereIsAlwaysRoomForARead() {
        assertEquals(QuerySize.STEP + 20, QuerySize.roomy(20, 0, MIB));
        assertEquals(QuerySize.STEP + 20, QuerySize.roomy(20, 500, MIB));
    }

    @Test
    void whoHasBegunARequestTakesLittle() {
        assertEquals(20 + 256, QuerySize.waiting(20, 0, MIB));
        assertEquals(20 + 1000, QuerySize.waiting(20, 1000, MIB));
    }

    @Test
    void anAnnouncementIsBelievedToAPoint() {
        assertEquals(20 + 1_000_000, QuerySize.roomy(20, 1_000_000, MIB));
        assertEquals(20 + MIB, QuerySize.roomy(20, 512L << 20, MIB));
        assertEquals(10 * MIB, QuerySize.roomy(5 * MIB, 512L << 20, MIB));
        assertEquals(Integer.MAX_VALUE - 64, QuerySize.roomy(1 << 30, 1L << 31, MIB));
    }

    @Test
    void aRequestOfManySmallArgumentsIsSeldomMoved() {
        int moves = 0;
        int capacity = QuerySize.STEP;
        for (int used = QuerySize.STEP; used < 64 * MIB; used += QuerySize.STEP) {
            if (capacity - used < QuerySize.STEP) {
                capacity = QuerySize.roomy(used, 20, MIB);
                moves++;
            }
        }
        assertTrue(moves < 30, "moved " + moves + " times");
        assertTrue(capacity <= 80 * MIB, "has " + capacity + " bytes");
    }

    @Test
    void manyAreBelievedLessThanFew() {
        assertEquals(MIB, QuerySize.trust(0));
        assertEquals(MIB, QuerySize.trust(16));
        assertEquals(MIB / 2, QuerySize.trust(32));
        assertEquals(QuerySize.STEP, QuerySize.trust(10_000));
    }

    @Test
    void anIdleBufferKeepsOnlyWhatIsInIt() {
        size.filled(36);
        for (int i = 0; i < 20; i++) {
            assertEquals(MIB, size.afterTick(MIB, 36, MIB - 36, MIB));
        }
        assertEquals(36, size.afterTick(MIB, 36, MIB - 36, MIB));
    }

    @Test
    void aBusyBufferShrinksToItsRecentNeed() {
        size.filled(400_000);
        assertEquals(400_000, size.afterTick(400_000, 0, 0, MIB));
        size.filled(100);
        assertEquals(QuerySize.STEP + 100, size.afterTick(400_000, 0, 0, MIB));
        size.filled(100);
        assertEquals(QuerySize.STEP + 100, size.afterTick(QuerySize.STEP + 100, 0, 0, MIB));
    }
}

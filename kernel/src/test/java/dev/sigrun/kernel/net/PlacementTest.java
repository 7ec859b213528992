// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections are spread evenly, and none comes to a loop that ends. */
final class PlacementTest {
    private final Loops loops = new Loops(Transports.choose("nio"), thread -> 0);
    private final List<LoopState> states = new ArrayList<>();

    PlacementTest() {
        for (int i = 0; i < 3; i++) {
            states.add(new LoopState(loops.newLoop("test"), loops.allocator(), false, true));
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        for (LoopState state : states) {
            state.loop().shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
        loops.shutdown();
    }

    private int[] spread(Placement placement, LoopState from, int connections) {
        int[] counts = new int[states.size()];
        for (int i = 0; i < connections; i++) {
            counts[states.indexOf(placement.place(from))]++;
        }
        return counts;
    }

    @Test
    void whoComesFromElsewhereIsSpreadEvenly() {
        int[] counts = spread(new Placement(states), loops.owner(), 30);
        assertEquals(10, counts[0]);
        assertEquals(10, counts[1]);
        assertEquals(10, counts[2]);
    }

    @Test
    void whoIsInAGoodPlaceStays() {
        Placement placement = new Placement(states);
        for (int i = 0; i < 10; i++) {
            for (LoopState state : states) {
                assertSame(state, placement.place(state));
            }
        }
    }

    @Test
    void whoIsInACrowdGoes() {
        int[] counts = spread(new Placement(states), states.get(1), 30);
        assertEquals(10, counts[0]);
        assertEquals(10, counts[1]);
    }

    @Test
    void thePlaceOfWhoHasGoneIsFilledFirst() {
        Placement placement = new Placement(states);
        spread(placement, loops.owner(), 30);
        placement.leave(states.get(2));
        placement.leave(states.get(2));
        assertSame(states.get(2), placement.place(loops.owner()));
        assertSame(states.get(2), placement.place(loops.owner()));
    }

    @Test
    void aLoopEndsWhenItIsClosedAndTheLastOneHasLeft() {
        LoopMembers members = new LoopMembers();
        assertTrue(members.enter());
        assertTrue(members.enter());
        assertFalse(members.leave());
        members.close();
        assertFalse(members.isOver());
        assertFalse(members.enter());
        assertFalse(members.isOver());
        assertTrue(members.leave());
        assertTrue(members.isOver());
        assertEquals(0, members.count());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The loops that connections go to for now. A connection looks for its place when it is next
 * active, so who is idle costs nothing; and those that are active are spread evenly, since nobody
 * else is counted. Any thread: two that choose at once may see the same count, which leaves the
 * spread a little uneven and does no other harm.
 */
final class Placement {
    private final LoopState[] loops;
    private final AtomicIntegerArray placed;

    Placement(List<LoopState> loops) {
        this.loops = loops.toArray(new LoopState[0]);
        this.placed = new AtomicIntegerArray(this.loops.length);
    }

    /**
     * Finds the place of a connection, which counts there from now on.
     *
     * @param present the loop that it is on, and stays on if there is no better one
     */
    LoopState place(LoopState present) {
        int best = Math.max(indexOf(present), 0);
        for (int i = 0; i < loops.length; i++) {
            if (placed.get(i) < placed.get(best)) {
                best = i;
            }
        }
        placed.incrementAndGet(best);
        return loops[best];
    }

    /** A connection that was placed has gone. */
    void leave(LoopState loop) {
        int index = indexOf(loop);
        if (index >= 0) {
            placed.decrementAndGet(index);
        }
    }

    private int indexOf(LoopState loop) {
        for (int i = 0; i < loops.length; i++) {
            if (loops[i] == loop) {
                return i;
            }
        }
        return -1;
    }
}

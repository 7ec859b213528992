// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections are on a loop or on their way to it, and whether more may come. Any thread.
 *
 * <p>A loop may end when it is closed and empty. Who enters counts first and looks at the door
 * then; who closes the door looks at the count then: so one of the two sees the other, and nobody
 * is on the way to a loop that has ended.
 */
final class LoopMembers {
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closed;

    /** Comes in, unless the loop takes nobody any more. */
    boolean enter() {
        count.incrementAndGet();
        if (closed) {
            leave();
            return false;
        }
        return true;
    }

    /**
     * Goes.
     *
     * @return whether the loop now waits for nothing but its end
     */
    boolean leave() {
        return count.decrementAndGet() == 0 && closed;
    }

    int count() {
        return count.get();
    }

    /** Takes nobody from now on; on the owner. */
    void close() {
        closed = true;
    }

    /** Whether nobody is taken any more. */
    boolean isClosed() {
        return closed;
    }

    /** Whether nobody is here and nobody will come. */
    boolean isOver() {
        return closed && count.get() == 0;
    }
}

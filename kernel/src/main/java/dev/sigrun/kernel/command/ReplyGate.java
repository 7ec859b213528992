// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps replies from leaving the server before that lies on the disk which they acknowledge or
 * show. Who writes the append-only file says how far its content reaches and how far it is safe;
 * while the one is beyond the other the gate is closed, and what a loop would send waits until
 * everything is safe that had been written by then. Where nobody asks for this nothing is ever
 * written, and the gate stands open. Any thread, where not said otherwise.
 */
public final class ReplyGate {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private volatile long written;
    private volatile long safe;
    private Runnable hurry = () -> {};

    /** Makes one that stands open. */
    public ReplyGate() {}

    /** Whether something has been written that is not safe yet. */
    public boolean isClosed() {
        // In this order: what is safe may grow in between, and never beyond what was written.
        return written > safe;
    }

    /** How far the content reaches. */
    public long written() {
        return written;
    }

    /** How far the content is safe. */
    public long safe() {
        return safe;
    }

    /** Says that the content reaches farther. Owner thread only. */
    public void written(long position) {
        written = position;
    }

    /** Says that the content is safe up to a position, and wakes those who wait. */
    public void safe(long position) {
        if (position <= safe) {
            return;
        }
        safe = position;
        while (true) {
            Runnable next;
            synchronized (waiting) {
                next = waiting.poll();
            }
            if (next == null) {
                return;
            }
            next.run();
        }
    }

    /**
     * Asks to be woken once when more has become safe. Who asks looks at the gate again afterwards,
     * since that may have happened just before.
     *
     * @param wake called on some thread; must only pass the word on
     */
    public void await(Runnable wake) {
        synchronized (waiting) {
            waiting.add(wake);
        }
    }

    /** Sets what makes all content leave for the disk at once. Owner thread only. */
    public void hurry(Runnable newHurry) {
        hurry = newHurry;
    }

    /**
     * There are replies that wait: what has been written should go to the disk now. On the owner.
     */
    public void hurry() {
        hurry.run();
    }
}

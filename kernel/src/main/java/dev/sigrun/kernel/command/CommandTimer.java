// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.base.Clock;

/**
 * Measures how long commands take. The clock is read once for a run of the same quick command, and
 * each command of the run gets an equal share. A command that waits is measured over all its
 * attempts, without the time in between, and counts when it is done. Owner thread only.
 */
final class CommandTimer {
    private final Clock clock;
    private final CommandWatch watch;
    private boolean keepsHistograms = true;
    private Command timed;
    private long sinceNanos;
    private long calls;

    CommandTimer(Clock clock, CommandWatch watch) {
        this.clock = clock;
        this.watch = watch;
    }

    /** Sets {@code latency-tracking}. */
    void keepHistograms(boolean yes) {
        keepsHistograms = yes;
    }

    /** A command begins. */
    void begin(Command command) {
        if (command != timed || !command.isQuick) {
            flush();
            timed = command;
            sinceNanos = clock.nanos();
        }
        calls++;
    }

    /**
     * A command goes on that has waited; it runs by itself, not among others.
     *
     * @param earlierNanos what its earlier attempts took
     */
    void goOn(Command command, long earlierNanos) {
        flush();
        timed = command;
        sinceNanos = clock.nanos() - earlierNanos;
        calls = 1;
    }

    /**
     * The command that has begun last waits and does not count yet.
     *
     * @return how long it took so far
     */
    long putOff() {
        long nanos = clock.nanos() - sinceNanos;
        long share = nanos / calls;
        if (calls > 1) {
            count(timed, calls - 1, nanos - share);
        }
        timed = null;
        calls = 0;
        return share;
    }

    /**
     * The command that has begun last has ended, and its own time is wanted. Quick ones before it
     * that were measured together with it are part of that.
     */
    long end() {
        long nanos = clock.nanos() - sinceNanos;
        count(timed, calls, nanos);
        timed = null;
        calls = 0;
        return nanos;
    }

    /** Counts what has ended. */
    void flush() {
        if (timed != null) {
            Command ended = timed;
            long times = calls;
            watch.ended(ended, times, end());
        }
    }

    /** Counts calls of a command. */
    void count(Command command, long times, long nanos) {
        command.calls += times;
        command.nanos += nanos;
        if (keepsHistograms) {
            if (command.latency == null) {
                command.latency = new LatencyHistogram();
            }
            command.latency.add(nanos / times, times);
        }
    }
}

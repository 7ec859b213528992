// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.measure.LatencyMonitor;
import java.util.concurrent.Executor;

/**
 * Tells the latency monitor what took long on the threads that write, under the names that Valkey
 * has for it. Any thread, where not said otherwise.
 */
final class AofLatency {
    private final Clock clock;
    private final Executor owner;
    private volatile long thresholdNanos = Long.MAX_VALUE;
    private volatile boolean isSaving;
    private LatencyMonitor monitor;

    AofLatency(Clock clock, Executor owner) {
        this.clock = clock;
        this.owner = owner;
    }

    /** Says who is told; before that nobody is. Owner thread only. */
    void monitor(LatencyMonitor newMonitor) {
        monitor = newMonitor;
    }

    /**
     * Looks what the threshold is now. Owner thread only.
     *
     * @param savesNow whether a snapshot is being written
     */
    void refresh(boolean savesNow) {
        isSaving = savesNow;
        thresholdNanos = monitor == null ? Long.MAX_VALUE : monitor.thresholdNanos();
    }

    /** Begins to measure something for {@link #end}. */
    long begin() {
        return thresholdNanos == Long.MAX_VALUE ? 0 : clock.nanos();
    }

    /** Something is over. */
    void end(long begin, String event) {
        if (begin != 0) {
            took(event, clock.nanos() - begin);
        }
    }

    /** A write is over, whose circumstances have a name of their own. */
    void endWrite(long begin, boolean isSyncing) {
        if (begin == 0) {
            return;
        }
        long nanos = clock.nanos() - begin;
        if (isSyncing) {
            took("aof-write-pending-fsync", nanos);
        } else {
            took(isSaving ? "aof-write-active-child" : "aof-write-alone", nanos);
        }
        took("aof-write", nanos);
    }

    private void took(String event, long nanos) {
        if (nanos >= thresholdNanos) {
            owner.execute(() -> monitor.sample(event, nanos));
        }
    }
}

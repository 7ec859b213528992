// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.base.ThreadTimes;
import java.util.List;

/** The processor time of loops, which they need not count themselves. Owner thread only. */
final class LoopTimes {
    private final ThreadTimes threads;
    private long lastNanos;
    private long lastOwnerNanos;
    private long lastOthersNanos;
    private long spanNanos;
    private long ownerNanos;
    private long othersNanos;

    LoopTimes(ThreadTimes threads) {
        this.threads = threads;
    }

    /** Nanoseconds that a loop has spent on the processor; 0 when unknown. */
    long nanos(LoopState state) {
        return threads.cpuNanos(state.loop().threadProperties().id());
    }

    /**
     * Measures what has passed since the last call.
     *
     * @return whether there is a result; not the first time, nor when loops have come or gone
     */
    boolean sample(long nowNanos, LoopState owner, List<LoopState> others) {
        long ownerNow = nanos(owner);
        long othersNow = 0;
        for (LoopState other : others) {
            othersNow += nanos(other);
        }
        boolean known = lastNanos != 0 && othersNow >= lastOthersNanos;
        spanNanos = nowNanos - lastNanos;
        ownerNanos = ownerNow - lastOwnerNanos;
        othersNanos = othersNow - lastOthersNanos;
        lastNanos = nowNanos;
        lastOwnerNanos = ownerNow;
        lastOthersNanos = othersNow;
        return known && spanNanos > 0;
    }

    /** Nanoseconds between the last two samples. */
    long spanNanos() {
        return spanNanos;
    }

    /** Processor time of the owner between the last two samples. */
    long ownerNanos() {
        return ownerNanos;
    }

    /** Processor time of the other loops between the last two samples. */
    long othersNanos() {
        return othersNanos;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

/**
 * Decides how many loops read and write for the owner, from the processor time that all of them
 * take. Owner thread only.
 *
 * <p>A hand-off to the owner costs more than it brings while the owner has time to spare, so the
 * first loop comes when the owner is busy for most of the time, and goes when all the work would
 * fill only half of the owner. A further one comes when those that there are have hardly a break,
 * and goes when the others could do its work with time to spare. Between coming and going lies a
 * wide gap, so that a steady load leads to a steady number. Time on the processor rather than time
 * awake is what counts: where other processes keep the owner off the processors, more threads would
 * only compete with it.
 */
final class LoopScale {
    /** Samples that make up one decision: half a second. */
    private static final int SAMPLES = 5;

    /** Nothing is switched off within this time after anything was switched. */
    private static final long COOLDOWN_NANOS = 1_000_000_000;

    private static final double BUSY = 0.75;
    private static final double EASY = 0.5;

    private int samples;
    private long spanNanos;
    private long ownerNanos;
    private long othersNanos;
    private long sinceChangeNanos;

    /**
     * Takes a sample.
     *
     * @param active number of loops besides the owner now
     * @param most how many there may be
     * @param span nanoseconds since the last sample
     * @param owner processor time of the owner in the span
     * @param others processor time of all other loops in the span
     * @return how many there should be from now on
     */
    int decide(int active, int most, long span, long owner, long others) {
        samples++;
        spanNanos += span;
        ownerNanos += owner;
        othersNanos += others;
        sinceChangeNanos += span;
        if (samples < SAMPLES) {
            return active;
        }
        int wanted = wanted(active, most, sinceChangeNanos >= COOLDOWN_NANOS);
        forget();
        if (wanted != active) {
            sinceChangeNanos = 0;
        }
        return wanted;
    }

    private int wanted(int active, int most, boolean mayDrop) {
        double all = Math.max(spanNanos, 1);
        double ownerShare = ownerNanos / all;
        double otherShare = othersNanos / all;
        double busiest = active == 0 ? ownerShare : otherShare / active;
        if (busiest > BUSY) {
            return Math.min(active + 1, most);
        }
        if (active == 0 || !mayDrop) {
            return active;
        }
        double afterDrop = active == 1 ? ownerShare + otherShare : otherShare / (active - 1);
        return afterDrop < EASY ? active - 1 : active;
    }

    /** Begins a new decision. */
    private void forget() {
        samples = 0;
        spanNanos = 0;
        ownerNanos = 0;
        othersNanos = 0;
    }
}

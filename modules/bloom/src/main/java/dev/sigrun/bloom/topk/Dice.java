// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.topk;

/**
 * Owner thread only. Random numbers from a state of 64 bits (SplitMix64 of Steele, Lea and Flood,
 * 2014), and how long one waits for an event.
 */
final class Dice {
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private long state;

    Dice(long state) {
        this.state = state;
    }

    long state() {
        return state;
    }

    /** A number from 0 to 1, the latter excluded. */
    double next() {
        state += STEP;
        long mixed = state;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        mixed ^= mixed >>> 31;
        return (mixed >>> 11) * 0x1.0p-53;
    }

    /**
     * The number of the first of many trials that succeeds, as one draw from the geometric
     * distribution instead of a draw for each trial.
     *
     * @param chance of one trial, above 0
     * @param most trials that there are
     * @return 1 to {@code most}, or more when none of them succeeds
     */
    long firstSuccess(double chance, long most) {
        if (chance >= 1) {
            return 1;
        }
        double trials = Math.floor(Math.log1p(-next()) / Math.log1p(-chance)) + 1;
        return trials > most ? most + 1 : Math.max(1, (long) trials);
    }
}

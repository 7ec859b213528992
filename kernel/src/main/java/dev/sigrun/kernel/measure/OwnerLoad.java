// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.measure;

/**
 * How busy the owner was in the last minute: by how much its clock's ticks came late, which is how
 * long anybody had to wait for it, and which command took longest. Owner thread only.
 */
public final class OwnerLoad {
    private static final int SECONDS = 60;

    private final long[] lagNanos = new long[SECONDS];
    private final long[] commandNanos = new long[SECONDS];
    private final String[] commandNames = new String[SECONDS];
    private long second;
    private int at;
    private long expectedNanos;
    private boolean ticks;
    private long cronNanos;
    private long cronCycles;
    private long cycleNanosMax;

    /**
     * The owner's clock ticks.
     *
     * @param nowNanos when it does
     * @param periodNanos when it should do so again
     */
    public void tick(long nowNanos, long periodNanos) {
        turn(nowNanos / 1_000_000_000);
        if (ticks) {
            lagNanos[at] = Math.max(lagNanos[at], nowNanos - expectedNanos);
        }
        ticks = true;
        expectedNanos = nowNanos + periodNanos;
    }

    private void turn(long now) {
        long steps = Math.min(Math.max(now - second, 0), SECONDS);
        for (long i = 0; i < steps; i++) {
            at = (at + 1) % SECONDS;
            lagNanos[at] = 0;
            commandNanos[at] = 0;
            commandNames[at] = null;
        }
        second = now;
    }

    /** Periodic work took so long. */
    public void cron(long nanos) {
        cronNanos += nanos;
        cycleNanosMax = Math.max(cycleNanosMax, nanos);
    }

    /** Periodic work began another round, of which there are {@code hz} a second. */
    public void cronCycle() {
        cronCycles++;
    }

    /** Time that periodic work has taken. */
    public long cronNanos() {
        return cronNanos;
    }

    /** Rounds of periodic work. */
    public long cronCycles() {
        return cronCycles;
    }

    /** The longest that commands measured together, or periodic work, held the owner. */
    public long cycleNanosMax() {
        return cycleNanosMax;
    }

    /** Zeroes what counts since the start; the last minute stays. */
    public void reset() {
        cronNanos = 0;
        cronCycles = 0;
        cycleNanosMax = 0;
    }

    /** Commands measured together held the owner for so long. */
    public void cycle(long nanos) {
        cycleNanosMax = Math.max(cycleNanosMax, nanos);
    }

    /** A command took so long. */
    public void command(String name, long nanos) {
        if (nanos > commandNanos[at]) {
            commandNanos[at] = nanos;
            commandNames[at] = name;
        }
    }

    /** The longest lag of the last second that is over. */
    public long lagNanos() {
        return lagNanos[(at + SECONDS - 1) % SECONDS];
    }

    /** The longest lag of the last minute. */
    public long lagMaxNanos() {
        long longest = 0;
        for (long nanos : lagNanos) {
            longest = Math.max(longest, nanos);
        }
        return longest;
    }

    private int longest() {
        int found = at;
        for (int i = 0; i < SECONDS; i++) {
            found = commandNanos[i] > commandNanos[found] ? i : found;
        }
        return found;
    }

    /** The name of the command that took longest in the last minute; empty for none. */
    public String longestCommand() {
        String name = commandNames[longest()];
        return name == null ? "" : name;
    }

    /** How long it took. */
    public long longestCommandNanos() {
        return commandNanos[longest()];
    }
}

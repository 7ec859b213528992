// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

/** What {@code CLIENT PAUSE} has stopped, and until when. Owner thread only. */
public final class Pause {
    private long untilMillis;
    private boolean all;

    /**
     * Pauses clients; a longer or wider pause that is in force already stays so.
     *
     * @param endMillis Unix milliseconds
     * @param everything whether reads wait too
     */
    public void begin(long endMillis, boolean everything, long nowMillis) {
        boolean running = isActive(nowMillis);
        untilMillis = running ? Math.max(untilMillis, endMillis) : endMillis;
        all = running && all || everything;
    }

    /** Ends the pause. */
    public void end() {
        untilMillis = 0;
        all = false;
    }

    /** Whether a pause is in force. */
    public boolean isActive(long nowMillis) {
        return untilMillis > nowMillis;
    }

    /** When the pause ends, in Unix milliseconds. */
    public long untilMillis() {
        return untilMillis;
    }

    /** Whether reads wait too. */
    public boolean isAll() {
        return all;
    }

    boolean holds(Command command, long nowMillis) {
        return holds(command.isWrite || command.mayReplicate, nowMillis);
    }

    boolean holds(boolean mayChange, long nowMillis) {
        return isActive(nowMillis) && (all || mayChange);
    }
}

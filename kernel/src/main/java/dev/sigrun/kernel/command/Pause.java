// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import java.util.EnumSet;
import java.util.Set;

/**
 * What {@code CLIENT PAUSE} has stopped, and until when; and what the server has stopped by itself,
 * until it says so. Owner thread only.
 */
public final class Pause {
    /** Why the server itself keeps writes back. */
    public enum Reason {
        /** It ends, and its replicas are to have everything before. */
        SHUTDOWN("shutdown_in_progress"),
        /** A replica takes over, and is to have everything before. */
        FAILOVER("failover_in_progress");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    private long untilMillis;
    private boolean all;

    /**
     * Pauses clients; a longer or wider pause that is in force already stays so.
     *
     * @param endMillis Unix milliseconds
     * @param everything whether reads wait too
     */
    public void begin(long endMillis, boolean everything, long nowMillis) {
        boolean running = untilMillis > nowMillis;
        untilMillis = running ? Math.max(untilMillis, endMillis) : endMillis;
        all = running && all || everything;
    }

    /** Ends the pause that clients have asked for. */
    public void end() {
        untilMillis = 0;
        all = false;
    }

    /** Keeps writes back until {@link #release}, whatever clients ask for. */
    public void hold(Reason reason) {
        reasons.add(reason);
    }

    /** Keeps writes back no longer for this reason. Those who wait have to be told. */
    public void release(Reason reason) {
        reasons.remove(reason);
    }

    /** Whether a pause is in force. */
    public boolean isActive(long nowMillis) {
        return !reasons.isEmpty() || untilMillis > nowMillis;
    }

    /**
     * When the pause ends by itself, in Unix milliseconds; 0 when it does not, and also when there
     * is none.
     */
    public long untilMillis() {
        return reasons.isEmpty() ? untilMillis : 0;
    }

    /** Whether reads wait too. */
    public boolean isAll(long nowMillis) {
        return all && untilMillis > nowMillis;
    }

    /** Why there is a pause, as {@code INFO} shows it. */
    public String reason(long nowMillis) {
        for (Reason reason : reasons) {
            return reason.text;
        }
        return untilMillis > nowMillis ? "client_pause" : "none";
    }

    boolean holds(Command command, long nowMillis) {
        return holds(command.isWrite || command.mayReplicate, nowMillis);
    }

    boolean holds(boolean mayChange, long nowMillis) {
        return isActive(nowMillis) && (mayChange || isAll(nowMillis));
    }
}

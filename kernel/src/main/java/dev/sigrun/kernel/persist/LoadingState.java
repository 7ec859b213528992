// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.load.Load;
import dev.sigrun.kernel.load.LoadEnd;
import java.util.function.LongSupplier;

/**
 * Whether data is being loaded, from wherever: what clients may do meanwhile and what {@code INFO}
 * says of it. Owner thread only.
 */
public final class LoadingState {
    private static final double PERCENT_GUESSED_MAX = 99.99;

    private final Condition condition;
    private final Clock clock;
    private long startMillis;
    private LongSupplier totalBytes = () -> 0;
    private LongSupplier loadedBytes = () -> 0;
    private long usedMemory;
    private long keysLoaded;
    private long keysExpired;

    LoadingState(Condition condition, Clock clock) {
        this.condition = condition;
        this.clock = clock;
    }

    /** How data is being loaded. */
    public Condition.Loading how() {
        return condition.loading();
    }

    /** Whether data is being loaded. */
    public boolean isLoading() {
        return condition.loading() != Condition.Loading.NONE;
    }

    /**
     * Loading begins.
     *
     * @param how what clients may do meanwhile
     * @param totalWanted bytes that there are; 0 when nobody knows
     * @param loadedSoFar bytes that are done
     */
    public void begin(Condition.Loading how, LongSupplier totalWanted, LongSupplier loadedSoFar) {
        condition.loading(how);
        startMillis = clock.unixMillis();
        totalBytes = totalWanted;
        loadedBytes = loadedSoFar;
        usedMemory = 0;
        keysLoaded = 0;
        keysExpired = 0;
    }

    /**
     * Loading begins, or is known better.
     *
     * @param load how far it is; null when that is not known yet
     */
    public void begin(Condition.Loading how, Load load) {
        if (load == null) {
            begin(how, () -> 0, () -> 0);
        } else {
            begin(how, load::bytesTotal, load::bytesRead);
        }
    }

    /** Forgets what the last load has counted, before one that nobody can watch. */
    public void restart() {
        keysLoaded = 0;
        keysExpired = 0;
    }

    /** A file has said what memory its data took. */
    public void usedMemory(long bytes) {
        usedMemory = bytes;
    }

    /** Takes note of what a file held. */
    public void count(LoadEnd end) {
        keysLoaded += end.keys();
        keysExpired += end.keysExpired();
    }

    /** Loading has ended, in whatever way. */
    public void end() {
        condition.loading(Condition.Loading.NONE);
        totalBytes = () -> 0;
        loadedBytes = () -> 0;
    }

    /** When loading began, in Unix seconds. */
    public long startSeconds() {
        return startMillis / 1000;
    }

    /** Bytes that there are; 0 when nobody knows. */
    public long totalBytes() {
        return totalBytes.getAsLong();
    }

    /** Bytes that are done. */
    public long loadedBytes() {
        return loadedBytes.getAsLong();
    }

    /** The memory that the data took where it was written; 0 when nobody knows. */
    public long usedMemory() {
        return usedMemory;
    }

    /** How much is done, in percent. */
    public double percent() {
        if (totalBytes() > 0) {
            return loadedBytes() * 100.0 / totalBytes();
        }
        return usedMemory > 0
                ? Math.min(loadedBytes() * 100.0 / usedMemory, PERCENT_GUESSED_MAX)
                : 0;
    }

    /** How long it will take, in seconds, if it goes on like this. */
    public long etaSeconds() {
        long elapsed = (clock.unixMillis() - startMillis) / 1000;
        if (elapsed == 0) {
            return 1;
        }
        long end = totalBytes() > 0 ? totalBytes() : usedMemory;
        long left = Math.max(1, end - loadedBytes());
        return (long) ((double) elapsed * left / (loadedBytes() + 1));
    }

    /** Keys of the last load that were loaded. */
    public long keysLoaded() {
        return keysLoaded;
    }

    /** Keys of the last load that were left out because their time was over. */
    public long keysExpired() {
        return keysExpired;
    }
}

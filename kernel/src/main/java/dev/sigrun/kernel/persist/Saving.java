// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.OwnParameters;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.config.value.SavePoints.SavePoint;
import dev.sigrun.kernel.snapshot.Snapshot;
import dev.sigrun.kernel.snapshot.SnapshotEnd;
import dev.sigrun.kernel.snapshot.SnapshotPlan;
import dev.sigrun.kernel.snapshot.Snapshots;
import dev.sigrun.kernel.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves all data to the file that {@code dbfilename} names: at once, beside commands, or when the
 * rules of {@code save} say so. Owner thread only; files are written by a thread of the snapshot,
 * but for {@link #save}.
 */
public final class Saving {
    private static final Logger LOG = LoggerFactory.getLogger(Saving.class);

    /** After a failure the rules wait for so long. */
    private static final long RETRY_SECONDS = 5;

    private final Config config;
    private final Store store;
    private final Clock clock;
    private final Snapshots snapshots;
    private final SnapshotHead head;
    private final SaveHost host;
    private final DiskErrors errors;
    private boolean scheduled;
    private boolean failed;
    private long lastSaveSeconds;
    private long lastTrySeconds = -1;
    private long startSeconds;
    private long lastDurationSeconds = -1;
    private long saves;
    private long lastAheadBytes;
    private long files;

    Saving(
            Config config,
            Store store,
            Clock clock,
            Snapshots snapshots,
            SnapshotHead head,
            SaveHost host,
            DiskErrors errors) {
        this.config = config;
        this.store = store;
        this.clock = clock;
        this.snapshots = snapshots;
        this.head = head;
        this.host = host;
        this.errors = errors;
        config.onChange(
                PersistenceParameters.RDB_KEY_SAVE_DELAY,
                () ->
                        snapshots.keyDelayMicros(
                                config.intValue(PersistenceParameters.RDB_KEY_SAVE_DELAY)));
        this.lastSaveSeconds = seconds();
    }

    private long seconds() {
        return clock.unixMillis() / 1000;
    }

    // ---- what there is to know ----

    /** Whether a snapshot is being written that is not for the append-only file. */
    public boolean isUnderWay() {
        return snapshots.active() != null && !host.rewriting().getAsBoolean();
    }

    /** Whether some snapshot is being written. */
    public boolean isBusy() {
        return snapshots.active() != null;
    }

    /** The snapshot that is being written, or null. */
    public Snapshot active() {
        return snapshots.active();
    }

    /** Whether one is to begin as soon as that is possible. */
    public boolean isScheduled() {
        return scheduled;
    }

    /** Whether the last one failed. */
    public boolean hasFailed() {
        return failed;
    }

    /** When data was saved last, or the server started, in Unix seconds. */
    public long lastSaveSeconds() {
        return lastSaveSeconds;
    }

    /** How long the last one in the background took; -1 when there was none. */
    public long lastDurationSeconds() {
        return lastDurationSeconds;
    }

    /** For how long one is being written; -1 when none is. */
    public long durationSeconds() {
        Snapshot active = snapshots.active();
        return active == null || !isUnderWay() ? -1 : seconds() - active.startMillis() / 1000;
    }

    /** How many were begun. */
    public long saves() {
        return saves;
    }

    /** Zeroes the count of those that were begun. */
    public void resetStats() {
        saves = 0;
    }

    /** The most memory that the last one took for what waited to be written. */
    public long lastAheadBytes() {
        return lastAheadBytes;
    }

    /** Whether there are rules when to save. */
    public boolean hasRules() {
        return !config.value(PersistenceParameters.SAVE).isEmpty();
    }

    /** The file that data is saved to. */
    public Path file() {
        return config.directory().resolve(config.text(PersistenceParameters.DBFILENAME));
    }

    // ---- saving ----

    /** How a snapshot of ours looks. */
    public SnapshotPlan plan() {
        return new SnapshotPlan(
                Integer.parseInt(config.choice(OwnParameters.RDB_VERSION)),
                config.booleanValue(PersistenceParameters.RDBCOMPRESSION),
                config.booleanValue(PersistenceParameters.RDBCHECKSUM),
                head::write,
                false,
                null,
                config.intValue(PersistenceParameters.RDB_KEY_SAVE_DELAY));
    }

    private RdbFile target(String temporaryName) {
        return new RdbFile(
                file(),
                temporaryName,
                config.booleanValue(PersistenceParameters.RDB_SAVE_INCREMENTAL_FSYNC));
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    /** Saves now, while nothing else happens; says whether that worked. */
    public boolean save() {
        saves++;
        return saveQuietly();
    }

    /** Saves now without counting it as asked for. */
    boolean saveQuietly() {
        SnapshotEnd end = snapshots.write(plan(), target("temp-" + pid() + ".rdb"));
        if (!end.isComplete()) {
            LOG.warn("Data could not be saved: {}", end.failure().toString());
            return false;
        }
        LOG.info("DB saved on disk");
        store.stats().dirty = 0;
        lastSaveSeconds = seconds();
        failed = false;
        settle();
        return true;
    }

    /**
     * Begins to save beside commands. No snapshot may be under way.
     *
     * @param then hears how it ended, after everybody here
     */
    public void begin(Consumer<SnapshotEnd> then) {
        saves++;
        files++;
        scheduled = false;
        long dirtyBefore = store.stats().dirty;
        startSeconds = seconds();
        lastTrySeconds = startSeconds;
        RdbFile target = target("temp-" + pid() + "-" + files + ".rdb");
        Snapshot _ =
                snapshots.begin(
                        "save",
                        plan(),
                        target,
                        end -> {
                            ended(end, dirtyBefore);
                            then.accept(end);
                        });
        LOG.info("Background saving started by pid {}", pid());
    }

    /** The same when nobody else wants to hear of the end. */
    public void begin() {
        begin(_ -> {});
    }

    private void ended(SnapshotEnd end, long dirtyBefore) {
        long now = seconds();
        if (end.isComplete()) {
            LOG.info("DB saved on disk");
            LOG.info("Background saving terminated with success");
            store.stats().dirty -= dirtyBefore;
            lastSaveSeconds = now;
            failed = false;
        } else if (end.cancelled()) {
            LOG.warn("Background saving terminated by signal 10");
        } else {
            LOG.warn("Background saving error");
            LOG.warn("Data could not be saved: {}", end.failure().toString());
            failed = true;
        }
        lastAheadBytes = end.aheadBytesMax();
        lastDurationSeconds = now - startSeconds;
        settle();
    }

    /** Ends the snapshot that is being written, unless it is for the append-only file. */
    public void cancel() {
        if (isUnderWay()) {
            LOG.info("Killing running RDB child: {}", pid());
            snapshots.active().cancel();
        }
    }

    /** Says whether one is to begin as soon as that is possible. */
    public void schedule(boolean yes) {
        scheduled = yes;
    }

    /** All keys are gone: what was being saved is old, and the empty data takes its place. */
    public void flushed() {
        cancel();
        if (hasRules()) {
            boolean _ = saveQuietly();
        }
    }

    // ---- rules ----

    /** Says what keeps writes from being served, after a change of the configuration too. */
    void settle() {
        errors.snapshotFailed(
                failed
                        && hasRules()
                        && config.booleanValue(PersistenceParameters.STOP_WRITES_ON_BGSAVE_ERROR));
    }

    /** Looks whether it is time to save. */
    void tick() {
        if (isBusy()) {
            return;
        }
        long now = seconds();
        boolean mayTry = !failed || now - lastTrySeconds > RETRY_SECONDS;
        if (scheduled && mayTry) {
            begin();
            return;
        }
        List<SavePoint> rules = config.value(PersistenceParameters.SAVE);
        for (SavePoint rule : rules) {
            if (mayTry
                    && store.stats().dirty >= rule.changes()
                    && now - lastSaveSeconds > rule.seconds()) {
                LOG.info("{} changes in {} seconds. Saving...", rule.changes(), rule.seconds());
                begin();
                return;
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.config.text.Errno;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.snapshot.Snapshot;
import dev.sigrun.kernel.snapshot.SnapshotEnd;
import dev.sigrun.kernel.snapshot.Snapshots;
import java.io.IOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes all data anew as a base, so that the changes up to then are needed no more. The cut is
 * between two commands: what the snapshot does not contain goes to a new file. Owner thread only,
 * but for the steps that it has others do.
 */
final class AofRewrite {
    private static final Logger LOG = LoggerFactory.getLogger(AofRewrite.class);

    private final Aof aof;
    private final AofFolder folder;
    private final AofLatency latency;
    private final AofWriter writer;
    private final Config config;
    private final Owner owner;
    private final Clock clock;
    private final Snapshots snapshots;
    private final Supplier<BaseForm> form;
    private final RewriteLimit limit = new RewriteLimit();
    private Run run;
    private boolean scheduled;
    private boolean lastFailed;
    private long lastSeconds = -1;
    private long rewrites;

    /** One rewrite. */
    private static final class Run {
        private final BaseSink sink;
        private final boolean asRdb;
        private final boolean temporary;
        private final long startMillis;
        private Snapshot snapshot;
        private boolean unwanted;
        private boolean hasNoFile;

        Run(BaseSink sink, boolean asRdb, boolean temporary, long startMillis) {
            this.sink = sink;
            this.asRdb = asRdb;
            this.temporary = temporary;
            this.startMillis = startMillis;
        }
    }

    AofRewrite(
            Aof aof,
            AofFolder folder,
            AofWriter writer,
            Config config,
            Owner owner,
            Clock clock,
            Snapshots snapshots,
            Supplier<BaseForm> form,
            AofLatency latency) {
        this.aof = aof;
        this.latency = latency;
        this.folder = folder;
        this.writer = writer;
        this.config = config;
        this.owner = owner;
        this.clock = clock;
        this.snapshots = snapshots;
        this.form = form;
    }

    boolean isUnderWay() {
        return run != null;
    }

    boolean isScheduled() {
        return scheduled;
    }

    boolean hasLastFailed() {
        return lastFailed;
    }

    long lastSeconds() {
        return lastSeconds;
    }

    long currentSeconds() {
        return run == null ? -1 : (clock.unixMillis() - run.startMillis) / 1000;
    }

    long rewrites() {
        return rewrites;
    }

    /** Zeroes the counts. */
    void resetCounts() {
        rewrites = 0;
        limit.reset();
    }

    RewriteLimit limit() {
        return limit;
    }

    void schedule(boolean yes) {
        scheduled = yes;
    }

    /** Begins when it is due and possible. */
    void tick() {
        if (snapshots.active() != null || run != null) {
            return;
        }
        if (scheduled && !limit.holds(clock.unixMillis())) {
            begin();
        } else if (!scheduled && aof.state() == Aof.State.ON) {
            beginIfGrown();
        }
    }

    private void beginIfGrown() {
        long percent = config.longValue(PersistenceParameters.AUTO_AOF_REWRITE_PERCENTAGE);
        long least = config.longValue(PersistenceParameters.AUTO_AOF_REWRITE_MIN_SIZE);
        long bytes = aof.figures().currentBytes();
        if (percent == 0 || bytes <= least) {
            return;
        }
        long base = Math.max(aof.figures().baseBytes(), 1);
        long growth = bytes * 100 / base - 100;
        if (growth >= percent && !limit.holds(clock.unixMillis())) {
            LOG.info("Starting automatic rewriting of AOF on {}% growth", growth);
            begin();
        }
    }

    /**
     * Begins, at this very moment between two commands.
     *
     * @return false when something else is under way
     */
    boolean begin() {
        if (snapshots.active() != null || run != null) {
            return false;
        }
        boolean waits = aof.state() == Aof.State.WAIT_REWRITE;
        BaseForm base = form.get();
        BaseSink sink =
                new BaseSink(
                        folder,
                        config.booleanValue(PersistenceParameters.AOF_REWRITE_INCREMENTAL_FSYNC),
                        base.isRdb(),
                        base.head());
        Run next = new Run(sink, base.isRdb(), waits, clock.unixMillis());
        run = next;
        scheduled = false;
        rewrites++;
        aof.cut();
        boolean writes = aof.state() != Aof.State.OFF;
        writer.submit(() -> change(next, writes));
        next.snapshot = snapshots.begin("aof-rewrite", base.plan(), sink, end -> ended(next, end));
        LOG.info(
                "Background append only file rewriting started by pid {}",
                ProcessHandle.current().pid());
        return true;
    }

    /** Changes from here on go to another file. On the thread that writes. */
    private void change(Run of, boolean writes) {
        try {
            folder.create();
            folder.ensureRead();
            if (!writes) {
                return;
            }
            if (of.temporary) {
                writer.open(folder.open(folder.temporaryIncr(), true));
                LOG.info(
                        "Creating AOF incr file {} on background rewrite",
                        folder.temporaryIncrName());
                return;
            }
            Manifest next = folder.manifest().withIncr(folder.prefix());
            Disk.Appending file = folder.open(next.last().in(folder.path()), true);
            try {
                folder.exchange(next);
            } catch (IOException e) {
                file.close();
                throw e;
            }
            writer.open(file);
            LOG.info("Creating AOF incr file {} on background rewrite", next.last().shown());
        } catch (IOException e) {
            // The reason is in the log. Changes go on where they went before.
            LOG.debug("No file for changes", e);
            owner.execute(() -> noFile(of));
        }
    }

    private void noFile(Run of) {
        of.hasNoFile = true;
        if (run == of) {
            of.snapshot.cancel();
        }
    }

    /** Ends the rewrite under way before its time, because nobody wants it any more. */
    void cancel() {
        if (run != null && !run.unwanted) {
            LOG.info("Killing running AOF rewrite child: {}", ProcessHandle.current().pid());
            run.unwanted = true;
            run.snapshot.cancel();
        }
    }

    private void ended(Run of, SnapshotEnd end) {
        if (of.hasNoFile || of.unwanted || !end.isComplete()) {
            failed(of, end);
            return;
        }
        LOG.info("Background AOF rewrite terminated with success");
        boolean keepsHistory = config.booleanValue(PersistenceParameters.AOF_DISABLE_AUTO_GC);
        boolean isOff = aof.state() == Aof.State.OFF;
        writer.submit(() -> install(of, isOff, keepsHistory));
    }

    private void failed(Run of, SnapshotEnd end) {
        if (!of.unwanted) {
            lastFailed = true;
            if (!of.hasNoFile) {
                limit.failed();
            }
            if (end != null && end.failure() != null && !of.hasNoFile) {
                LOG.warn(
                        "Write error writing append only file on disk: {}",
                        String.valueOf(end.failure().getMessage()));
            }
            LOG.warn("Background AOF rewrite terminated with error");
        }
        if (of.temporary && aof.state() == Aof.State.WAIT_REWRITE && !of.unwanted) {
            aof.dropTemporary();
        }
        over(of);
    }

    private void over(Run of) {
        lastSeconds = (clock.unixMillis() - of.startMillis) / 1000;
        run = null;
        if (aof.state() == Aof.State.WAIT_REWRITE) {
            scheduled = true;
        }
        aof.rewriteOver();
    }

    /** Makes the base one of the append-only file's. On the thread that writes. */
    private void install(Run of, boolean isOff, boolean keepsHistory) {
        Manifest before = folder.manifest();
        Manifest next = before.withBase(folder.prefix(), of.asRdb);
        boolean adopts = of.temporary && !isOff;
        if (adopts) {
            next = next.withIncr(folder.prefix());
        }
        try {
            long began = latency.begin();
            folder.disk().rename(folder.temporaryBase(), next.base().in(folder.path()));
            latency.end(began, "aof-rename");
            LOG.info(
                    "Successfully renamed the temporary AOF base file {} into {}",
                    folder.temporaryBase().getFileName(),
                    next.base().shown());
            if (adopts) {
                folder.disk().rename(folder.temporaryIncr(), next.last().in(folder.path()));
                LOG.info(
                        "Successfully renamed the temporary AOF incr file {} into {}",
                        folder.temporaryIncrName(),
                        next.last().shown());
            }
            folder.exchange(next.rewritten(isOff ? 0 : 1));
            if (!keepsHistory) {
                folder.removeHistory();
            }
            owner.execute(() -> installed(of));
        } catch (IOException e) {
            LOG.warn("Error trying to make the new base of the AOF last: {}", Errno.text(e));
            if (folder.manifest().baseSequence() == before.baseSequence()) {
                folder.remove(folder.temporaryBase());
                folder.remove(next.base().in(folder.path()));
                if (adopts) {
                    folder.remove(next.last().in(folder.path()));
                }
            }
            owner.execute(() -> failed(of, null));
        }
    }

    /** There is a base, so whatever has failed before does not matter any more. */
    void succeeded() {
        lastFailed = false;
        limit.reset();
    }

    private void installed(Run of) {
        succeeded();
        aof.rewritten(of.sink.bytes(), of.temporary);
        LOG.info("Background AOF rewrite finished successfully");
        over(of);
    }
}

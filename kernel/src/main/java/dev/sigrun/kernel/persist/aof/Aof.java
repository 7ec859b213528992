// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Propagation;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.config.text.Errno;
import dev.sigrun.kernel.load.Load;
import dev.sigrun.kernel.load.LoadPlan;
import dev.sigrun.kernel.load.Loads;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.persist.LoadingState;
import dev.sigrun.kernel.persist.StartupData;
import dev.sigrun.kernel.snapshot.SnapshotEnd;
import dev.sigrun.kernel.snapshot.Snapshots;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.spi.command.CommandException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only file of one server: on, off or on its way, and all that is asked of it. Owner
 * thread only.
 *
 * <p>It is off while data is loaded. When it is switched on while the server serves, it is only
 * complete once a base has been written: until then what changes goes to a file that no manifest
 * names.
 */
public final class Aof {
    private static final Logger LOG = LoggerFactory.getLogger(Aof.class);

    /** Whether effects are written. */
    public enum State {
        /** They are not. */
        OFF,
        /** They are. */
        ON,
        /** They are as soon as, and as long as, the first base is being written. */
        WAIT_REWRITE
    }

    private final Config config;
    private final Owner owner;
    private final Background background;
    private final Clock clock;
    private final Dispatcher dispatcher;
    private final Snapshots snapshots;
    private final Loads loads;
    private final Supplier<BaseForm> form;
    private final AofFolder folder;
    private final AofSync sync;
    private final AofWriter writer;
    private final AppendBuffer buffer;
    private final AofFeed feed;
    private final AofRewrite rewrite;
    private final LongSupplier replicationOffset;
    private State state = State.OFF;
    private AofLoader loader;
    private long settledBytes;
    private long settledEnd;
    private long cutEnd;
    private long baseBytes;

    /**
     * Makes one that is off.
     *
     * @param form what a base is to look like, asked at each cut
     * @param replicationOffset where replication stands
     * @param fatal ends the process at once, since what was promised cannot be kept; any thread
     */
    public Aof(
            Config config,
            Owner owner,
            Background background,
            Clock clock,
            Dispatcher dispatcher,
            Snapshots snapshots,
            Loads loads,
            Disk disk,
            Supplier<BaseForm> form,
            LongSupplier replicationOffset,
            Runnable fatal) {
        this.config = config;
        this.owner = owner;
        this.background = background;
        this.clock = clock;
        this.dispatcher = dispatcher;
        this.snapshots = snapshots;
        this.loads = loads;
        this.form = form;
        this.replicationOffset = replicationOffset;
        ChunkPool pool = new ChunkPool();
        sync = new AofSync(background, clock, dispatcher.replyGate());
        writer = new AofWriter(background, clock, pool, sync, fatal);
        buffer = new AppendBuffer(writer, pool, replicationOffset);
        feed = new AofFeed(buffer, sync, dispatcher.replyGate(), clock, owner::execute);
        folder =
                new AofFolder(
                        disk,
                        config.directory(),
                        config.text(PersistenceParameters.APPENDDIRNAME),
                        config.text(PersistenceParameters.APPENDFILENAME));
        rewrite = new AofRewrite(this, folder, writer, config, owner, clock, snapshots, form);
        dispatcher.replyGate().hurry(buffer::flush);
        apply();
    }

    /** Takes effects that are for the file. */
    public Propagation feed() {
        return feed;
    }

    /** Whether effects are written. */
    public State state() {
        return state;
    }

    // ---- configuration ----

    /** Takes over what may be changed at any time. */
    public void apply() {
        sync.policy(SyncPolicy.named(config.choice(PersistenceParameters.APPENDFSYNC)));
        feed.timestamps(config.booleanValue(PersistenceParameters.AOF_TIMESTAMP_ENABLED));
        if (state != State.OFF) {
            writer.look();
        }
    }

    /** Removes what is of no more use, now that this is wanted. */
    public void collect() {
        if (!config.booleanValue(PersistenceParameters.AOF_DISABLE_AUTO_GC)) {
            writer.submit(folder::removeHistory);
        }
    }

    // ---- at the start ----

    /**
     * Loads what there is. The caller has said before that data is being loaded.
     *
     * @param plan how a snapshot is loaded with which the data begins
     * @param done hears in a later turn what came of it
     * @return how far it is
     */
    public Load load(Supplier<LoadPlan> plan, Consumer<StartupData.Outcome> done) {
        loader =
                new AofLoader(
                        folder,
                        config,
                        owner,
                        background,
                        clock,
                        dispatcher,
                        loads,
                        plan,
                        outcome -> loaded(outcome, done));
        loader.begin();
        return loader;
    }

    private void loaded(AofLoader.End outcome, Consumer<StartupData.Outcome> done) {
        loader = null;
        settledBytes = outcome.bytes();
        settledEnd = buffer.end();
        baseBytes = outcome.baseBytes();
        done.accept(outcome.outcome());
    }

    /**
     * Begins to write, after the data was loaded, or where there is none.
     *
     * @param done hears in a later turn: true when effects are written from now on, else the log
     *     says why that is not possible
     */
    public void open(Consumer<Boolean> done) {
        BaseForm base = form.get();
        BaseSink sink = new BaseSink(folder, false, base.isRdb(), base.head());
        writer.submit(() -> {
            folder.removeTemporary();
            boolean isNew = folder.manifest().isEmpty();
            owner.execute(() -> {
                boolean isWritten = !isNew || writeFirst(base, sink);
                if (isWritten) {
                    writer.submit(() -> open(isNew, base.isRdb(), done));
                } else {
                    done.accept(false);
                }
            });
        });
    }

    /** Where there is nothing yet the base is empty, and written at once. */
    private boolean writeFirst(BaseForm base, BaseSink sink) {
        SnapshotEnd end = snapshots.write(base.plan(), sink);
        if (!end.isComplete()) {
            LOG.warn(
                    "Write error writing append only file on disk: {}",
                    String.valueOf(end.failure().getMessage()));
        }
        baseBytes = sink.bytes();
        settledBytes = sink.bytes();
        return end.isComplete();
    }

    /** On the thread that writes. */
    private void open(boolean isNew, boolean asRdb, Consumer<Boolean> done) {
        boolean isOpen = false;
        try {
            Manifest next = folder.manifest();
            if (isNew) {
                next = next.withBase(folder.prefix(), asRdb);
                folder.disk().rename(folder.temporaryBase(), next.base().in(folder.path()));
                LOG.info("Creating AOF base file {} on server start", next.base().shown());
            }
            boolean isThere = next.last() != null;
            if (!isThere) {
                next = next.withIncr(folder.prefix());
            }
            writer.open(folder.open(next.last().in(folder.path()), false));
            if (!next.equals(folder.manifest())) {
                folder.exchange(next);
            }
            LOG.info(
                    "{} AOF incr file {} on server start",
                    isThere ? "Opening" : "Creating",
                    next.last().shown());
            folder.removeHistory();
            isOpen = true;
        } catch (IOException e) {
            LOG.warn("The append-only file cannot be opened: {}", Errno.text(e));
        }
        boolean result = isOpen;
        owner.execute(() -> {
            if (result) {
                state = State.ON;
                feed.active(true);
            }
            done.accept(result);
        });
    }

    // ---- while the server serves ----

    /**
     * Switches it on.
     *
     * @param inTransaction whether that is part of a transaction, so that the data must not be
     *     looked at yet
     */
    public void start(boolean inTransaction) {
        if (state != State.OFF) {
            return;
        }
        state = State.WAIT_REWRITE;
        folder.moveTo(config.directory());
        if (writer.error() != null || sync.error() != null) {
            LOG.warn("AOF reopen, just ignore the last error.");
            writer.forgetErrors();
            sync.forgetError();
        }
        if (rewrite.isUnderWay()) {
            LOG.info(
                    "AOF was enabled but there is already an AOF rewriting in background. Stopping"
                            + " background AOF and starting a rewrite now.");
            rewrite.cancel();
            rewrite.schedule(true);
        } else if (snapshots.active() != null) {
            rewrite.schedule(true);
            LOG.info(
                    "AOF was enabled but there is already another background operation. An AOF"
                            + " background was scheduled to start when possible.");
        } else if (inTransaction) {
            rewrite.schedule(true);
            LOG.info(
                    "AOF was enabled during a transaction. An AOF background was scheduled to start"
                            + " when possible.");
        } else {
            rewrite.begin();
        }
    }

    /** Switches it off; what was written is made to last. */
    public void stop() {
        if (state == State.OFF) {
            return;
        }
        buffer.flush();
        feed.active(false);
        state = State.OFF;
        writer.giveUp();
        writer.submit(writer::close);
        if (rewrite.isScheduled()) {
            rewrite.schedule(false);
            LOG.info("AOF was disabled but there is a scheduled AOF background, cancel it.");
        }
        rewrite.cancel();
        settledBytes = 0;
        settledEnd = buffer.end();
    }

    /**
     * All data has been exchanged for that of a primary, so what is in the files is no longer what
     * is in memory: begins anew. Does nothing where it is not wanted.
     */
    public void restart() {
        stop();
        if (config.booleanValue(PersistenceParameters.APPENDONLY)) {
            start(false);
        }
    }

    /**
     * Writes all data anew, because somebody asks for it.
     *
     * @param inTransaction whether that is part of a transaction
     * @return what to answer
     * @throws CommandException when a rewrite is under way
     */
    public String rewrite(boolean inTransaction) throws CommandException {
        if (rewrite.isUnderWay()) {
            throw CommandException.of("Background append only file rewriting already in progress");
        }
        if (snapshots.active() != null || inTransaction) {
            rewrite.schedule(true);
            rewrite.limit().reset();
            LOG.info("Background append only file rewriting scheduled.");
            return "Background append only file rewriting scheduled";
        }
        folder.moveTo(config.directory());
        rewrite.begin();
        return "Background append only file rewriting started";
    }

    /** Some time has passed. */
    public void tick() {
        sync.suspended(
                config.booleanValue(PersistenceParameters.NO_APPENDFSYNC_ON_REWRITE)
                        && snapshots.active() != null);
        rewrite.tick();
    }

    /** What is written from now on belongs to another file. */
    void cut() {
        buffer.flush();
        cutEnd = buffer.end();
        if (state != State.OFF) {
            // Also when only the rewrite makes effects worth writing.
            feed.active(true);
        }
    }

    /** The first base could not be written, so the changes since then are of no use. */
    void dropTemporary() {
        buffer.flush();
        feed.active(false);
        writer.submit(() -> {
            writer.close();
            LOG.info(
                    "Removing the temp incr aof file {} in the background",
                    folder.temporaryIncrName());
            folder.remove(folder.temporaryIncr());
        });
    }

    /** A base is in its place. */
    void rewritten(long bytes, boolean isFirst) {
        settledBytes = bytes;
        settledEnd = cutEnd;
        baseBytes = currentBytes();
        if (isFirst && state == State.WAIT_REWRITE) {
            state = State.ON;
            sync.tellWaiting();
        }
    }

    /** A rewrite has ended, well or not. */
    void rewriteOver() {
        tick();
    }

    /** Whether the data is in no file yet, so that the server had better not end. */
    public boolean isWritingFirst() {
        return state == State.WAIT_REWRITE && rewrite.isUnderWay();
    }

    /** Makes all last that was written, and waits for that: the server ends. */
    public void finish() {
        if (rewrite.isUnderWay()) {
            LOG.warn("There is a child rewriting the AOF. Killing it!");
            rewrite.cancel();
        }
        if (state != State.OFF) {
            LOG.info("Calling fsync() on the AOF file.");
            buffer.flush();
            writer.giveUp();
            await(writer::finish);
        }
        writer.end();
    }

    /**
     * Forgets all data and loads what the files say, for tests. Between two commands.
     *
     * @param done hears in a later turn whether that was possible
     */
    public void reload(
            Store store, LoadingState loading, Supplier<LoadPlan> plan, Consumer<Boolean> done) {
        buffer.flush();
        await(writer::finish);
        boolean wasActive = feed.isActive();
        feed.active(false);
        for (int i = 0; i < store.databaseCount(); i++) {
            store.flush(i, false);
        }
        loading.begin(Condition.Loading.IN_PLACE, null);
        Load load =
                load(
                        plan,
                        outcome -> {
                            loading.end();
                            feed.active(wasActive);
                            store.stats().dirty = 0;
                            done.accept(outcome != StartupData.Outcome.FAILED);
                        });
        loading.begin(Condition.Loading.IN_PLACE, load);
    }

    private void await(Runnable job) {
        CountDownLatch done = new CountDownLatch(1);
        writer.submit(() -> {
            job.run();
            done.countDown();
        });
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes each write to the file wait before, for tests. */
    public void slowWrites(int micros) {
        writer.sleep(micros);
    }

    // ---- what is asked ----

    /** Why writes would not last; null when they do. Only while effects are written. */
    public CommandException diskError() {
        if (state == State.OFF) {
            return null;
        }
        String reason = writer.error() != null ? writer.error() : sync.error();
        return reason == null
                ? null
                : new CommandException("MISCONF", "Errors writing to the AOF file: " + reason);
    }

    /**
     * The offset of replication up to which all is on the disk; 0 as long as nothing is, -1 when
     * nothing is to be.
     */
    public long fsyncedOffset() {
        return switch (state) {
            case OFF -> -1;
            case WAIT_REWRITE -> 0;
            case ON ->
                    sync.policy() != SyncPolicy.NO && sync.safe().end() == buffer.end()
                            ? replicationOffset.getAsLong()
                            : sync.safe().offset();
        };
    }

    /** How far the content reaches; what is written later begins there. */
    public long position() {
        return buffer.end();
    }

    /** How far the content is on the disk; 0 as long as it is of no use there. */
    public long safePosition() {
        return state == State.ON ? sync.safe().end() : 0;
    }

    /** Calls something once on the owner when more has become safe. */
    public void whenSynced(Runnable once) {
        sync.whenSynced(() -> owner.execute(once));
    }

    /** Bytes of all files that would be loaded. */
    public long currentBytes() {
        return settledBytes + Math.max(writer.writtenEnd() - settledEnd, 0);
    }

    /** Bytes of all files after the last rewrite. */
    public long baseBytes() {
        return baseBytes;
    }

    /** Bytes that have not been written to the file. */
    public long bufferBytes() {
        return buffer.bytes() + writer.waitingBytes();
    }

    /** Syncs that are under way. */
    public int pendingSyncs() {
        return sync.pending();
    }

    /** Syncs that took too long. */
    public long delayedSyncs() {
        return sync.delayed();
    }

    /** Whether a base is being written. */
    public boolean isRewriting() {
        return rewrite.isUnderWay();
    }

    /** Whether a base is to be written as soon as that is possible. */
    public boolean isRewriteScheduled() {
        return rewrite.isScheduled();
    }

    /** Whether the last base could not be written. */
    public boolean hasRewriteFailed() {
        return rewrite.hasLastFailed();
    }

    /** How long the last rewrite took; -1 when there was none. */
    public long lastRewriteSeconds() {
        return rewrite.lastSeconds();
    }

    /** How long the rewrite under way has taken; -1 when there is none. */
    public long currentRewriteSeconds() {
        return rewrite.currentSeconds();
    }

    /** Rewrites that have begun. */
    public long rewrites() {
        return rewrite.rewrites();
    }

    /** Rewrites in a row that have failed. */
    public long rewriteFailures() {
        return rewrite.limit().failures();
    }

    /** Whether what was last written is in the file, and synced where that was tried. */
    public boolean isWriteOk() {
        return writer.error() == null && sync.error() == null;
    }

    /** Zeroes the counts. */
    public void resetCounts() {
        rewrite.resetCounts();
        sync.resetDelayed();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Propagation;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.load.Load;
import dev.sigrun.kernel.load.LoadPlan;
import dev.sigrun.kernel.load.Loads;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.measure.LatencyMonitor;
import dev.sigrun.kernel.persist.LoadingState;
import dev.sigrun.kernel.persist.StartupData;
import dev.sigrun.kernel.snapshot.Snapshots;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.spi.command.CommandException;
import java.nio.file.Path;
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
    private final Snapshots snapshots;
    private final AofFolder folder;
    private final AofLatency latency;
    private final AofSync sync;
    private final AofWriter writer;
    private final AppendBuffer buffer;
    private final AofFeed feed;
    private final AofRewrite rewrite;
    private final AofFigures figures;
    private final AofOpening opening;
    private final AofAdoption adoption;
    private final AofLoading loading;
    private final LongSupplier replicationOffset;
    private State state = State.OFF;
    private long cutEnd;
    private long cutOffset;
    private long adoptions;

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
        this.snapshots = snapshots;
        this.replicationOffset = replicationOffset;
        ChunkPool pool = new ChunkPool();
        latency = new AofLatency(clock, owner::execute);
        sync = new AofSync(background, clock, dispatcher.replyGate(), latency);
        writer = new AofWriter(background, clock, pool, sync, latency, fatal);
        buffer = new AppendBuffer(writer, pool, replicationOffset);
        feed = new AofFeed(buffer, sync, dispatcher.replyGate(), clock, owner::execute);
        folder =
                new AofFolder(
                        disk,
                        config.directory(),
                        config.text(PersistenceParameters.APPENDDIRNAME),
                        config.text(PersistenceParameters.APPENDFILENAME));
        rewrite =
                new AofRewrite(
                        this, folder, writer, config, owner, clock, snapshots, form, latency);
        figures = new AofFigures(buffer, writer, sync, rewrite);
        loading =
                new AofLoading(
                        folder,
                        config,
                        owner,
                        background,
                        clock,
                        dispatcher,
                        loads,
                        buffer,
                        feed,
                        figures);
        opening = new AofOpening(owner, folder, writer, snapshots, form, buffer, figures);
        adoption = new AofAdoption(folder, writer, owner);
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

    /** What is known of it in numbers. */
    public AofFigures figures() {
        return figures;
    }

    /** Says who is told of what takes long. */
    public void latency(LatencyMonitor monitor) {
        latency.monitor(monitor);
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
        return loading.begin(plan, done);
    }

    /**
     * Begins to write, after the data was loaded, or where there is none.
     *
     * @param done hears in a later turn: true when effects are written from now on, else the log
     *     says why that is not possible
     */
    public void open(Consumer<Boolean> done) {
        opening.begin(isOpen -> {
            if (isOpen) {
                state = State.ON;
                feed.active(true);
            }
            done.accept(isOpen);
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
        waitForBase();
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

    private void waitForBase() {
        state = State.WAIT_REWRITE;
        folder.moveTo(config.directory());
        if (writer.error() != null || sync.error() != null) {
            LOG.warn("AOF reopen, just ignore the last error.");
            writer.forgetErrors();
            sync.forgetError();
        }
    }

    /** Switches it off; what was written is made to last. */
    public void stop() {
        if (state == State.OFF) {
            return;
        }
        adoptions++;
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
        figures.settle(0, buffer.end());
    }

    /**
     * All data has been exchanged for that of a primary, so what is in the files is no longer what
     * is in memory: begins anew. Does nothing where it is not wanted.
     *
     * @param snapshot a synced file with just this data, which may be taken only when {@link
     *     #takesSnapshot} says so; null when there is none
     */
    public void restart(Path snapshot) {
        stop();
        if (!config.booleanValue(PersistenceParameters.APPENDONLY)) {
            return;
        }
        if (snapshot == null) {
            start(false);
        } else {
            adopt(snapshot);
        }
    }

    /** Whether a snapshot that somebody else has written could be the base of what begins anew. */
    public boolean takesSnapshot() {
        return config.booleanValue(PersistenceParameters.APPENDONLY)
                && config.booleanValue(PersistenceParameters.AOF_USE_RDB_PREAMBLE)
                && !rewrite.isUnderWay();
    }

    private void adopt(Path snapshot) {
        waitForBase();
        cut();
        adoptions++;
        long number = adoptions;
        boolean keepsHistory = config.booleanValue(PersistenceParameters.AOF_DISABLE_AUTO_GC);
        adoption.begin(snapshot, keepsHistory, bytes -> adopted(number, bytes));
    }

    private void adopted(long number, long bytes) {
        if (number != adoptions || state != State.WAIT_REWRITE || rewrite.isUnderWay()) {
            return; // It was switched off since, or somebody has begun another base.
        }
        if (bytes >= 0) {
            rewrite.succeeded();
            rewritten(bytes, true);
        } else {
            feed.active(false);
            state = State.OFF;
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
        latency.refresh(snapshots.active() != null);
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
        cutOffset = replicationOffset.getAsLong();
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
        figures.settle(bytes, cutEnd);
        figures.base(figures.currentBytes());
        if (isFirst && state == State.WAIT_REWRITE) {
            state = State.ON;
            // What was safe before may be of another history, whose offsets mean nothing here.
            sync.based(cutEnd, cutOffset);
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
            writer.await(writer::finish);
        }
        writer.end();
    }

    /** Nothing comes any more: what was handed over is still written. Any thread. */
    public void end() {
        writer.end();
    }

    /**
     * Forgets all data and loads what the files say, for tests. Between two commands.
     *
     * @param shown where it is said that data is being loaded
     * @param done hears in a later turn whether that was possible
     */
    public void reload(
            Store store, LoadingState shown, Supplier<LoadPlan> plan, Consumer<Boolean> done) {
        buffer.flush();
        writer.await(writer::finish);
        loading.again(store, shown, plan, done);
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

    /** Calls something once on the owner when more has become safe. */
    public void whenSynced(Runnable once) {
        sync.whenSynced(() -> owner.execute(once));
    }
}

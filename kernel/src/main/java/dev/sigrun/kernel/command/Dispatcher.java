// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.store.Database;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.kernel.wire.RequestBatch;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.spi.command.CommandException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes batches of requests. A batch is worked through in rounds: find the commands and hash
 * their keys, touch all buckets, touch all entries, and only then execute, so that the cache misses
 * of one batch overlap. The clock is read once for a run of the same quick command. Owner thread
 * only.
 */
public final class Dispatcher {
    /** Commands that one batch holds at most. */
    public static final int BATCH_COMMANDS_MAX = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Store store;
    private final Clock clock;
    private final CommandTable table;
    private final Sessions sessions;
    private final ServerStats stats;
    private final ReplyBuffer reply = new ReplyBuffer();
    private final Execution execution;
    private final FaultLog faults = new FaultLog(LOG);
    private final Pause pause = new Pause();
    private final Command[] commands = new Command[BATCH_COMMANDS_MAX];
    private final long[] hashes = new long[BATCH_COMMANDS_MAX];
    private final long[] entries = new long[BATCH_COMMANDS_MAX];
    private Database preparedDb;
    private long preparedGeneration;
    private Propagation propagation = Propagation.NONE;
    private MemoryLimit memoryLimit = MemoryLimit.NONE;
    private boolean latencyTracking = true;
    private boolean anonymousRepliesRefused;
    private Command timed;
    private long timedSince;
    private long timedCalls;

    /** What the touching has read; kept so that it cannot be optimised away. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    /** Makes a dispatcher over a table of commands. */
    public Dispatcher(
            Store store, Clock clock, CommandTable table, Sessions sessions, ServerStats stats) {
        this.store = store;
        this.clock = clock;
        this.table = table;
        this.sessions = sessions;
        this.stats = stats;
        this.execution = new Execution(store, reply);
        sessions.replies(reply);
    }

    /** Decides whether a command that needs memory may run. */
    @FunctionalInterface
    public interface MemoryLimit {
        /** There is no limit. */
        MemoryLimit NONE = () -> true;

        /** Makes room; false when there is none to be had. */
        boolean makeRoom();
    }

    /** Sets who takes the effects of commands. */
    public void propagation(Propagation taker) {
        propagation = taker;
    }

    /** Who takes the effects of commands. */
    public Propagation propagation() {
        return propagation;
    }

    /** Sets what guards memory. */
    public void memoryLimit(MemoryLimit limit) {
        memoryLimit = limit;
    }

    /** Sets {@code proto-max-bulk-len}. */
    public void stringBytesMax(long bytes) {
        execution.stringBytesMax(bytes);
    }

    /** Sets {@code latency-tracking}. */
    public void latencyTracking(boolean on) {
        latencyTracking = on;
    }

    /** Makes any reply too large for a client that was never authenticated; for tests. */
    public void refuseAnonymousReplies(boolean yes) {
        anonymousRepliesRefused = yes;
    }

    /** The pause of clients. */
    public Pause pause() {
        return pause;
    }

    /** The clients. */
    public Sessions sessions() {
        return sessions;
    }

    /** The counters. */
    public ServerStats stats() {
        return stats;
    }

    /** The reply buffer that commands write to. */
    public ReplyBuffer reply() {
        return reply;
    }

    /** The context that handlers get, for the kernel's own commands. */
    public Execution execution() {
        return execution;
    }

    /**
     * Executes the commands of a batch for one session. The reply buffer must be wrapped over the
     * session's output.
     *
     * @param base address that the batch's offsets count from
     * @param from first command to execute
     * @return the command to go on with: their number when all are done, less when the session was
     *     blocked or closes
     */
    public int run(Session session, RequestBatch batch, long base, int from) {
        int count = batch.commands();
        store.advance();
        reply.protocol(session.protocol());
        prepare(session, batch, base, from, count);
        int next = from;
        int version = table.version();
        while (next < count) {
            if (version != table.version()) {
                // A plugin has come or gone within the batch, and with it what the names mean.
                version = table.version();
                prepare(session, batch, base, next, count);
            }
            boolean done = execute(session, batch, base, next);
            if (!done) {
                break;
            }
            next++;
            if (session.isClosing() || session.isBlocked()) {
                break;
            }
        }
        flushTiming();
        return next;
    }

    private void prepare(Session session, RequestBatch batch, long base, int from, int count) {
        Database db = store.database(session.db());
        for (int i = from; i < count; i++) {
            int first = batch.firstArgument(i);
            Command command = table.find(base + batch.offset(first), batch.length(first));
            commands[i] = command;
            hashes[i] = 0;
            if (command != null && command.firstKey() > 0) {
                int key = command.firstKey();
                if (key < batch.argumentCount(i)) {
                    hashes[i] =
                            store.hash(base + batch.offset(first + key), batch.length(first + key));
                }
            }
        }
        stats.batches++;
        preparedDb = db;
        preparedGeneration = store.generation();
        Arrays.fill(entries, from, count, 0);
        if (count - from < 2 || db.size() == 0) {
            return;
        }
        stats.prefetchBatches++;
        stats.prefetchEntries += count - from;
        long sum = 0;
        for (int i = from; i < count; i++) {
            sum += db.touchBucket(hashes[i]);
        }
        for (int i = from; i < count; i++) {
            long entry = hashes[i] == 0 ? 0 : db.likelyEntry(hashes[i]);
            entries[i] = entry;
            if (entry != 0) {
                sum += Database.touchEntry(entry);
            }
        }
        for (int i = from; i < count; i++) {
            if (entries[i] != 0) {
                int key = batch.firstArgument(i) + commands[i].firstKey();
                entries[i] = db.find(hashes[i], base + batch.offset(key), batch.length(key));
                if (entries[i] != 0) {
                    sum += Database.touchValue(entries[i]);
                }
            }
        }
        touched += sum;
    }

    private boolean execute(Session session, RequestBatch batch, long base, int index) {
        Command command = commands[index];
        execution.argsView().wrap(batch, base, index);
        int mark = reply.used();
        if (session.replyMode() == Session.ReplyMode.SKIP_NEXT) {
            session.replyMode(Session.ReplyMode.SKIP);
        }
        if (command != null && command.subcommands().size() > 0) {
            command = subcommand(command);
        }
        CommandException refused = refusal(session, command);
        if (refused == null
                && pause.isActive(store.nowMillis())
                && pause.holds(command, store.nowMillis())) {
            execution.end();
            sessions.block(session, new PausedBlock(pause));
            return false;
        }
        stats.commandsProcessed++;
        if (refused != null) {
            refuse(session, command, refused);
        } else {
            // The hash was made for the container's key, and a container has none.
            int hashed = command == commands[index] ? command.firstKey() : 0;
            execution.prepared(preparedDb, entries[index], preparedGeneration);
            call(session, command, hashed, hashes[index]);
        }
        execution.end();
        Session.ReplyMode mode = session.replyMode();
        if (mode != Session.ReplyMode.ON) {
            muted(session, mode, mark);
        }
        return true;
    }

    private void muted(Session session, Session.ReplyMode mode, int mark) {
        if (mode != Session.ReplyMode.SKIP_NEXT) {
            reply.truncate(mark);
        }
        // A command that waits has its reply skipped when it comes.
        if (mode == Session.ReplyMode.SKIP && !session.isBlocked()) {
            session.replyMode(Session.ReplyMode.ON);
        }
    }

    private Command subcommand(Command container) {
        ArgsView args = execution.argsView();
        if (args.count() < 2) {
            return container;
        }
        Command sub = container.subcommands().find(args.address(1), args.length(1));
        return sub == null ? container : sub;
    }

    private CommandException refusal(Session session, Command command) {
        ArgsView args = execution.argsView();
        if (command == null) {
            if (isWebRequest(args)) {
                LOG.warn(
                        "Possible SECURITY ATTACK detected. It looks like somebody is sending POST"
                                + " or Host: commands. Connection from {} aborted.",
                        session.transport().remoteAddress());
                session.transport().close();
                session.closeAfterReply();
            }
            if (!session.isAuthenticated()) {
                return CommandErrors.NO_AUTH;
            }
            return CommandErrors.unknownCommand(args);
        }
        boolean isContainer = command.subcommands().size() > 0;
        if (isContainer && args.count() > 1 && command.container() == null) {
            if (!session.isAuthenticated() && !command.isNoAuth) {
                return CommandErrors.NO_AUTH;
            }
            return CommandErrors.unknownSubcommand(command, args);
        }
        if (!command.acceptsCount(args.count())) {
            return CommandErrors.wrongCount(command);
        }
        if (!session.isAuthenticated() && !command.isNoAuth) {
            return CommandErrors.NO_AUTH;
        }
        if (!memoryLimit.makeRoom() && command.isDenyOom) {
            return CommandErrors.OUT_OF_MEMORY;
        }
        return null;
    }

    /** A browser that was tricked into talking to this port must get nowhere. */
    private static boolean isWebRequest(ArgsView args) {
        return args.is(0, "post") || args.is(0, "host:");
    }

    private void refuse(Session session, Command command, CommandException error) {
        if (command != null) {
            command.rejectedCalls++;
            session.active(command, store.nowMillis());
        }
        stats.countError(error.code());
        reply.error(error.getMessage());
        if (anonymousRepliesRefused && !session.wasAuthenticated()) {
            session.transport().close();
            session.closeAfterReply();
        }
    }

    private void call(Session session, Command command, int keyIndex, long keyHash) {
        session.active(command, store.nowMillis());
        session.commands++;
        execution.begin(session, command, keyIndex, keyHash);
        ReplicationRecorder recorder = execution.recorder();
        recorder.begin(propagation.isActive());
        if (command != timed || !command.isFast) {
            flushTiming();
            timed = command;
            timedSince = clock.nanos();
        }
        timedCalls++;
        int mark = reply.used();
        int db = session.db();
        long dirtyBefore = store.stats().dirty;
        try {
            command.handler().handle(execution);
        } catch (CommandException e) {
            reply.truncate(mark);
            reply.error(e);
        } catch (MemoryExhausted e) {
            reply.truncate(mark);
            reply.error(CommandErrors.ALLOCATION_FAILED);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            reply.truncate(mark);
            reply.error(fault(session, command, e));
        } catch (OutOfMemoryError e) {
            reply.truncate(mark);
            reply.error(fault(session, command, e));
        }
        CommandException error = reply.takeError();
        if (error != null) {
            command.failedCalls++;
            stats.countError(error.code());
        }
        if (store.stats().dirty != dirtyBefore) {
            insistOnReplication(command, recorder);
        }
        recorder.finish(propagation, db);
    }

    private void insistOnReplication(Command command, ReplicationRecorder recorder) {
        if (ReplicationRecorder.isInsisting()
                && command.isWrite
                && !recorder.wasSaid()
                && reply.takeError() == null) {
            throw new IllegalStateException(
                    command.fullName() + " modified data but did not say how it replicates");
        }
    }

    private CommandException fault(Session session, Command command, Throwable thrown) {
        stats.internalErrors++;
        long incident = faults.report(command, session, thrown);
        return CommandException.of(
                "internal error in '"
                        + command.fullName()
                        + "' (incident "
                        + incident
                        + ", see the server's log)");
    }

    private void flushTiming() {
        if (timed == null) {
            return;
        }
        long nanos = clock.nanos() - timedSince;
        timed.calls += timedCalls;
        timed.nanos += nanos;
        if (latencyTracking) {
            if (timed.latency == null) {
                timed.latency = new LatencyHistogram();
            }
            timed.latency.add(nanos / timedCalls, timedCalls);
        }
        timed = null;
        timedCalls = 0;
    }
}

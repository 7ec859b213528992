// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.base.Check;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.kernel.wire.RequestBatch;
import dev.sigrun.memory.Allocator;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.Wait;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes batches of requests, and between two commands serves those who wait for what the first
 * has changed. Owner thread only.
 */
public final class Dispatcher {
    /** Commands that one batch holds at most. */
    public static final int BATCH_COMMANDS_MAX = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Store store;
    private final CommandTable table;
    private final Sessions sessions;
    private final ServerStats stats;
    private final ReplyBuffer reply = new ReplyBuffer();
    private final BatchLookup lookup;
    private final Execution execution;
    private final AclGate gate;
    private final Admission admission;
    private final CommandWatch watch;
    private final CommandTimer timer;
    private final KeyWaits waits;
    private final KeyServing serving;
    private final Calls calls;
    private final Transactions transactions;
    private final ScriptCommands scriptCommands;
    private final Effects effects = new Effects();
    private final Condition condition = new Condition();
    private final ReplyGate replyGate = new ReplyGate();
    private final Pause pause = new Pause();
    private final KeyHolds keyHolds;
    private final Audience audience;
    private final ClientMemory clientMemory;
    private final ReplyLimits replyLimits;
    private final BusyCommands busyCommands;
    private boolean servesBusy;
    private Executor afterTurn = Runnable::run;
    private boolean anonymousRepliesRefused;

    /** Makes a dispatcher over a table of commands. */
    public Dispatcher(
            Store store, Clock clock, CommandTable table, Sessions sessions, ServerStats stats) {
        this.store = store;
        this.table = table;
        this.sessions = sessions;
        this.stats = stats;
        this.lookup = new BatchLookup(store, table, stats);
        this.execution = new Execution(this, store, reply);
        this.watch = new CommandWatch(clock, store.latency(), LOG);
        this.gate = new AclGate(store);
        this.admission = new Admission(gate, condition);
        this.timer = new CommandTimer(clock, watch);
        this.waits = new KeyWaits(store);
        this.calls = new Calls(store, sessions, stats, execution, timer, watch, effects, LOG);
        this.transactions =
                new Transactions(
                        store, clock, table, stats, admission, execution, timer, watch, calls);
        this.serving = new KeyServing(this, store, waits);
        this.keyHolds = new KeyHolds(store, sessions);
        this.scriptCommands =
                new ScriptCommands(
                        this, store, clock, table, stats, admission, watch, effects, LOG);
        Executor later = task -> afterTurn.execute(task);
        this.audience = new Audience(store, clock, sessions, watch.redaction(), later);
        calls.onlookers(audience.onlookers());
        scriptCommands.onlookers(audience.onlookers());
        sessions.replies(reply);
        this.replyLimits = new ReplyLimits(execution, sessions, stats);
        calls.replyLimits(replyLimits);
        scriptCommands.replyLimits(replyLimits);
        this.busyCommands =
                new BusyCommands(this, store, clock, table, admission, watch, effects, LOG);
        busyCommands.observers(audience.onlookers(), replyLimits);
        this.clientMemory = new ClientMemory(sessions, stats, later);
        sessions.whenGone(this::gone);
        store.pausedWhile(() -> pause.isActive(store.nowMillis()));
    }

    private void gone(Session session) {
        audience.forget(session);
        clientMemory.gone(session);
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
        effects.taker(taker);
    }

    /** Who takes the effects of commands. */
    public Propagation propagation() {
        return effects;
    }

    /** Sets what guards memory. */
    public void memoryLimit(MemoryLimit limit) {
        admission.memoryLimit(limit);
    }

    /** What guards memory. */
    public MemoryLimit memoryLimit() {
        return admission.memoryLimit();
    }

    /** Sets {@code proto-max-bulk-len}. */
    public void stringBytesMax(long bytes) {
        execution.stringBytesMax(bytes);
        scriptCommands.stringBytesMax(bytes);
    }

    /** Sets {@code latency-tracking}. */
    public void latencyTracking(boolean on) {
        timer.keepHistograms(on);
        scriptCommands.latencyTracking(on);
    }

    /** Makes any reply too large for a client that was never authenticated; for tests. */
    public void refuseAnonymousReplies(boolean yes) {
        anonymousRepliesRefused = yes;
    }

    /** Notices what took long or was large. */
    public CommandWatch watch() {
        return watch;
    }

    /** Says who runs something once the commands have run that have come together. */
    public void afterTurn(Executor executor) {
        afterTurn = executor;
    }

    /** Those who hear of what others do. */
    public Audience audience() {
        return audience;
    }

    /** The client whose command runs; null between two commands. */
    public Session running() {
        return execution.isUnderWay() ? execution.session() : null;
    }

    /** Closes clients whose replies are too large. */
    public ReplyLimits replyLimits() {
        return replyLimits;
    }

    /** What the clients take. */
    public ClientMemory clientMemory() {
        return clientMemory;
    }

    /** What the server is able to do at the moment. */
    public Condition condition() {
        return condition;
    }

    /** Keeps replies back until what they acknowledge is safe. */
    public ReplyGate replyGate() {
        return replyGate;
    }

    /** Asks the rules of users. */
    public AclGate gate() {
        return gate;
    }

    /** The pause of clients. */
    public Pause pause() {
        return pause;
    }

    /** Lets everybody go on whom the pause has stopped; it is over. */
    public void pauseEnded() {
        sessions.endPause();
        waits.goOn();
    }

    /** The keys that clients wait for. */
    public KeyWaits waits() {
        return waits;
    }

    /** The transactions of clients. */
    public Transactions transactions() {
        return transactions;
    }

    /** Runs the commands that scripts call. */
    public ScriptCommands scriptCommands() {
        return scriptCommands;
    }

    /** The keys that are on their way to another server. */
    public KeyHolds keyHolds() {
        return keyHolds;
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
        if (servesBusy) {
            return busyCommands.run(session, batch, base, from);
        }
        store.advance();
        reply.protocol(session.protocol());
        lookup.prepare(session, batch, base, from);
        try {
            return runAll(session, batch, base, from);
        } finally {
            // What is still being measured may have to be shown, and its arguments go now.
            timer.flush();
        }
    }

    private int runAll(Session session, RequestBatch batch, long base, int from) {
        int count = batch.commands();
        int next = from;
        int version = table.version();
        while (next < count) {
            if (version != table.version()) {
                // A plugin has come or gone within the batch, and with it what the names mean.
                version = table.version();
                lookup.prepare(session, batch, base, next);
            }
            boolean done = execute(session, batch, base, next);
            if (waits.isReady()) {
                serving.serve(session);
            }
            sessions.takePushes(session, reply);
            replyLimits.check(session, reply.used());
            if (!done) {
                break;
            }
            next++;
            if (session.isClosing() || session.isBlocked()) {
                break;
            }
        }
        return next;
    }

    /** Says whether commands come while another one is under way, so that most are refused. */
    public void serveBusy(boolean yes) {
        servesBusy = yes;
        if (!yes) {
            // What was pushed to the client of the command under way still waits.
            sessions.pushWaits();
        }
    }

    /** Says what clients hear whose commands are refused because of the one under way. */
    public void busyError(Supplier<CommandException> error) {
        busyCommands.error(error);
    }

    /** Serves those who wait for keys that have changed without a command. Between batches. */
    public void serveWaiting() {
        if (!pause.isActive(store.nowMillis())) {
            waits.goOn();
        }
        if (waits.isReady()) {
            serving.serve(null);
        }
    }

    private boolean execute(Session session, RequestBatch batch, long base, int index) {
        Command command = lookup.command(index);
        execution.argsView().wrap(batch, base, index);
        int mark = reply.used();
        if (session.replyMode() == Session.ReplyMode.SKIP_NEXT) {
            session.replyMode(Session.ReplyMode.SKIP);
        }
        if (command != null && command.subcommands().size() > 0) {
            command = command.meant(execution.argsView());
        }
        CommandException refused = admission.refusal(session, command, execution.argsView());
        if (Condition.isPostponed(refused)) {
            execution.end();
            sessions.block(session, new PausedBlock(pause));
            return false;
        }
        if (refused == null && session.isClosing()) {
            // It had to go itself to make room.
            execution.end();
            return true;
        }
        if (audience.tracking().clients() > 0) {
            audience.tracking().limit();
        }
        // Keys that went to make room for the command went before it.
        sessions.takePushes(session, reply);
        if (refused == null
                && pause.isActive(store.nowMillis())
                && !session.isReplica()
                && pause.holds(transactions.mayChange(session, command), store.nowMillis())) {
            execution.end();
            sessions.block(session, new PausedBlock(pause));
            return false;
        }
        boolean queues = refused == null && session.isInTransaction() && !command.isNeverQueued;
        if (refused == null
                && !queues
                && keyHolds.isAny()
                && keyHolds.stops(session, command, execution.argsView())) {
            execution.end();
            return false;
        }
        if (queues) {
            refused = transactions.queue(session, command);
        }
        if (refused != null) {
            stats.commandsProcessed++;
            refuse(session, command, refused);
        } else if (!queues) {
            stats.commandsProcessed++;
            // The hash was made for the container's key, and a container has none.
            int hashed = command == lookup.command(index) ? command.firstKey() : 0;
            execution.prepared(lookup.db(), lookup.entry(index), lookup.generation());
            runUnit(session, command, hashed, lookup.hash(index));
        }
        audience.onlookers().ended(session, command);
        execution.end();
        if (session.replyMode() != Session.ReplyMode.ON) {
            boolean isHeard = refused == null && !queues && command.answersByMessages;
            mute(session, isHeard ? reply.used() : mark);
        }
        return true;
    }

    /** Runs a command with all that belongs to it, whose effects leave the server together. */
    private void runUnit(Session session, Command command, int keyIndex, long keyHash) {
        session.active(command, store.nowMillis());
        effects.begin();
        calls.call(session, command, keyIndex, keyHash);
        if (command.isExec && session.runsTransaction()) {
            String name =
                    audience.onlookers().isMonitored()
                            ? execution.argsView().bytes(0).text()
                            : null;
            transactions.run(session, command);
            if (name != null) {
                audience.onlookers().transactionHasRun(session, name);
            }
        }
        effects.end(!command.touchesArbitraryKeys);
        session.writeOffset = effects.offset();
    }

    private void mute(Session session, int mark) {
        if (session.isBlocked()) {
            // The reply is dropped when it comes.
            reply.truncate(mark);
        } else {
            sessions.mute(session, mark);
        }
    }

    private void refuse(Session session, Command command, CommandException refusal) {
        CommandException error = transactions.refused(session, command, refusal);
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

    // ---- commands that wait ----

    /** Makes the client of the command at hand wait, or wait on. */
    void block(Wait wait) {
        Session session = execution.session();
        Check.that(!session.isBlocked(), "a command waits for one thing at a time");
        if (calls.runningAgain() != null) {
            session.block(calls.runningAgain());
        } else {
            sessions.block(session, serving.join(execution, wait));
        }
    }

    /**
     * Runs the command of a client that has waited. The reply buffer lies over its output.
     *
     * @return whether the command is done; otherwise the client waits on
     */
    boolean runAgain(KeyWait waiting) {
        Session session = waiting.session();
        Command command = waiting.command();
        execution.argsView().wrap(waiting.request(), waiting.address(), 0);
        execution.prepared(null, 0, 0);
        int mark = reply.used();
        session.block(null);
        calls.runningAgain(waiting);
        stats.commandsProcessed++;
        CommandException refused = admission.refusal(session, command, execution.argsView());
        if (refused == null) {
            runUnit(session, command, 0, 0);
        } else {
            refuse(session, command, refused);
        }
        calls.runningAgain(null);
        timer.flush();
        execution.end();
        if (session.isBlocked()) {
            return false;
        }
        sessions.end(session, waiting);
        sessions.mute(session, mark);
        return true;
    }

    /** Writes what a command answers that has waited in vain. */
    void answerInVain(KeyWait waiting, Consumer<ReplyWriter> answer) {
        int mark = reply.used();
        try {
            answer.accept(reply);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            reply.truncate(mark);
            reply.error(calls.faults().report(waiting.command(), waiting.session(), e));
        }
    }

    /** Counts a command whose wait was ended from outside. */
    void countWaited(KeyWait waiting) {
        timer.count(waiting.command(), 1, waiting.nanos());
        watch.waited(waiting);
        waiting.session().commands++;
        stats.commandsProcessed++;
    }

    Allocator allocator() {
        return store.allocator();
    }
}

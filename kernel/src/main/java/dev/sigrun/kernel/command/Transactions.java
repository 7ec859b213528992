// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues the commands of transactions and runs them. Owner thread only.
 *
 * <p>A queue runs right behind its {@code EXEC}, one command after the other as if each had come by
 * itself, except that nobody else is served in between, that no command may wait, and that the
 * effects leave the server together.
 */
public final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private static final CommandException EXEC_WITHOUT_MULTI =
            CommandException.of("EXEC without MULTI");
    private static final CommandException DISCARD_WITHOUT_MULTI =
            CommandException.of("DISCARD without MULTI");
    private static final CommandException ABORTED =
            new CommandException("EXECABORT", "Transaction discarded because of previous errors.");

    private final Store store;
    private final Clock clock;
    private final CommandTable table;
    private final ServerStats stats;
    private final Admission admission;
    private final Execution execution;
    private final CommandTimer timer;
    private final CommandWatch watch;
    private final Calls calls;
    private final ReplyBuffer reply;
    private final WatchedKeys watchedKeys;
    private long queuedBytesMax = Long.MAX_VALUE;
    private Predicate<Args> readOnlyScripts = args -> false;

    Transactions(
            Store store,
            Clock clock,
            CommandTable table,
            ServerStats stats,
            Admission admission,
            Execution execution,
            CommandTimer timer,
            CommandWatch watch,
            Calls calls) {
        this.store = store;
        this.clock = clock;
        this.table = table;
        this.stats = stats;
        this.admission = admission;
        this.execution = execution;
        this.timer = timer;
        this.watch = watch;
        this.calls = calls;
        this.reply = execution.replyBuffer();
        this.watchedKeys = new WatchedKeys(store);
    }

    /** The keys that clients watch. */
    public WatchedKeys watchedKeys() {
        return watchedKeys;
    }

    /** Sets {@code client-query-buffer-limit}, which what is queued counts towards. */
    public void queuedBytesMax(long bytes) {
        queuedBytesMax = bytes;
    }

    private Transaction of(Session session) {
        Transaction transaction = session.transaction();
        if (transaction == null) {
            transaction = new Transaction(watchedKeys);
            session.transaction(transaction);
        }
        return transaction;
    }

    // ---- the commands ----

    /** MULTI: commands are queued from now on. */
    public void begin(Session session) {
        of(session).open(session.db());
        reply.ok();
    }

    /** DISCARD: what was queued is forgotten. */
    public void discard(Session session) throws CommandException {
        if (!session.isInTransaction()) {
            throw DISCARD_WITHOUT_MULTI;
        }
        session.transaction().discard();
        reply.ok();
    }

    /** EXEC: says whether the queue will run, which it does as soon as this has ended. */
    public void exec(Session session) throws CommandException {
        Transaction transaction = session.transaction();
        if (transaction == null || !transaction.isOpen()) {
            throw EXEC_WITHOUT_MULTI;
        }
        boolean failed = transaction.isFailed();
        if (failed || transaction.isOvertaken() || watchedKeys.isAnyExpired(transaction)) {
            transaction.discard();
            if (failed) {
                throw ABORTED;
            }
            reply.nilArray();
            return;
        }
        reply.array(transaction.size());
        transaction.begin();
    }

    /** WATCH: the transaction shall not run when one of the named keys has changed. */
    public void watch(Session session) throws CommandException {
        Transaction transaction = of(session);
        ArgsView args = execution.argsView();
        if (!watchedKeys.room().hasRoom(args.count() - 1)) {
            throw CommandErrors.ALLOCATION_FAILED;
        }
        for (int i = 1; i < args.count() && !transaction.isOvertaken(); i++) {
            watchedKeys.watch(transaction, session.db(), args.address(i), args.length(i));
        }
        reply.ok();
    }

    /** UNWATCH: it may run whatever happens. */
    public void unwatch(Session session) {
        if (session.transaction() != null) {
            session.transaction().unwatch();
        }
        reply.ok();
    }

    // ---- queueing ----

    /**
     * Queues the command at hand.
     *
     * @return why it cannot be queued; null when it is
     */
    CommandException queue(Session session, Command command) {
        Transaction transaction = session.transaction();
        session.active(command, store.nowMillis());
        if (!transaction.isLost()) {
            try {
                ArgsView args = execution.argsView();
                transaction.add(
                        command,
                        new KeptRequest(store.allocator(), args),
                        mayChange(session, command));
                transaction.selected(
                        command.access()
                                .databaseAfter(args, transaction.db(), store.databaseCount()));
            } catch (MemoryExhausted e) {
                return CommandErrors.ALLOCATION_FAILED;
            }
        }
        reply.simple("QUEUED");
        if (transaction.queuedBytes() > queuedBytesMax) {
            limitReached(session);
        }
        return null;
    }

    private void limitReached(Session session) {
        LOG.warn(
                "Closing client whose transaction reached max query buffer length: id={} addr={}",
                session.id(),
                session.transport().remoteAddress());
        stats.queryLimitDisconnections++;
        session.transport().close();
        session.closeAfterReply();
    }

    /** Says which scripts do not write, by their command's arguments. */
    public void readOnlyScripts(Predicate<Args> areReadOnly) {
        readOnlyScripts = areReadOnly;
    }

    /**
     * Whether the command at hand may change something, {@code EXEC} by what it runs, and a script
     * by what it says of itself.
     */
    boolean mayChange(Session session, Command command) {
        if (command.runsScript) {
            return command.mayReplicate && !readOnlyScripts.test(execution.argsView());
        }
        return command.isWrite
                || command.mayReplicate
                || command.isExec
                        && session.transaction() != null
                        && session.transaction().mayChange();
    }

    /**
     * A command was refused: the transaction that it should have been part of will not run.
     *
     * @param command null when there is none of that name
     * @return what the client hears
     */
    CommandException refused(Session session, Command command, CommandException error) {
        Transaction transaction = session.transaction();
        if (transaction != null) {
            transaction.fail();
        }
        if (command == null || !command.isExec) {
            return error;
        }
        if (transaction != null) {
            transaction.discard();
        }
        if (error.code().equals("REDIRECT")) {
            return error; // Nothing is wrong with the transaction, it only belongs elsewhere.
        }
        String reason = error.getMessage();
        boolean isPlain = error.code().equals("ERR");
        return new CommandException(
                "EXECABORT",
                "Transaction discarded because of: "
                        + (isPlain ? reason.substring("ERR ".length()) : reason));
    }

    // ---- running ----

    /** Runs what is queued; the header of the reply is written. */
    void run(Session session, Command exec) {
        long nanos = timer.putOff();
        long since = clock.nanos();
        Transaction transaction = session.transaction();
        int version = table.version();
        for (int i = 0; i < transaction.size(); i++) {
            Transaction.Queued queued = transaction.queued(i);
            execution.argsView().wrap(queued.request().batch(), queued.request().address(), 0);
            execution.prepared(null, 0, 0);
            stats.commandsProcessed++;
            if (version == table.version()) {
                callAllowed(session, queued.command());
            } else {
                // A command of the queue has changed what the names mean.
                callAnew(session);
            }
            execution.end();
        }
        transaction.finish();
        // It may have taken long, and who is served next should see what has expired meanwhile.
        store.advance();
        timer.flush();
        long allNanos = nanos + clock.nanos() - since;
        timer.count(exec, 1, allNanos);
        watch.transactionEnded(exec, allNanos);
    }

    private void callAllowed(Session session, Command command) {
        CommandException refusal =
                admission.gate().refusalInTransaction(session, command, execution.argsView());
        if (refusal == null) {
            calls.call(session, command, 0, 0);
        } else {
            stats.countError(refusal.code());
            reply.error(refusal.getMessage());
        }
    }

    private void callAnew(Session session) {
        ArgsView args = execution.argsView();
        long name = args.address(0);
        int length = args.length(0);
        Command command =
                session.isReplicated()
                        ? table.findInStream(name, length)
                        : table.find(name, length);
        command = command == null ? null : command.meant(args);
        CommandException refusal = admission.refusal(session, command, args);
        if (refusal == null) {
            calls.call(session, command, 0, 0);
        } else {
            stats.countError(refusal.code());
            reply.error(refusal.getMessage());
        }
    }
}

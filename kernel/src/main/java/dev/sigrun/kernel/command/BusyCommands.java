// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.kernel.wire.RequestBatch;
import dev.sigrun.spi.command.CommandException;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Answers clients while one command holds the owner for long and is still under way. The few
 * commands that may run then have an execution of their own, so that the one under way finds
 * everything as it left it; they touch no key. All others are told that the server is busy. Owner
 * thread only.
 */
final class BusyCommands {
    /** Allowed on Valkey, and all the same refused here: they look at keys, or queue. */
    private static final Set<String> NOT_MEANWHILE = Set.of("watch", "select");

    private final CommandTable table;
    private final Admission admission;
    private final Condition condition;
    private final Transactions transactions;
    private final Sessions sessions;
    private final ServerStats stats;
    private final Execution execution;
    private final CommandTimer timer;
    private final Calls calls;
    private final ReplyBuffer reply;
    private Supplier<CommandException> busyError =
            () -> new CommandException("BUSY", "Valkey is busy.");

    BusyCommands(
            Dispatcher dispatcher,
            Store store,
            Clock clock,
            CommandTable table,
            Admission admission,
            CommandWatch watch,
            Effects effects,
            Logger log) {
        this.table = table;
        this.admission = admission;
        this.condition = dispatcher.condition();
        this.transactions = dispatcher.transactions();
        this.sessions = dispatcher.sessions();
        this.stats = dispatcher.stats();
        this.reply = dispatcher.reply();
        this.execution = new Execution(dispatcher, store, reply);
        this.timer = new CommandTimer(clock, watch);
        this.calls = new Calls(store, sessions, stats, execution, timer, watch, effects, log);
    }

    /** Says what others hear. */
    void error(Supplier<CommandException> text) {
        busyError = text;
    }

    /** Who looks on, and who closes clients whose replies are too large. */
    void observers(Onlookers onlookers, ReplyLimits limits) {
        calls.onlookers(onlookers);
        calls.replyLimits(limits);
    }

    /** As {@link Dispatcher#run}. */
    int run(Session session, RequestBatch batch, long base, int from) {
        reply.protocol(session.protocol());
        int next = from;
        while (next < batch.commands() && !session.isClosing() && !session.isBlocked()) {
            execute(session, batch, base, next);
            next++;
        }
        timer.flush();
        return next;
    }

    private void execute(Session session, RequestBatch batch, long base, int index) {
        ArgsView args = execution.argsView();
        args.wrap(batch, base, index);
        int mark = reply.used();
        if (session.replyMode() == Session.ReplyMode.SKIP_NEXT) {
            session.replyMode(Session.ReplyMode.SKIP);
        }
        Command command = table.find(args.address(0), args.length(0));
        command = command == null ? null : command.meant(args);
        stats.commandsProcessed++;
        CommandException refused = refusal(session, command, args);
        if (refused == null) {
            session.active(command, execution.nowMillis());
            calls.call(session, command, 0, 0);
        } else {
            refuse(session, command, refused);
        }
        execution.end();
        if (session.replyMode() != Session.ReplyMode.ON) {
            sessions.mute(session, mark);
        }
        sessions.takePushes(session, reply);
    }

    private CommandException refusal(Session session, Command command, ArgsView args) {
        CommandException refused = admission.refusalOfClient(session, command, args);
        if (refused == null) {
            // Who loads a file that runs a long script is told that, as by any other command of it.
            refused = condition.refusalToServe(command, false);
        }
        if (refused != null) {
            return refused;
        }
        boolean queues = session.isInTransaction() && !command.isNeverQueued;
        boolean isAllowed = command.isAllowedWhenBusy && !NOT_MEANWHILE.contains(command.name());
        return isAllowed && !queues ? null : busyError.get();
    }

    private void refuse(Session session, Command command, CommandException refused) {
        CommandException error = transactions.refused(session, command, refused);
        if (command != null) {
            command.rejectedCalls++;
        }
        stats.countError(error.code());
        reply.error(error.getMessage());
    }
}

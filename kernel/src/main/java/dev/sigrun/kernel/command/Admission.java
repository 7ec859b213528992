// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides whether a client's command may run. Owner thread only. */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final AclGate gate;
    private final Condition condition;
    private Dispatcher.MemoryLimit memoryLimit = Dispatcher.MemoryLimit.NONE;

    /** Whether there was no memory when a client's command was last admitted. */
    private boolean outOfMemory;

    Admission(AclGate gate, Condition condition) {
        this.gate = gate;
        this.condition = condition;
    }

    /** Asks the rules of users. */
    AclGate gate() {
        return gate;
    }

    /** What guards memory. */
    Dispatcher.MemoryLimit memoryLimit() {
        return memoryLimit;
    }

    /** Sets what guards memory. */
    void memoryLimit(Dispatcher.MemoryLimit limit) {
        memoryLimit = limit;
    }

    /**
     * Why a command may not run; null when it may.
     *
     * @param command what the first argument names, a sub-command when the second does; null for
     *     none
     */
    CommandException refusal(Session session, Command command, ArgsView args) {
        CommandException refused = refusalOfClient(session, command, args);
        if (refused != null) {
            return refused;
        }
        if (session.isReplica() && (command.isWrite || command.isRead || command.mayReplicate)) {
            session.active(command, session.lastActiveMillis());
            return CommandErrors.FROM_REPLICA;
        }
        CommandException elsewhere = redirection(session, command);
        if (elsewhere != null) {
            return elsewhere;
        }
        outOfMemory = !memoryLimit.makeRoom();
        if (outOfMemory && isDenyOom(session, command)) {
            return CommandErrors.OUT_OF_MEMORY;
        }
        if (!condition.isOrdinary()) {
            return refusalOfServer(session, command);
        }
        return refusalOfSubscriber(session, command);
    }

    /** Why a command may not run although it usually might; null when it may. */
    private CommandException refusalOfServer(Session session, Command command) {
        boolean obeyed = session.isReplicated();
        CommandException refused =
                condition.refusalToWrite(isWrite(session, command), command.isPing, obeyed);
        if (refused == null) {
            refused = refusalOfSubscriber(session, command);
        }
        if (refused == null) {
            refused = condition.refusalToServe(command, obeyed);
        }
        if (refused == null && command.isExec && session.transaction() != null) {
            refused = condition.refusalToServe(session.transaction(), obeyed);
        }
        return refused;
    }

    private static CommandException refusalOfSubscriber(Session session, Command command) {
        if (session.isSubscribed() && session.protocol() == 2 && !command.isForSubscribers) {
            return CommandErrors.notWhileSubscribed(command);
        }
        return null;
    }

    /** Why a client may not run a command, whatever the state of the server; null when it may. */
    CommandException refusalOfClient(Session session, Command command, ArgsView args) {
        if (command == null) {
            return unknown(session, args);
        }
        boolean isContainer = command.subcommands().size() > 0;
        if (isContainer && args.count() > 1 && command.container() == null) {
            if (!session.isAuthenticated() && !command.isNoAuth) {
                return CommandErrors.NO_AUTH;
            }
            return CommandErrors.unknownSubcommand(args);
        }
        if (!session.isAuthenticated() && !command.isNoAuth) {
            return CommandErrors.NO_AUTH;
        }
        if (!command.acceptsCount(args.count())) {
            return CommandErrors.wrongCount(command);
        }
        if (command.isNoMulti && session.isInTransaction()) {
            return CommandErrors.notInTransaction(command);
        }
        return gate.refusal(session, command, args);
    }

    /** Whether there was no memory when the command at hand began. */
    boolean isOutOfMemory() {
        return outOfMemory;
    }

    /** Whether a command needs memory, {@code EXEC} by what it runs. */
    private static boolean isDenyOom(Session session, Command command) {
        return command.isDenyOom
                || command.isExec
                        && session.transaction() != null
                        && session.transaction().isDenyOom();
    }

    /** Whether a command writes, {@code EXEC} by what it runs. */
    private static boolean isWrite(Session session, Command command) {
        return command.isWrite
                || command.isExec
                        && session.transaction() != null
                        && session.transaction().isWrite();
    }

    /** Where a client is sent with its command; null when it is served here. */
    private CommandException redirection(Session session, Command command) {
        if (condition.isOrdinary() || !session.isRedirectCapable()) {
            return null;
        }
        boolean isRead = command.spec().flags().contains(CommandFlag.READONLY);
        if (command.isExec && session.transaction() != null) {
            isRead = session.transaction().isRead();
        }
        return condition.redirection(session, isWrite(session, command), isRead);
    }

    /** What the server is able to do. */
    Condition condition() {
        return condition;
    }

    private static CommandException unknown(Session session, ArgsView args) {
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

    /** A browser that was tricked into talking to this port must get nowhere. */
    private static boolean isWebRequest(ArgsView args) {
        return args.is(0, "post") || args.is(0, "host:");
    }
}

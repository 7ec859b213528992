// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.acl.AclLog;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.script.CallOutcome;

/** Decides whether a command may run that a script calls. Owner thread only. */
final class ScriptAdmission {
    private static final CommandException READ_ONLY =
            CommandException.of("Write commands are not allowed from read-only scripts.");

    private final Admission admission;
    private CallOutcome outcome = CallOutcome.DONE;
    private boolean readOnly;
    private boolean allowOom;
    private boolean written;
    private boolean denies = true;

    ScriptAdmission(Admission admission) {
        this.admission = admission;
    }

    /** Says whether commands are refused that are not for scripts, as they are but in tests. */
    void denies(boolean yes) {
        denies = yes;
    }

    /** A script begins. */
    void begin(boolean isReadOnly, boolean mayExceedMemory) {
        readOnly = isReadOnly;
        allowOom = mayExceedMemory;
        written = false;
    }

    /** Whether the script has written, or was about to. */
    boolean hasWritten() {
        return written;
    }

    /** Whether there was no memory when the script's command began. */
    boolean isOutOfMemory() {
        return admission.isOutOfMemory();
    }

    /** What kind of refusal the last one was. */
    CallOutcome outcome() {
        return outcome;
    }

    /**
     * Why a command may not run; null when it may.
     *
     * @param command null when there is none of the name
     */
    CommandException refusal(Session session, Command command, ArgsView args) {
        if (command == null) {
            outcome = CallOutcome.UNKNOWN_COMMAND;
            return CommandErrors.unknownCommand(args);
        }
        if (command.subcommands().size() > 0 && args.count() > 1) {
            outcome = CallOutcome.UNKNOWN_COMMAND;
            return CommandErrors.unknownSubcommand(args);
        }
        if (!command.acceptsCount(args.count())) {
            outcome = CallOutcome.WRONG_COUNT;
            return CommandErrors.wrongCount(command);
        }
        if (denies && command.spec().flags().contains(CommandFlag.NOSCRIPT)) {
            outcome = CallOutcome.NOT_ALLOWED;
            return CommandException.of(
                    "command '" + command.fullName() + "' is not allowed on script mode");
        }
        // A script that has begun to write goes on to its end: half of its work would be worse.
        if (command.isDenyOom && !allowOom && !written && admission.isOutOfMemory()) {
            outcome = CallOutcome.REFUSED;
            return CommandErrors.OUT_OF_MEMORY;
        }
        CommandException forbidden =
                admission.gate().refusal(session, command, args, AclLog.Context.LUA);
        if (forbidden != null) {
            outcome = CallOutcome.NO_PERMISSION;
            return forbidden;
        }
        if (readOnly && (command.isWrite || command.mayReplicate)) {
            outcome = CallOutcome.REFUSED;
            return READ_ONLY;
        }
        Condition condition = admission.condition();
        if (command.isWrite && !condition.isOrdinary()) {
            // A script that has begun to write goes on to its end, here as well.
            boolean obeyed = written || session.isReplicated();
            CommandException refused = condition.refusalToWrite(true, false, obeyed);
            if (refused != null) {
                outcome = CallOutcome.REFUSED;
                return refused;
            }
        }
        CommandException stale = condition.refusalOfCall(command, session.isReplicated());
        if (stale != null) {
            outcome = CallOutcome.REFUSED;
            return stale;
        }
        written |= command.isWrite;
        return null;
    }

    /** Whether the client's user may run a command, whatever else may be against it. */
    CallOutcome permission(Session session, Command command, ArgsView args) {
        if (command == null || !command.acceptsCount(args.count())) {
            return CallOutcome.UNKNOWN_COMMAND;
        }
        return admission.gate().allows(session, command, args)
                ? CallOutcome.DONE
                : CallOutcome.NO_PERMISSION;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import java.util.function.Supplier;

/**
 * What the server is able to do at the moment, as the layers above know it: whether its data is
 * being loaded, whether it follows a primary, whether writes would be safe. Admission asks before
 * each command; as long as nothing is out of the ordinary that is one comparison. Owner thread
 * only.
 */
public final class Condition {
    /** How data is being loaded. */
    public enum Loading {
        /** Not at all. */
        NONE,
        /** In the place of what was there, so that nothing can be read meanwhile. */
        IN_PLACE,
        /** Beside what is there, which can be read until it is exchanged. */
        BESIDE
    }

    private static final CommandException LOADING =
            new CommandException("LOADING", "Valkey is loading the dataset in memory");
    private static final CommandException READ_ONLY =
            new CommandException("READONLY", "You can't write against a read only replica.");
    private static final CommandException STALE =
            new CommandException(
                    "MASTERDOWN",
                    "Link with MASTER is down and replica-serve-stale-data is set to 'no'.");
    private static final CommandException STALE_CALL =
            CommandException.of("Can not execute the command on a stale replica");
    private static final CommandException FEW_REPLICAS =
            new CommandException("NOREPLICAS", "Not enough good replicas to write.");

    /** Not a refusal: the command waits until it is known who the primary is. */
    private static final CommandException POSTPONED = CommandException.of("postponed");

    private Loading loading = Loading.NONE;
    private CommandException redirection;
    private boolean replica;
    private boolean readOnly;
    private boolean stale;
    private boolean fewReplicas;
    private Supplier<CommandException> diskError = () -> null;
    private boolean diskErrorPossible;
    private boolean ordinary = true;

    /** Whether nothing needs to be asked. */
    boolean isOrdinary() {
        return ordinary;
    }

    private void settle() {
        ordinary =
                loading == Loading.NONE
                        && !readOnly
                        && redirection == null
                        && !stale
                        && !fewReplicas
                        && !diskErrorPossible;
    }

    /** Says how data is being loaded. */
    public void loading(Loading how) {
        loading = how;
        settle();
    }

    /** How data is being loaded. */
    public Loading loading() {
        return loading;
    }

    /** Whether the server follows a primary. */
    public boolean isReplica() {
        return replica;
    }

    /**
     * Says whether the server follows a primary.
     *
     * @param isReadOnly whether clients may not write because of that
     */
    public void replica(boolean isReplica, boolean isReadOnly) {
        replica = isReplica;
        readOnly = isReplica && isReadOnly;
        settle();
    }

    /**
     * Says where clients are sent that said that they can follow; null for nowhere.
     *
     * @param host the address of the primary
     * @param known whether that is the primary already; otherwise such clients wait
     */
    public void redirect(String host, int port, boolean known) {
        if (host == null) {
            redirection = null;
        } else {
            redirection = known ? new CommandException("REDIRECT", host + ":" + port) : POSTPONED;
        }
        settle();
    }

    /** Whether a refusal is none, but asks to wait until the end of the pause. */
    @SuppressWarnings("ReferenceEquality") // It is one object.
    static boolean isPostponed(CommandException refusal) {
        return refusal == POSTPONED;
    }

    /** Where a client is sent with its command; null when it is served here. */
    CommandException redirection(Session session, boolean isWrite, boolean isRead) {
        boolean applies =
                redirection != null
                        && session.isRedirectCapable()
                        && !session.isReplicated()
                        && (isWrite || isRead && !session.isReadOnly());
        return applies ? redirection : null;
    }

    /** Says whether what there is must not be served because it may be old. */
    public void stale(boolean yes) {
        stale = yes;
        settle();
    }

    /** Says whether fewer replicas follow than writes need. */
    public void fewReplicas(boolean yes) {
        fewReplicas = yes;
        settle();
    }

    /**
     * Says what keeps data from reaching the disk.
     *
     * @param possible whether the supplier needs to be asked at all
     * @param error the error that writes get, or null
     */
    public void diskError(boolean possible, Supplier<CommandException> error) {
        diskErrorPossible = possible;
        diskError = error;
        settle();
    }

    /** Whether something keeps data from reaching the disk. */
    public boolean hasDiskError() {
        return diskErrorPossible && diskError.get() != null;
    }

    /**
     * Why data must not change; null when it may.
     *
     * @param obeyed whether the command comes from a primary or a file
     */
    CommandException refusalToWrite(boolean isWrite, boolean isPing, boolean obeyed) {
        if (obeyed || !(isWrite || isPing)) {
            return null;
        }
        if (diskErrorPossible) {
            CommandException error = diskError.get();
            if (error != null) {
                return error;
            }
        }
        if (!isWrite) {
            return null;
        }
        return fewReplicas ? FEW_REPLICAS : readOnly ? READ_ONLY : null;
    }

    /**
     * Why a script may not run that says what it does; null when it may.
     *
     * @param writes whether it may write
     * @param allowsStale whether it does with data that may be old
     * @param obeyed whether its command comes from a primary or a file
     */
    public CommandException refusalOfScript(boolean writes, boolean allowsStale, boolean obeyed) {
        if (ordinary || obeyed) {
            return null;
        }
        CommandException refused = refusalToWrite(writes, false, false);
        return refused == null && stale && !allowsStale ? STALE : refused;
    }

    /** Why a script's command may not be served with what there is; null when it may. */
    CommandException refusalOfCall(Command command, boolean obeyed) {
        boolean isRefused = stale && !obeyed && !command.spec().flags().contains(CommandFlag.STALE);
        return isRefused ? STALE_CALL : null;
    }

    /** Why a command may not be served with what there is; null when it may. */
    CommandException refusalToServe(Command command, boolean obeyed) {
        if (stale && !obeyed && !command.spec().flags().contains(CommandFlag.STALE)) {
            return STALE;
        }
        if (loading == Loading.NONE || obeyed) {
            return null;
        }
        boolean allowed =
                loading == Loading.IN_PLACE
                        ? command.spec().flags().contains(CommandFlag.LOADING)
                        : !command.spec().flags().contains(CommandFlag.NO_ASYNC_LOADING);
        return allowed ? null : LOADING;
    }

    /** The same for all that a transaction has queued, perhaps when there was more. */
    CommandException refusalToServe(Transaction transaction, boolean obeyed) {
        if (obeyed) {
            return null;
        }
        if (stale && !transaction.allHave(CommandFlag.STALE)) {
            return STALE;
        }
        boolean isRefused =
                loading == Loading.IN_PLACE && !transaction.allHave(CommandFlag.LOADING);
        return isRefused ? LOADING : null;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.acl.AccessControl;
import dev.sigrun.kernel.acl.AclCommand;
import dev.sigrun.kernel.acl.AclLog;
import dev.sigrun.kernel.acl.Denial;
import dev.sigrun.kernel.acl.User;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the rules of a client's user whether a command may run, and has refusals taken down. Whoever
 * may do everything is asked nothing. Owner thread only.
 */
public final class AclGate {
    private static final Logger LOG = LoggerFactory.getLogger(AclGate.class);
    private static final String CHANGED =
            "ACLs rules changed between the moment the transaction was accumulated and the EXEC"
                    + " call. This command is no longer allowed for the following reason: ";

    private final Store store;
    private AccessControl control;
    private Function<Session, String> clientInfo = session -> "";

    AclGate(Store store) {
        this.store = store;
    }

    /** Sets whose rules hold; without, there are no users but one, who may do everything. */
    public void control(AccessControl rules) {
        control = rules;
    }

    /** Sets what describes clients in the log of refusals. */
    public void clientInfo(Function<Session, String> describer) {
        clientInfo = describer;
    }

    /** The user that new clients are. */
    public User defaultUser() {
        return control == null ? User.UNRESTRICTED : control.users().defaultUser();
    }

    /** Why a client's command may not run; null when it may. What is refused is taken down. */
    CommandException refusal(Session session, Command command, Args args) {
        Denial denial = denial(session, command, args);
        if (denial == null) {
            return null;
        }
        AclLog.Context context =
                session.isInTransaction() ? AclLog.Context.MULTI : AclLog.Context.TOPLEVEL;
        session.active(command, store.nowMillis());
        takeDown(denial, context, session, command.access(), args);
        return noPermission(AccessControl.message(denial, session.user(), command.access()));
    }

    /** The same for a command of a transaction that is running: rules may have changed since. */
    CommandException refusalInTransaction(Session session, Command command, Args args) {
        Denial denial = denial(session, command, args);
        if (denial == null) {
            return null;
        }
        takeDown(denial, AclLog.Context.MULTI, session, command.access(), args);
        return noPermission(
                CHANGED
                        + switch (denial) {
                            case COMMAND -> "no permission to execute the command or subcommand";
                            case KEY -> "no permission to touch the specified keys";
                            case CHANNEL ->
                                    "no permission to access one of the channels used as"
                                            + " arguments";
                            default -> "no permission";
                        });
    }

    /**
     * Why a command that a script or a plugin runs on behalf of a client may not run; null when it
     * may. What is refused is taken down.
     *
     * @param args the whole command, its name at 0
     */
    CommandException refusal(Session session, Command command, Args args, AclLog.Context context) {
        Denial denial = denial(session, command, args);
        if (denial == null) {
            return null;
        }
        takeDown(denial, context, session, command.access(), args);
        return noPermission(AccessControl.message(denial, session.user(), command.access()));
    }

    /** Whether a client's command may run; nothing is taken down. */
    boolean allows(Session session, Command command, Args args) {
        return denial(session, command, args) == null;
    }

    /** Whether a client's command may read keys that it does not name. */
    boolean mayReadAnyKey(Session session, Command command, Args args) {
        return session.user().isUnrestricted()
                || control.mayReadAnyKey(
                        session.user(), command.access(), args, session.aclDatabase());
    }

    private Denial denial(Session session, Command command, Args args) {
        return session.user().isUnrestricted()
                ? null
                : control.check(session.user(), command.access(), args, session.aclDatabase());
    }

    private void takeDown(
            Denial denial, AclLog.Context context, Session session, AclCommand command, Args args) {
        control.takeDown(
                denial,
                context,
                session.user(),
                command,
                args,
                () -> clientInfo.apply(session.inNameOf()),
                store.nowMillis());
    }

    /** Takes down that a client has named a user it does not prove to be. */
    public void loginFailed(Session session, String userName, String command) {
        control.takeDownLogin(
                session.isInTransaction() ? AclLog.Context.MULTI : AclLog.Context.TOPLEVEL,
                userName,
                command,
                () -> clientInfo.apply(session),
                store.nowMillis());
    }

    /**
     * Lets a new client in as the first user that its certificate names and that may come in. With
     * none it stays who it is, which is taken down.
     *
     * @param names at least one
     */
    public void admit(Session session, List<String> names) {
        if (control == null) {
            return;
        }
        for (String name : names) {
            User user = control.users().find(name);
            if (user != null && user.isEnabled()) {
                session.authenticated(true, user);
                LOG.debug("TLS: Auto-authenticated client as {}", user.name());
                return;
            }
        }
        control.takeDownCertificate(
                names.getLast(), () -> clientInfo.apply(session), store.nowMillis());
    }

    private static CommandException noPermission(String text) {
        return new CommandException("NOPERM", text);
    }
}

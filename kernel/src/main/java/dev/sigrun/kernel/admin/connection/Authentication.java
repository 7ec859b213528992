// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import static dev.sigrun.spi.command.CommandFlag.ALLOW_BUSY;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.LOADING;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;
import static dev.sigrun.spi.command.CommandFlag.NO_AUTH;
import static dev.sigrun.spi.command.CommandFlag.STALE;

import dev.sigrun.kernel.acl.User;
import dev.sigrun.kernel.acl.Users;
import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.AclGate;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;

/** Who clients are, and AUTH. Owner only. */
final class Authentication {
    private static final CommandException WRONG_PASSWORD =
            new CommandException(
                    "WRONGPASS", "invalid username-password pair or user is disabled.");
    private static final CommandException NO_PASSWORD_SET =
            CommandException.of(
                    "AUTH <password> called without any password configured for the default user."
                            + " Are you sure your configuration is correct?");
    private static final int USER_AND_PASSWORD = 3;

    private final Users users;
    private final AclGate gate;

    Authentication(AdminContext admin) {
        this.users = admin.access().users();
        this.gate = admin.dispatcher().gate();
    }

    void register(Registry registry) {
        Specs.add(
                registry,
                Specs.connection("auth", -2, ALLOW_BUSY, NOSCRIPT, LOADING, STALE, FAST, NO_AUTH),
                this::auth);
    }

    private void auth(Execution execution) throws CommandException {
        int count = execution.args().count();
        if (count > USER_AND_PASSWORD) {
            throw CommandException.SYNTAX;
        }
        boolean withUser = count == USER_AND_PASSWORD;
        if (!withUser && users.defaultUser().isPasswordless()) {
            throw NO_PASSWORD_SET;
        }
        Bytes user = withUser ? execution.args().bytes(1) : null;
        login(execution, user, execution.args().bytes(count - 1));
        execution.reply().ok();
    }

    /** Gives a session what a new connection has. */
    void begin(Session session) {
        session.authenticated(users.defaultUser().isOpen(), users.defaultUser());
    }

    /**
     * Lets the client of the command at hand in.
     *
     * @param name null for the default user
     */
    void login(Execution execution, Bytes name, Bytes password) throws CommandException {
        String userName = name == null ? User.DEFAULT_NAME : name.text();
        User user = users.authenticate(userName, password.copy());
        if (user == null) {
            gate.loginFailed(execution.session(), userName, execution.args().bytes(0).text());
            throw WRONG_PASSWORD;
        }
        execution.session().authenticated(true, user);
    }
}

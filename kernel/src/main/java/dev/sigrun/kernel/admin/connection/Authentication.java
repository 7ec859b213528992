// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import static dev.sigrun.spi.command.CommandFlag.ALLOW_BUSY;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.LOADING;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;
import static dev.sigrun.spi.command.CommandFlag.NO_AUTH;
import static dev.sigrun.spi.command.CommandFlag.STALE;

import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.SecurityParameters;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import java.security.MessageDigest;

/** Who clients are, and AUTH. There is one user, whom {@code requirepass} guards. Owner only. */
final class Authentication {
    /** The one user there is. */
    static final String DEFAULT_USER = "default";

    private static final CommandException WRONG_PASSWORD =
            new CommandException(
                    "WRONGPASS", "invalid username-password pair or user is disabled.");
    private static final CommandException NO_PASSWORD_SET =
            CommandException.of(
                    "AUTH <password> called without any password configured for the default user."
                            + " Are you sure your configuration is correct?");
    private static final int USER_AND_PASSWORD = 3;

    private final Config config;

    Authentication(Config config) {
        this.config = config;
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
        if (!withUser && password().length == 0) {
            throw NO_PASSWORD_SET;
        }
        Bytes user = withUser ? execution.args().bytes(1) : null;
        login(execution.session(), user, execution.args().bytes(count - 1));
        execution.reply().ok();
    }

    /** Gives a session what a new connection has. */
    void begin(Session session) {
        session.authenticated(password().length == 0, DEFAULT_USER);
    }

    /**
     * Lets a session in.
     *
     * @param user null for the default user
     */
    void login(Session session, Bytes user, Bytes password) throws CommandException {
        boolean known = user == null || user.text().equals(DEFAULT_USER);
        if (!known || !matches(password)) {
            throw WRONG_PASSWORD;
        }
        session.authenticated(true, DEFAULT_USER);
    }

    /** How long this takes depends on what was given, not on how much of it is right. */
    private boolean matches(Bytes given) {
        byte[] expected = password();
        return expected.length == 0 || MessageDigest.isEqual(given.copy(), expected);
    }

    private byte[] password() {
        byte[] password = config.bytes(SecurityParameters.REQUIREPASS);
        return password == null ? new byte[0] : password;
    }
}

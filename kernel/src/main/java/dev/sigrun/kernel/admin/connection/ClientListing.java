// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import static dev.sigrun.spi.command.CommandFlag.ADMIN;
import static dev.sigrun.spi.command.CommandFlag.ALLOW_BUSY;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;

import dev.sigrun.kernel.acl.Users;
import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.command.Sessions;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/** CLIENT LIST, INFO and ID. Owner thread only. */
final class ClientListing {
    private static final String CHANGING = "nondeterministic_output";
    private static final int FIRST_CONDITION = 2;

    private final Sessions sessions;
    private final Users users;

    ClientListing(AdminContext admin) {
        this.sessions = admin.sessions();
        this.users = admin.access().users();
    }

    void register(Registry registry, Command client) {
        Specs.addTo(
                registry,
                client,
                Specs.client("list", -2, ADMIN, NOSCRIPT).tips(CHANGING),
                this::list);
        Specs.addTo(
                registry,
                client,
                Specs.client("info", 2, NOSCRIPT).tips(CHANGING),
                ClientListing::info);
        Specs.addTo(
                registry,
                client,
                Specs.client("id", 2, ALLOW_BUSY, NOSCRIPT),
                execution -> execution.reply().integer(execution.session().id()));
    }

    private void list(Execution execution) throws CommandException {
        ClientFilter filter = new ClientFilter(execution.session(), false);
        int count = execution.args().count();
        if (count == FIRST_CONDITION + 1) {
            throw CommandException.SYNTAX;
        }
        if (count > FIRST_CONDITION) {
            parse(execution, filter, users);
        }
        StringBuilder lines = new StringBuilder();
        for (Session session : filter.select(sessions.all())) {
            line(lines, execution, session);
        }
        execution.reply().verbatim("txt", lines.toString());
    }

    /** Reads the conditions behind the names of the command. */
    static void parse(Execution execution, ClientFilter filter, Users users)
            throws CommandException {
        new ClientFilterParser(
                        execution.args(),
                        filter,
                        execution.nowMillis(),
                        execution.store().databaseCount(),
                        users)
                .parse(FIRST_CONDITION);
    }

    private static void info(Execution execution) {
        StringBuilder line = new StringBuilder();
        line(line, execution, execution.session());
        execution.reply().verbatim("txt", line.toString());
    }

    private static void line(StringBuilder lines, Execution execution, Session session) {
        boolean isAsking = session == execution.session();
        // The command at hand is counted already, but it is not done.
        ClientLine.append(
                lines,
                session,
                execution.nowMillis(),
                isAsking ? bytes(execution.args()) : kept(session),
                isAsking ? session.commands - 1 : session.commands);
        lines.append('\n');
    }

    /** What can be said of a client at any time. */
    static String line(Session session, long nowMillis) {
        StringBuilder line = new StringBuilder();
        ClientLine.append(line, session, nowMillis, kept(session), session.commands);
        return line.toString();
    }

    private static long kept(Session session) {
        return session.isBlocked() ? session.block().argumentBytes() : 0;
    }

    private static long bytes(Args args) {
        long bytes = 0;
        for (int i = 0; i < args.count(); i++) {
            bytes += args.bytes(i).length();
        }
        return bytes;
    }
}

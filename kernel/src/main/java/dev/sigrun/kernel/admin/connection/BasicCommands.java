// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import static dev.sigrun.spi.command.CommandFlag.ALLOW_BUSY;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.LOADING;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;
import static dev.sigrun.spi.command.CommandFlag.NO_AUTH;
import static dev.sigrun.spi.command.CommandFlag.STALE;

import dev.sigrun.kernel.command.CommandErrors;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.spi.command.CommandException;

/** PING, ECHO, SELECT, READONLY, READWRITE, RESET and QUIT. Owner thread only. */
final class BasicCommands {
    private static final CommandException NO_SUCH_DB =
            CommandException.of("DB index is out of range");
    private static final CommandException NOT_AN_INT =
            CommandException.of(
                    "value is out of range, value must between -2147483648 and 2147483647");

    private final Dispatcher dispatcher;
    private final Authentication authentication;

    BasicCommands(Dispatcher dispatcher, Authentication authentication) {
        this.dispatcher = dispatcher;
        this.authentication = authentication;
    }

    void register(Registry registry) {
        Specs.add(
                registry,
                Specs.connection("ping", -1, FAST)
                        .tips("request_policy:all_shards", "response_policy:all_succeeded"),
                BasicCommands::ping);
        Specs.add(
                registry,
                Specs.connection("echo", 2, LOADING, STALE, FAST),
                execution -> execution.reply().bulk(execution.args().bytes(1)));
        Specs.add(
                registry,
                Specs.connection("select", 2, ALLOW_BUSY, LOADING, STALE, FAST),
                BasicCommands::select);
        Specs.add(
                registry,
                Specs.connection("readonly", 1, LOADING, STALE, FAST),
                execution -> readOnly(execution, true));
        Specs.add(
                registry,
                Specs.connection("readwrite", 1, LOADING, STALE, FAST),
                execution -> readOnly(execution, false));
        Specs.add(
                registry,
                Specs.connection("reset", 1, ALLOW_BUSY, NOSCRIPT, LOADING, STALE, FAST, NO_AUTH),
                this::reset);
        Specs.add(
                registry,
                Specs.connection("quit", -1, ALLOW_BUSY, NOSCRIPT, LOADING, STALE, FAST, NO_AUTH),
                BasicCommands::quit);
    }

    private static void ping(Execution execution) throws CommandException {
        if (execution.session().isSubscribed() && execution.session().protocol() == 2) {
            pingSubscriber(execution);
            return;
        }
        switch (execution.args().count()) {
            case 1 -> execution.reply().simple("PONG");
            case 2 -> execution.reply().bulk(execution.args().bytes(1));
            default -> throw CommandErrors.wrongCount(execution.command());
        }
    }

    /** A subscriber of RESP2 tells answers from messages by their form alone. */
    private static void pingSubscriber(Execution execution) throws CommandException {
        if (execution.args().count() > 2) {
            throw CommandErrors.wrongCount(execution.command());
        }
        execution.reply().array(2);
        execution.reply().bulk("pong");
        if (execution.args().count() == 2) {
            execution.reply().bulk(execution.args().bytes(1));
        } else {
            execution.reply().bulk("");
        }
    }

    private static void select(Execution execution) throws CommandException {
        long index = execution.args().longAt(1);
        if (index != (int) index) {
            throw NOT_AN_INT;
        }
        if (index < 0 || index >= execution.store().databaseCount()) {
            throw NO_SUCH_DB;
        }
        execution.session().db((int) index);
        execution.reply().ok();
    }

    private static void readOnly(Execution execution, boolean yes) {
        execution.session().readOnly(yes);
        execution.reply().ok();
    }

    private void reset(Execution execution) {
        Session session = execution.session();
        dispatcher.audience().forget(session);
        session.reset();
        authentication.begin(session);
        execution.replyBuffer().protocol(session.protocol());
        execution.reply().simple("RESET");
    }

    private static void quit(Execution execution) {
        execution.reply().ok();
        execution.session().closeAfterReply();
    }
}

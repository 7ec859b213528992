// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import static dev.sigrun.spi.command.CommandFlag.ADMIN;
import static dev.sigrun.spi.command.CommandFlag.ALLOW_BUSY;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;
import static dev.sigrun.spi.command.CommandFlag.NO_MULTI;

import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.command.Session.ReplyMode;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/**
 * CLIENT REPLY, NO-EVICT, NO-TOUCH, IMPORT-SOURCE and CAPA: how a client wants to be treated. Owner
 * only.
 */
final class ClientSwitches {
    private static final CommandException NO_IMPORT =
            CommandException.of("Server is not in import mode");

    private ClientSwitches() {}

    static void register(Registry registry, Command client) {
        Specs.addTo(
                registry,
                client,
                Specs.client("reply", 3, ALLOW_BUSY, NOSCRIPT, NO_MULTI),
                ClientSwitches::reply);
        Specs.addTo(
                registry,
                client,
                Specs.client("no-evict", 3, ALLOW_BUSY, ADMIN, NOSCRIPT),
                ClientSwitches::noEvict);
        Specs.addTo(
                registry,
                client,
                Specs.client("no-touch", 3, ALLOW_BUSY, NOSCRIPT),
                ClientSwitches::noTouch);
        Specs.addTo(
                registry,
                client,
                Specs.client("import-source", 3, NOSCRIPT),
                ClientSwitches::importSource);
        Specs.addTo(
                registry,
                client,
                Specs.client("capa", -3, ALLOW_BUSY, NOSCRIPT),
                ClientSwitches::capa);
    }

    /** Only ON is answered; the dispatcher drops the replies of a client in another mode. */
    private static void reply(Execution execution) throws CommandException {
        Session session = execution.session();
        if (execution.args().is(2, "skip")) {
            if (session.replyMode() != ReplyMode.OFF) {
                session.replyMode(ReplyMode.SKIP_NEXT);
            }
        } else if (Arguments.isOn(execution.args(), 2)) {
            session.replyMode(ReplyMode.ON);
            execution.reply().ok();
        } else {
            session.replyMode(ReplyMode.OFF);
        }
    }

    private static void noEvict(Execution execution) throws CommandException {
        execution.session().noEvict(Arguments.isOn(execution.args(), 2));
        execution.reply().ok();
    }

    private static void noTouch(Execution execution) throws CommandException {
        execution.session().noTouch(Arguments.isOn(execution.args(), 2));
        execution.reply().ok();
    }

    private static void importSource(Execution execution) throws CommandException {
        if (!execution.store().isImporting() && !execution.args().is(2, "off")) {
            throw NO_IMPORT;
        }
        execution.session().importSource(Arguments.isOn(execution.args(), 2));
        execution.reply().ok();
    }

    /** Capabilities that are not known are passed over, so that clients may name any. */
    private static void capa(Execution execution) {
        Args args = execution.args();
        for (int i = 2; i < args.count(); i++) {
            if (args.is(i, "redirect")) {
                execution.session().redirectCapable();
            }
        }
        execution.reply().ok();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import static dev.sigrun.spi.command.CommandFlag.ADMIN;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Pause;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.command.Sessions;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/** CLIENT PAUSE, UNPAUSE and UNBLOCK: who waits, and who need not. Owner thread only. */
final class ClientWaits {
    private static final CommandException BAD_REASON =
            CommandException.of("CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
    private static final CommandException BAD_MODE =
            CommandException.of("CLIENT PAUSE mode must be WRITE or ALL");
    private static final String UNBLOCKED = "UNBLOCKED";
    private static final int OPTION = 3;

    private final AdminContext admin;
    private final Sessions sessions;
    private final Pause pause;

    ClientWaits(AdminContext admin) {
        this.admin = admin;
        this.sessions = admin.sessions();
        this.pause = admin.dispatcher().pause();
    }

    void register(Registry registry, Command client) {
        Specs.addTo(registry, client, Specs.client("pause", -3, ADMIN, NOSCRIPT), this::pause);
        Specs.addTo(registry, client, Specs.client("unpause", 2, ADMIN, NOSCRIPT), this::unpause);
        Specs.addTo(registry, client, Specs.client("unblock", -3, ADMIN, NOSCRIPT), this::unblock);
    }

    private void pause(Execution execution) throws CommandException {
        Args args = execution.args();
        boolean everything = true;
        if (args.count() == OPTION + 1) {
            everything = args.is(OPTION, "all");
            if (!everything && !args.is(OPTION, "write")) {
                throw BAD_MODE;
            }
        }
        long now = execution.nowMillis();
        pause.begin(Arguments.deadlineMillis(args, 2, now), everything, now);
        execution.reply().ok();
    }

    private void unpause(Execution execution) {
        pause.end();
        admin.dispatcher().pauseEnded();
        execution.reply().ok();
    }

    private void unblock(Execution execution) throws CommandException {
        Args args = execution.args();
        boolean asError = false;
        if (args.count() == OPTION + 1) {
            asError = args.is(OPTION, "error");
            if (!asError && !args.is(OPTION, "timeout")) {
                throw BAD_REASON;
            }
        }
        Session session = sessions.find(args.longAt(2));
        Session.Block waiting = session == null ? null : session.block();
        if (waiting == null || !waiting.mayBeCutShort()) {
            execution.reply().integer(0);
            return;
        }
        boolean failed = asError;
        sessions.unblock(session, () -> answer(session, waiting, failed));
        execution.reply().integer(1);
    }

    private void answer(Session session, Session.Block waiting, boolean asError) {
        if (asError) {
            admin.dispatcher()
                    .reply()
                    .error(UNBLOCKED.concat(" client unblocked via CLIENT UNBLOCK"));
            admin.stats().countError(UNBLOCKED);
            waiting.cancelled(session);
        } else {
            waiting.timedOut(session);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.ShutdownWish;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.config.ClusterParameters;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;

/**
 * {@code SHUTDOWN}. A client that asks for the end gets no reply but the end of its connection, and
 * executes nothing more until then. Owner thread only.
 */
final class ShutdownCommand {
    private static final CommandException NO_CLUSTER =
            CommandException.of("SHUTDOWN FAILOVER is only supported in cluster mode.");
    private static final CommandException NONE_IN_PROGRESS =
            CommandException.of("No shutdown in progress.");
    private static final CommandException FAILED =
            CommandException.of("Errors trying to SHUTDOWN. Check logs.");

    private static final CommandException NOT_BLOCKING =
            CommandException.of(
                    "SHUTDOWN without NOW or ABORT isn't allowed for DENY BLOCKING client");

    private final AdminContext context;

    ShutdownCommand(AdminContext context) {
        this.context = context;
    }

    void register(Declaring declaring) {
        declaring.command(
                CommandSpec.command("shutdown", -1)
                        .flags(
                                CommandFlag.ADMIN,
                                CommandFlag.NOSCRIPT,
                                CommandFlag.LOADING,
                                CommandFlag.STALE,
                                CommandFlag.NO_MULTI,
                                CommandFlag.ALLOW_BUSY),
                this::shutdown);
    }

    private void shutdown(CommandContext command) throws CommandException {
        Options options = Options.parse(command.args());
        if (options.failover && !context.config().booleanValue(ClusterParameters.CLUSTER_ENABLED)) {
            throw NO_CLUSTER;
        }
        if (options.abort) {
            if (!context.shutdown().abort()) {
                throw NONE_IN_PROGRESS;
            }
            command.reply().ok();
            return;
        }
        Execution execution = (Execution) command;
        if (!options.now && !execution.mayBlock()) {
            throw NOT_BLOCKING;
        }
        if (!options.noSave && context.scripts().running().isRunning()) {
            throw context.scripts().running().busyError();
        }
        Session session = execution.session();
        context.sessions().block(session, Ending.INSTANCE);
        context.shutdown()
                .begin(
                        new ShutdownWish(options.save, options.noSave, options.now, options.force),
                        "id=" + session.id(),
                        // This command has to be over before it can be answered.
                        () -> context.owner().execute(() -> refuse(session)));
    }

    private void refuse(Session session) {
        context.sessions().unblock(session, () -> context.dispatcher().reply().error(FAILED));
    }

    /** The client waits for the process to end. */
    private enum Ending implements Session.Block {
        INSTANCE;

        @Override
        public long deadlineMillis() {
            return 0;
        }

        @Override
        public void timedOut(Session session) {
            throw new IllegalStateException("the wait for the end has no deadline");
        }

        @Override
        public boolean mayBeCutShort() {
            return false;
        }
    }

    private static final class Options {
        private boolean save;
        private boolean noSave;
        private boolean force;
        private boolean now;
        private boolean failover;
        private boolean abort;
        private boolean others;

        static Options parse(Args args) throws CommandException {
            Options options = new Options();
            for (int i = 1; i < args.count(); i++) {
                options.take(args, i);
            }
            boolean alone = options.abort && (options.others || options.save || options.noSave);
            if (alone || (options.save && options.noSave)) {
                throw CommandException.SYNTAX;
            }
            return options;
        }

        private void take(Args args, int index) throws CommandException {
            if (args.is(index, "save")) {
                save = true;
            } else if (args.is(index, "nosave")) {
                noSave = true;
            } else if (args.is(index, "abort")) {
                abort = true;
            } else {
                force |= args.is(index, "force");
                now |= args.is(index, "now");
                failover |= args.is(index, "failover");
                boolean known =
                        args.is(index, "force")
                                || args.is(index, "failover")
                                || args.is(index, "now")
                                || args.is(index, "safe");
                if (!known) {
                    throw CommandException.SYNTAX;
                }
                others = true;
            }
        }
    }
}

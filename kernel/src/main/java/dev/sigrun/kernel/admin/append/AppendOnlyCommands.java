// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.append;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.DebugAction;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.load.LoadPlan;
import dev.sigrun.kernel.persist.LoadingState;
import dev.sigrun.kernel.persist.aof.Aof;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import java.util.function.Supplier;

/** {@code BGREWRITEAOF}, and {@code DEBUG LOADAOF}. Owner thread only. */
public final class AppendOnlyCommands {
    private static final String DOCS = "/dev/sigrun/kernel/command/append.json";

    private final AdminContext context;
    private final Aof aof;
    private final LoadingState loading;
    private final Supplier<LoadPlan> plan;

    /**
     * Makes them.
     *
     * @param plan how the base of the file is loaded
     */
    public AppendOnlyCommands(
            AdminContext context, Aof aof, LoadingState loading, Supplier<LoadPlan> plan) {
        this.context = context;
        this.aof = aof;
        this.loading = loading;
        this.plan = plan;
    }

    /** Registers them. */
    public void register() {
        context.registry()
                .add(
                        Registry.KERNEL,
                        CommandSpec.command("bgrewriteaof", 1)
                                .flags(
                                        CommandFlag.ADMIN,
                                        CommandFlag.NOSCRIPT,
                                        CommandFlag.NO_ASYNC_LOADING)
                                .docs(DOCS)
                                .build(),
                        this::rewrite);
        context.debugActions().put("loadaof", new DebugAction(2, 2, this::load));
        context.debugActions().put("aof-flush-sleep", new DebugAction(3, 3, this::slowWrites));
    }

    private void rewrite(CommandContext command) throws CommandException {
        Session session = ((Execution) command).session();
        command.reply().simple(aof.rewrite(session.runsTransaction()));
    }

    private void slowWrites(CommandContext command) throws CommandException {
        aof.slowWrites(
                (int)
                        command.args()
                                .longAt(2, 0, Integer.MAX_VALUE, CommandException.NOT_AN_INTEGER));
        command.reply().ok();
    }

    /** The client waits, as the commands of the file cannot run within one of its own. */
    private void load(CommandContext command) {
        Session session = ((Execution) command).session();
        context.sessions().block(session, Loading.INSTANCE);
        context.scripts().clearLibraries();
        context.owner().execute(() -> reload(session));
    }

    private void reload(Session session) {
        aof.reload(
                context.store(),
                loading,
                plan,
                done -> context.sessions().unblock(session, () -> answer(done)));
    }

    private void answer(boolean done) {
        if (done) {
            context.dispatcher().reply().ok();
        } else {
            String error = "ERR Error trying to load the AOF files, check server logs.";
            context.dispatcher().reply().error(error);
        }
    }

    /** The client waits until all is loaded. */
    private enum Loading implements Session.Block {
        INSTANCE;

        @Override
        public long deadlineMillis() {
            return 0;
        }

        @Override
        public void timedOut(Session session) {
            throw new IllegalStateException("loading has no deadline");
        }

        @Override
        public boolean mayBeCutShort() {
            return false;
        }
    }
}

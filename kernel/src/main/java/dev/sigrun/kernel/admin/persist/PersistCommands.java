// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.persist;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.DebugAction;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.persist.Saving;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code SAVE} and {@code BGSAVE}. Owner thread only. */
public final class PersistCommands {
    private static final Logger LOG = LoggerFactory.getLogger(PersistCommands.class);
    private static final String DOCS = "/dev/sigrun/kernel/command/persist.json";
    private static final CommandException UNDER_WAY =
            CommandException.of("Background save already in progress");
    private static final CommandException OTHER_UNDER_WAY =
            CommandException.of(
                    "Another child process is active (AOF?): can't BGSAVE right now. Use BGSAVE"
                            + " SCHEDULE in order to schedule a BGSAVE whenever possible.");
    private static final CommandException NOTHING_TO_CANCEL =
            CommandException.of("Background saving is currently not in progress or scheduled");
    private static final CommandException FAILED = new CommandException("ERR", "");

    private final AdminContext context;
    private final Saving saving;

    /** For one server. */
    public PersistCommands(AdminContext context) {
        this.context = context;
        this.saving = context.persistence().saving();
    }

    /** Registers all of them. */
    public void register() {
        add(
                CommandSpec.command("save", 1)
                        .flags(
                                CommandFlag.ADMIN,
                                CommandFlag.NOSCRIPT,
                                CommandFlag.NO_ASYNC_LOADING,
                                CommandFlag.NO_MULTI),
                this::save);
        add(
                CommandSpec.command("bgsave", -1)
                        .flags(
                                CommandFlag.ADMIN,
                                CommandFlag.NOSCRIPT,
                                CommandFlag.NO_ASYNC_LOADING),
                this::saveBeside);
        DebugReload reload = new DebugReload(context);
        context.debugActions().put("reload", new DebugAction(2, Integer.MAX_VALUE, reload::reload));
    }

    private void add(CommandSpec.Builder spec, CommandHandler handler) {
        context.registry().add(Registry.KERNEL, spec.docs(DOCS).build(), handler);
    }

    private void save(CommandContext command) throws CommandException {
        if (saving.isUnderWay()) {
            throw UNDER_WAY;
        }
        if (!saving.save()) {
            throw FAILED;
        }
        command.reply().ok();
    }

    private void saveBeside(CommandContext command) throws CommandException {
        Args args = command.args();
        boolean schedule = args.count() == 2 && args.is(1, "schedule");
        if (args.count() == 2 && args.is(1, "cancel")) {
            cancel(command);
            return;
        }
        if (args.count() > 1 && !schedule) {
            throw CommandException.SYNTAX;
        }
        boolean inTransaction = ((Execution) command).session().runsTransaction();
        if (saving.isUnderWay()) {
            throw UNDER_WAY;
        }
        if (saving.isBusy() || inTransaction) {
            if (!schedule && !inTransaction) {
                throw OTHER_UNDER_WAY;
            }
            saving.schedule(true);
            LOG.info(
                    schedule
                            ? "Background saving scheduled due to user request"
                            : "Background saving scheduled to run after transaction execution");
            command.reply().simple("Background saving scheduled");
            return;
        }
        saving.begin();
        command.reply().simple("Background saving started");
    }

    private void cancel(CommandContext command) throws CommandException {
        if (saving.isUnderWay()) {
            LOG.info("Background saving will be aborted due to user request");
            saving.cancel();
            command.reply().simple("Background saving cancelled");
        } else if (saving.isScheduled()) {
            LOG.info("Scheduled background saving will be cancelled due to user request");
            saving.schedule(false);
            command.reply().simple("Scheduled background saving cancelled");
        } else {
            throw NOTHING_TO_CANCEL;
        }
    }
}

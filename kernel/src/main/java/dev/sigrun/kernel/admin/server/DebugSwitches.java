// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.base.Sleeper;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.config.text.GlobPattern;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actions of {@code DEBUG} that turn something on or off or touch no key. Owner thread only.
 */
final class DebugSwitches {
    private static final Logger LOG = LoggerFactory.getLogger(DebugSwitches.class);
    private static final int REPLICATION_ID_BYTES = 20;
    private static final double NANOS_PER_SECOND = 1e9;

    private final AdminContext context;
    private final Sleeper sleeper;

    DebugSwitches(AdminContext context, Sleeper sleeper) {
        this.context = context;
        this.sleeper = sleeper;
    }

    void addTo(DebugCommand debug) {
        addSwitch(debug, "set-active-expire", on -> context.toggles().activeExpire = on);
        addSwitch(debug, "pause-cron", on -> context.toggles().cronPaused = on);
        addSwitch(
                debug, "set-skip-checksum-validation", on -> context.store().verifyChecksums(!on));
        addSwitch(
                debug,
                "client-enforce-reply-list",
                on -> context.dispatcher().refuseAnonymousReplies(on));
        addSwitch(debug, "dict-resizing", on -> {});
        addSwitch(
                debug,
                "set-disable-deny-scripts",
                on -> context.dispatcher().scriptCommands().allowAll(on));
        debug.add("replybuffer", 4, 4, this::replyBuffer);
        debug.add("sleep", 3, 3, this::sleep);
        debug.add("log", 3, 3, DebugSwitches::log);
        debug.add("error", 3, 3, DebugSwitches::error);
        debug.add("change-repl-id", 2, 2, this::changeReplicationId);
        debug.add("config-rewrite-force-all", 2, 2, this::rewriteConfiguration);
        debug.add("stringmatch-len", 4, 4, DebugSwitches::stringMatch);
    }

    @FunctionalInterface
    private interface Switch {
        void turn(boolean on);
    }

    private static void addSwitch(DebugCommand debug, String name, Switch target) {
        debug.add(
                name,
                3,
                3,
                command -> {
                    target.turn(command.args().longAt(2) != 0);
                    command.reply().ok();
                });
    }

    private void replyBuffer(CommandContext command) throws CommandException {
        Args args = command.args();
        boolean peak = args.is(2, "peak-reset-time");
        if (!peak && !args.is(2, "resizing")) {
            throw Errors.unknownSubcommand(args);
        }
        boolean word = peak && (args.is(3, "never") || args.is(3, "reset"));
        if (!word) {
            long _ = args.longAt(3);
        }
        command.reply().ok();
    }

    private void sleep(CommandContext command) throws CommandException {
        double seconds = command.args().doubleAt(2);
        sleeper.sleep((long) (Math.max(seconds, 0) * NANOS_PER_SECOND));
        command.reply().ok();
    }

    private static void log(CommandContext command) {
        LOG.warn("DEBUG LOG: {}", command.args().bytes(2).text().replace('\n', ' '));
        command.reply().ok();
    }

    private static void error(CommandContext command) {
        ((Execution) command).replyBuffer().error(command.args().bytes(2).text());
    }

    private void rewriteConfiguration(CommandContext command) throws CommandException {
        String failure = ConfigCommands.rewrite(context, true);
        if (failure != null) {
            throw CommandException.of("CONFIG-REWRITE-FORCE-ALL failed: " + failure);
        }
        command.reply().ok();
    }

    private void changeReplicationId(CommandContext command) {
        byte[] id = new byte[REPLICATION_ID_BYTES];
        command.random().nextBytes(id);
        context.replication().history().fresh(HexFormat.of().formatHex(id));
        LOG.info("The replication id was changed by DEBUG CHANGE-REPL-ID");
        command.reply().ok();
    }

    private static void stringMatch(CommandContext command) {
        GlobPattern pattern = GlobPattern.exact(command.args().bytes(2).text());
        command.reply().integer(pattern.matches(command.args().bytes(3).text()) ? 1 : 0);
    }
}

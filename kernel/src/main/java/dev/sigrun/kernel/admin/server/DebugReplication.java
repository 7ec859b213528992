// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.CommandAssembler;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;

/** The actions of {@code DEBUG} on replication. Owner thread only. */
final class DebugReplication {
    private final AdminContext context;

    DebugReplication(AdminContext context) {
        this.context = context;
    }

    void addTo(DebugCommand debug) {
        debug.add("replicate", 3, Integer.MAX_VALUE, this::replicate);
        debug.add("pause-after-fork", 3, 3, this::pause);
        debug.add("delay-rdb-client-free-seconds", 3, 3, this::grace);
    }

    /** Sends replicas a command that is not executed here. */
    private void replicate(CommandContext command) {
        Args args = command.args();
        CommandAssembler assembler =
                new CommandAssembler(() -> args.bytes(1), context.replication().feed()::feedAsItIs);
        assembler.active(true);
        assembler.command(args.bytes(2).text(), args.count() - 3);
        for (int i = 3; i < args.count(); i++) {
            assembler.arg(args.bytes(i));
        }
        command.reply().ok();
    }

    /** There is no fork, and so nothing that a primary could go on doing while it is stopped. */
    private void pause(CommandContext command) throws CommandException {
        context.toggles().stopsInSync = command.args().longAt(2) != 0;
        command.reply().ok();
    }

    private void grace(CommandContext command) throws CommandException {
        context.primary().replicas().graceSeconds(command.args().longAt(2));
        command.reply().ok();
    }
}

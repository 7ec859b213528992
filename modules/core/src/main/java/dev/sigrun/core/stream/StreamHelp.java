// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.reply.ReplyWriter;

/** The HELP of a container, and what a container says that is called by itself. Any thread. */
final class StreamHelp implements CommandHandler {
    private final String container;
    private final String[] lines;

    StreamHelp(String container, String[] lines) {
        this.container = container;
        this.lines = lines;
    }

    @Override
    public void handle(CommandContext context) {
        ReplyWriter reply = context.reply();
        reply.array(lines.length + 3);
        reply.simple(container + " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
        for (String line : lines) {
            reply.simple(line);
        }
        reply.simple("HELP");
        reply.simple("    Print this help.");
    }

    /** Answers a container without a subcommand that exists; the kernel refuses most of them. */
    static void refuseSubcommand(CommandContext context) throws CommandException {
        Args args = context.args();
        throw StreamErrors.subcommandSyntax(args.bytes(0), args.bytes(1));
    }
}

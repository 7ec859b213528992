// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.Locale;

/**
 * Explains the sub-commands of a command, in the shape that Valkey gives such a text: a heading, a
 * line with the syntax of each and indented lines behind it.
 */
public final class Help implements CommandHandler {
    private final String heading;
    private final String[] lines;

    /** The help of a command. */
    public Help(String command, String... lines) {
        this.heading =
                command.toUpperCase(Locale.ROOT)
                        + " <subcommand> [<arg> ...], with one of these sub-commands:";
        this.lines = lines.clone();
    }

    @Override
    public void handle(CommandContext context) {
        ReplyWriter reply = context.reply();
        reply.array(lines.length + 3);
        reply.simple(heading);
        for (String line : lines) {
            reply.simple(line);
        }
        reply.simple("HELP");
        reply.simple("    Show this text.");
    }
}

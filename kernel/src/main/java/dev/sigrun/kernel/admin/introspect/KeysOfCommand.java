// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.introspect;

import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.KeyPositions;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.reply.ReplyWriter;

/** COMMAND GETKEYS and GETKEYSANDFLAGS. Owner thread only. */
final class KeysOfCommand {
    private static final CommandException NO_SUCH_COMMAND =
            CommandException.of("Invalid command specified");
    private static final CommandException NO_KEYS =
            CommandException.of("The command has no key arguments");
    private static final CommandException WRONG_COUNT =
            CommandException.of("Invalid number of arguments specified for command");
    private static final CommandException NO_SENSE =
            CommandException.of("Invalid arguments specified for command");
    private static final int INNER_COMMAND = 2;

    private final Commands commands;
    private final KeyPositions positions = new KeyPositions();

    KeysOfCommand(Commands commands) {
        this.commands = commands;
    }

    void keys(CommandContext context) throws CommandException {
        ArgsBehind args = search(context);
        context.reply().array(positions.count());
        for (int i = 0; i < positions.count(); i++) {
            context.reply().bulk(args.bytes(positions.position(i)));
        }
    }

    void keysAndFlags(CommandContext context) throws CommandException {
        ArgsBehind args = search(context);
        ReplyWriter reply = context.reply();
        reply.array(positions.count());
        for (int i = 0; i < positions.count(); i++) {
            reply.array(2);
            reply.bulk(args.bytes(positions.position(i)));
            KeySpecReply.uses(reply, positions.uses(i));
        }
    }

    private ArgsBehind search(CommandContext context) throws CommandException {
        ArgsBehind args = new ArgsBehind(context.args(), INNER_COMMAND);
        Command command = commands.calledBy(args);
        if (command == null) {
            throw NO_SUCH_COMMAND;
        }
        if (!KeyPositions.mayExist(command.spec())) {
            throw NO_KEYS;
        }
        if (!command.acceptsCount(args.count())) {
            throw WRONG_COUNT;
        }
        boolean found = positions.find(command.spec(), args, false) && positions.count() > 0;
        if (!found && !command.spec().flags().contains(CommandFlag.NO_MANDATORY_KEYS)) {
            throw NO_SENSE;
        }
        return args;
    }
}

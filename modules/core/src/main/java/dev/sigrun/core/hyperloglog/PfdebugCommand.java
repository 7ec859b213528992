// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import static dev.sigrun.spi.command.CommandFlag.ADMIN;
import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RW;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;

/**
 * PFDEBUG: GETREG, DECODE, ENCODING and TODENSE show and change the encoding of a HyperLogLog. SIMD
 * answers what is true here, that there is no such code. Owner thread only.
 */
final class PfdebugCommand implements CommandHandler {
    private static final CommandException ON_OR_OFF =
            CommandException.of("Argument must be ON or OFF");
    private static final CommandException NO_KEY =
            CommandException.of("The specified key does not exist");
    private static final CommandException NOT_SPARSE =
            CommandException.of("HLL encoding is not sparse");

    private final Draft draft;

    private PfdebugCommand(Draft draft) {
        this.draft = draft;
    }

    static void register(Registrar registrar, Draft draft) {
        registrar.command(
                HyperLogLogCommands.command("PFDEBUG", 3)
                        .flags(WRITE, DENYOOM, ADMIN)
                        .key(KeySpec.at(2, RW, ACCESS))
                        .build(),
                new PfdebugCommand(draft));
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        Args args = context.args();
        if (args.is(1, "SIMD")) {
            if (!args.is(2, "ON") && !args.is(2, "OFF")) {
                throw ON_OR_OFF;
            }
            context.reply().simple("disabled");
            return;
        }
        Key key = context.write(2);
        Bytes content = key.string();
        if (content == null) {
            throw NO_KEY;
        }
        Layout.check(content);
        if (args.is(1, "GETREG")) {
            toDense(context, key, content);
            replyRegisters(context, key.string().address() + Layout.HEADER_BYTES);
        } else if (args.is(1, "DECODE")) {
            decode(context, content);
        } else if (args.is(1, "ENCODING")) {
            context.reply().simple(isDense(content) ? "dense" : "sparse");
        } else if (args.is(1, "TODENSE")) {
            context.reply().integer(toDense(context, key, content) ? 1 : 0);
        } else {
            throw CommandException.of("Unknown PFDEBUG subcommand '" + args.bytes(1) + "'");
        }
    }

    private static boolean isDense(Bytes content) {
        return Layout.encoding(content.address()) == Layout.DENSE;
    }

    private boolean toDense(CommandContext context, Key key, Bytes content)
            throws CommandException {
        if (isDense(content)) {
            return false;
        }
        draft.open(content, 0, 0);
        try {
            draft.makeDense();
            draft.storeAsIs(key);
        } finally {
            draft.close();
        }
        context.replication().verbatim();
        return true;
    }

    private static void replyRegisters(CommandContext context, long registers) {
        context.reply().array(Layout.REGISTERS);
        for (int index = 0; index < Layout.REGISTERS; index++) {
            context.reply().integer(DenseRegisters.get(registers, index));
        }
    }

    private static void decode(CommandContext context, Bytes content) throws CommandException {
        if (isDense(content)) {
            throw NOT_SPARSE;
        }
        context.reply().bulk(new Reader().text(content));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.MOVABLEKEYS;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.OW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.type.CommandEmitter;

/**
 * MSETEX: several keys under one condition with one time to live. Owner thread only.
 *
 * <p>A time in the past is set like any other, and the keys go when expiry finds them, as on
 * Valkey. The time replicates as an absolute one.
 *
 * <p>Deviation: where the same time option comes twice, what replicates has only the one that
 * counts; Valkey sends both, and the two together are a syntax error at the replica.
 */
final class MsetexCommand implements CommandHandler {
    private static final CommandException NUMKEYS =
            CommandException.of("invalid numkeys value or out of range");
    private static final int FIRST_KEY = 2;

    private final SetOptions options = SetOptions.ofMsetex();

    private MsetexCommand() {}

    static void register(Registrar registrar) {
        registrar.command(
                StringCommands.command("MSETEX", -4)
                        .flags(WRITE, DENYOOM, MOVABLEKEYS)
                        .key(KeySpec.counted(1, 1, 2, OW, UPDATE))
                        .tips("request_policy:multi_shard", "response_policy:all_succeeded")
                        .build(),
                new MsetexCommand());
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        Args args = context.args();
        long keys = args.longAt(1, 1, Integer.MAX_VALUE, NUMKEYS);
        long keysEnd = FIRST_KEY + keys * 2;
        if (keysEnd > args.count()) {
            throw CommandException.SYNTAX;
        }
        int firstOption = (int) keysEnd;
        options.parse(args, firstOption);
        long unixMillis = options.expiry().unixMillis(context);
        if (!isAllowed(context, firstOption)) {
            context.reply().integer(0);
            return;
        }
        boolean keepTtl = options.expiry().isWord();
        for (int i = FIRST_KEY; i < firstOption; i += 2) {
            TimedWrite.store(context.write(i), args.bytes(i + 1), keepTtl, unixMillis);
        }
        replicate(context, firstOption, unixMillis);
        context.reply().integer(1);
    }

    private boolean isAllowed(CommandContext context, int firstOption) throws CommandException {
        if (options.condition() == SetOptions.Condition.ALWAYS) {
            return true;
        }
        for (int i = FIRST_KEY; i < firstOption; i += 2) {
            if (!options.allows(context.args(), context.write(i))) {
                return false;
            }
        }
        return true;
    }

    private void replicate(CommandContext context, int firstOption, long unixMillis) {
        ExpiryOption expiry = options.expiry();
        if (!expiry.isTime() || expiry.kind() == ExpiryOption.Kind.PXAT) {
            context.replication().verbatim();
            return;
        }
        Args args = context.args();
        int kept = firstOption - 1;
        for (int i = firstOption; i < args.count(); i += isTime(args, i) ? 2 : 1) {
            kept += isTime(args, i) ? 0 : 1;
        }
        CommandEmitter out = context.replication().instead().command("MSETEX", kept + 2);
        for (int i = 1; i < firstOption; i++) {
            out.arg(args.bytes(i));
        }
        for (int i = firstOption; i < args.count(); i += isTime(args, i) ? 2 : 1) {
            if (i == expiry.index()) {
                out.arg(TimedWrite.PXAT).arg(unixMillis);
            } else if (!isTime(args, i)) {
                out.arg(args.bytes(i));
            }
        }
    }

    /** Whether an option is a time; there is only one kind of them in a command. */
    private boolean isTime(Args args, int index) {
        return args.is(index, options.expiry().kind().name());
    }
}

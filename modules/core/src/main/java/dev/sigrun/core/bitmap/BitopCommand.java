// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.OW;
import static dev.sigrun.spi.command.KeySpec.Use.RO;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;

/**
 * BITOP. Where the target is none of the sources and not too long, the result is written over what
 * it holds; otherwise it is put together in a block of its own and becomes the target's content
 * when it is complete. Owner thread only; allocates nothing on the heap.
 */
final class BitopCommand implements CommandHandler {
    private static final CommandException NOT_TAKES_ONE =
            CommandException.of("BITOP NOT must be called with a single source key.");

    private static final int ONE_SOURCE = 4;

    private final CoreMemory memory;
    private final BitopSources sources = new BitopSources();

    private BitopCommand(CoreMemory memory) {
        this.memory = memory;
    }

    static void register(Registrar registrar, CoreMemory memory) {
        registrar.command(
                BitmapCommands.command("BITOP", -4)
                        .flags(WRITE, DENYOOM)
                        .key(KeySpec.at(2, OW, UPDATE))
                        .key(KeySpec.range(3, -1, 1, RO, ACCESS))
                        .build(),
                new BitopCommand(memory));
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        BitOperation operation = BitOperation.of(context.args().bytes(1));
        if (operation == BitOperation.NOT && context.args().count() != ONE_SOURCE) {
            throw NOT_TAKES_ONE;
        }
        int length = sources.measure(context);
        if (length > 0) {
            store(context, operation, length);
        } else {
            removeTarget(context);
        }
        context.reply().integer(length);
    }

    private void store(CommandContext context, BitOperation operation, int length)
            throws CommandException {
        if (mayWriteOver(context.args(), context.write(2), length)) {
            Key target = context.write(2);
            sources.combine(context, operation, target.growString(length).address(), length);
            target.persist();
        } else {
            replace(context, operation, length);
        }
        context.write(2).notify(NotifyClass.STRING, "set");
        context.replication().verbatim();
    }

    private static boolean mayWriteOver(Args args, Key target, int length) throws CommandException {
        // With many sources so many keys are looked up meanwhile that the target would be lost.
        boolean holdsAll = args.count() - ONE_SOURCE < BitopSources.GROUP_MAX;
        if (!holdsAll || (target.isPresent() && !target.isString())) {
            return false;
        }
        for (int i = 3; i < args.count(); i++) {
            if (args.bytes(i).contentEquals(args.bytes(2))) {
                return false;
            }
        }
        return target.stringLength() <= length;
    }

    private void replace(CommandContext context, BitOperation operation, int length)
            throws CommandException {
        long result = memory.allocate(length);
        try {
            sources.combine(context, operation, result, length);
            context.write(2).setString(result, length, false);
        } finally {
            memory.free(result, length);
        }
    }

    private static void removeTarget(CommandContext context) {
        Key target = context.write(2);
        if (target.remove(true)) {
            target.notify(NotifyClass.GENERIC, "del");
            context.replication().verbatim();
        }
    }
}

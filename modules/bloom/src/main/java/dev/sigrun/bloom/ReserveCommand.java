// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import dev.sigrun.bloom.filter.Errors;
import dev.sigrun.bloom.filter.Shape;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;

/** Owner thread only. {@code BF.RESERVE}. */
final class ReserveCommand {
    private static final CommandException ARITY = Errors.arity("BF.RESERVE");
    private static final int ARGUMENTS_MIN = 4;
    private static final int OPTION = 4;
    private static final int EXPANSION = 5;
    private static final int ARGUMENTS_MAX = 6;

    private final Vault vault;

    ReserveCommand(Vault vault) {
        this.vault = vault;
    }

    void reserve(CommandContext context) throws CommandException {
        final Args args = context.args();
        if (args.count() < ARGUMENTS_MIN || args.count() > ARGUMENTS_MAX) {
            throw ARITY;
        }
        final double errorRate =
                Numerals.ratio(args.bytes(2), Errors.BAD_ERROR_RATE, Errors.ERROR_RATE_RANGE);
        final long capacity = capacity(args.bytes(3));
        final long expansion = expansion(args);
        final Key key = context.write(1);
        if (vault.find(key) != null) {
            throw Errors.EXISTS;
        }
        final Shape shape =
                new Shape(
                        errorRate,
                        vault.settings.tightening(),
                        capacity,
                        expansion,
                        vault.seed(context));
        vault.create(context, key, shape);
        Vault.created(context, key, shape, false, 0, 0);
        context.reply().ok();
    }

    /** A capacity, which is a positive number. */
    static long capacity(Bytes argument) throws CommandException {
        final long capacity = Numerals.whole(argument, 0, Long.MAX_VALUE, Errors.BAD_CAPACITY);
        if (capacity == 0) {
            throw Errors.ZERO_CAPACITY;
        }
        return capacity;
    }

    private long expansion(Args args) throws CommandException {
        if (args.count() == ARGUMENTS_MIN) {
            return vault.settings.expansion();
        }
        if (args.count() == OPTION + 1 && args.is(OPTION, "NONSCALING")) {
            return 0;
        }
        if (args.count() == EXPANSION + 1 && args.is(OPTION, "EXPANSION")) {
            return InsertOptions.expansion(args.bytes(EXPANSION));
        }
        throw Errors.BARE;
    }
}

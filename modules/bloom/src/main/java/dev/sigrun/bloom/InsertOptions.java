// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import dev.sigrun.bloom.filter.Errors;
import dev.sigrun.bloom.filter.Shape;
import dev.sigrun.bloom.filter.SipKey;
import dev.sigrun.bloom.filter.Sizing;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;

/** Owner thread only. The options of one {@code BF.INSERT}; what is not said is as configured. */
final class InsertOptions {
    static final CommandException ARITY = Errors.arity("BF.INSERT");

    private static final int FIRST_OPTION = 2;

    private double errorRate;
    private double tightening;
    private long capacity;
    private long expansion;
    private SipKey seed;
    private long scaleTo;
    private boolean mustExist;
    private int firstItem;

    private InsertOptions(Settings settings) {
        errorRate = settings.errorRate();
        tightening = settings.tightening();
        capacity = settings.capacity();
        expansion = settings.expansion();
    }

    static InsertOptions parse(Args args, Settings settings) throws CommandException {
        final InsertOptions options = new InsertOptions(settings);
        final int count = args.count();
        int at = FIRST_OPTION;
        while (at < count && !args.is(at, "ITEMS")) {
            at = options.parseOne(args, at);
        }
        // The word ITEMS may be missing, but not what it announces.
        if (at == count - 1) {
            throw ARITY;
        }
        options.firstItem = Math.min(at + 1, count);
        if (options.scaleTo > 0 && options.expansion == 0) {
            throw Errors.SCALE_OF_NONSCALING;
        }
        return options;
    }

    private int parseOne(Args args, int at) throws CommandException {
        if (args.is(at, "NOCREATE")) {
            mustExist = true;
            return at + 1;
        }
        if (args.is(at, "NONSCALING")) {
            expansion = 0;
            return at + 1;
        }
        if (args.is(at, "ERROR")) {
            errorRate =
                    Numerals.ratio(value(args, at), Errors.BAD_ERROR_RATE, Errors.ERROR_RATE_RANGE);
        } else if (args.is(at, "TIGHTENING")) {
            tightening =
                    Numerals.ratio(value(args, at), Errors.BAD_TIGHTENING, Errors.TIGHTENING_RANGE);
        } else if (args.is(at, "CAPACITY")) {
            capacity = ReserveCommand.capacity(value(args, at));
        } else if (args.is(at, "SEED")) {
            seed = seed(value(args, at));
        } else if (args.is(at, "EXPANSION")) {
            expansion = expansion(value(args, at));
        } else if (args.is(at, "VALIDATESCALETO")) {
            scaleTo = ReserveCommand.capacity(value(args, at));
        } else {
            throw Errors.UNKNOWN_ARGUMENT;
        }
        return at + 2;
    }

    private static Bytes value(Args args, int option) throws CommandException {
        if (option + 1 >= args.count()) {
            throw ARITY;
        }
        return args.bytes(option + 1);
    }

    private static SipKey seed(Bytes argument) throws CommandException {
        if (argument.length() != SipKey.BYTES) {
            throw Errors.BAD_SEED;
        }
        return SipKey.at(argument.address());
    }

    /** An expansion, which is a number from 1 to 2^32 - 1 without a minus sign. */
    static long expansion(Bytes argument) throws CommandException {
        return Numerals.whole(argument, 1, Settings.EXPANSION_MAX, Errors.BAD_EXPANSION);
    }

    /** Checks that a filter of this shape can grow as far as was asked for. */
    void checkScale(long limit) throws CommandException {
        if (scaleTo > 0) {
            Sizing.scaledCapacity(shape(SipKey.FIXED), scaleTo, limit);
        }
    }

    Shape shape(Vault vault, CommandContext context) {
        return shape(seed == null ? vault.seed(context) : seed);
    }

    private Shape shape(SipKey key) {
        return new Shape(errorRate, tightening, capacity, expansion, key);
    }

    boolean mustExist() {
        return mustExist;
    }

    /** Position of the first item; the number of arguments when there is none. */
    int firstItem() {
        return firstItem;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/**
 * Any thread. The options NX, XX, GT and LT of the EXPIRE family, as a set of bits, so that parsing
 * them allocates nothing.
 */
public final class ExpiryCondition {
    /** No option was given. */
    public static final int NONE = 0;

    static final int NX = 1;
    public static final int XX = 2;
    public static final int GT = 4;
    static final int LT = 8;

    /** Stands for a key that never expires, as in {@code Key.expireAtMillis()}. */
    private static final long NEVER = -1;

    private ExpiryCondition() {}

    /** Reads the options from {@code first} to the end; unknown words win over bad pairs. */
    static int parse(Args args, int first) throws CommandException {
        return parse(args, first, args.count());
    }

    /** Reads the options from {@code first} up to {@code end}; unknown words win over bad pairs. */
    public static int parse(Args args, int first, int end) throws CommandException {
        int options = NONE;
        for (int i = first; i < end; i++) {
            options |= option(args, i);
        }
        if ((options & NX) != 0 && options != NX) {
            throw GenericErrors.NX_WITH_OTHERS;
        }
        if ((options & (GT | LT)) == (GT | LT)) {
            throw GenericErrors.GT_WITH_LT;
        }
        return options;
    }

    private static int option(Args args, int index) throws CommandException {
        if (args.is(index, "NX")) {
            return NX;
        }
        if (args.is(index, "XX")) {
            return XX;
        }
        if (args.is(index, "GT")) {
            return GT;
        }
        if (args.is(index, "LT")) {
            return LT;
        }
        throw GenericErrors.unsupportedOption(args.bytes(index));
    }

    /**
     * Whether a key that expires at {@code current} may be made to expire at {@code wanted}. A key
     * that never expires counts as later than any time, so GT never holds for it and LT always.
     */
    public static boolean allows(int options, long current, long wanted) {
        boolean lasting = current == NEVER;
        if ((options & NX) != 0 && !lasting) {
            return false;
        }
        if ((options & XX) != 0 && lasting) {
            return false;
        }
        if ((options & GT) != 0 && (lasting || wanted <= current)) {
            return false;
        }
        return (options & LT) == 0 || lasting || wanted < current;
    }
}

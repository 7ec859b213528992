// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;

/**
 * The options of HSETEX and HGETEX, which stand between the key and {@code FIELDS}. One object
 * serves a command for good. Owner thread only.
 */
final class TimedOptions {
    private enum Kind {
        NONE,
        EX,
        PX,
        EXAT,
        PXAT,
        /** {@code KEEPTTL} or {@code PERSIST}. */
        WORD
    }

    private final boolean conditional;
    private final String word;
    private final ExpiryTime ex;
    private final ExpiryTime px;
    private final ExpiryTime exat;
    private final ExpiryTime pxat;
    private Kind kind;
    private int timeIndex;
    private boolean nx;
    private boolean xx;
    private boolean fnx;
    private boolean fxx;
    private int firstField;

    /**
     * Makes a parser.
     *
     * @param command name of the command
     * @param conditional whether there may be conditions
     * @param word what may stand instead of a time
     */
    TimedOptions(String command, boolean conditional, String word) {
        this.conditional = conditional;
        this.word = word;
        ex = new ExpiryTime(command, true, true);
        px = new ExpiryTime(command, true, false);
        exat = new ExpiryTime(command, false, true);
        pxat = new ExpiryTime(command, false, false);
    }

    /**
     * Reads a command line.
     *
     * @param each arguments that each field takes
     */
    void parse(Args args, int each) throws CommandException {
        kind = Kind.NONE;
        nx = false;
        xx = false;
        fnx = false;
        fxx = false;
        int end = FieldList.find(args, 0);
        if (end == args.count()) {
            throw FieldList.wrongNumber();
        }
        for (int i = 2; i < end; i++) {
            if (!(conditional && takeCondition(args, i))) {
                i += takeTime(args, i, end);
            }
        }
        firstField = FieldList.first(args, end + 1, each, FieldList.wrongNumber());
    }

    private boolean takeCondition(Args args, int i) {
        if (args.is(i, "NX") && !xx) {
            nx = true;
        } else if (args.is(i, "XX") && !nx) {
            xx = true;
        } else if (args.is(i, "FNX") && !fxx) {
            fnx = true;
        } else if (args.is(i, "FXX") && !fnx) {
            fxx = true;
        } else {
            return false;
        }
        return true;
    }

    /** Takes a time; how many arguments it took beside the word. */
    private int takeTime(Args args, int i, int end) throws CommandException {
        Kind found = kindOf(args, i);
        boolean missing = found != Kind.WORD && i + 1 >= end;
        if (found == Kind.NONE || missing || (kind != Kind.NONE && kind != found)) {
            throw CommandException.SYNTAX;
        }
        kind = found;
        if (found == Kind.WORD) {
            return 0;
        }
        timeIndex = i + 1;
        return 1;
    }

    private Kind kindOf(Args args, int i) {
        if (args.is(i, word)) {
            return Kind.WORD;
        } else if (args.is(i, "EX")) {
            return Kind.EX;
        } else if (args.is(i, "PX")) {
            return Kind.PX;
        } else if (args.is(i, "EXAT")) {
            return Kind.EXAT;
        }
        return args.is(i, "PXAT") ? Kind.PXAT : Kind.NONE;
    }

    /** Position of the first field. */
    int firstField() {
        return firstField;
    }

    /** Whether a time was given. */
    boolean isTime() {
        return kind != Kind.NONE && kind != Kind.WORD;
    }

    /** Whether the word was given. */
    boolean isWord() {
        return kind == Kind.WORD;
    }

    /** Whether a replica must not see the command as it was sent. */
    boolean isRewritten() {
        return nx || xx || fnx || fxx || (isTime() && kind != Kind.PXAT);
    }

    /** Whether the key must not be there. */
    boolean wantsNoKey() {
        return nx;
    }

    /** Whether the key must be there. */
    boolean wantsKey() {
        return xx;
    }

    /** Whether no field must be there. */
    boolean wantsNoField() {
        return fnx;
    }

    /** Whether all fields must be there. */
    boolean wantsField() {
        return fxx;
    }

    /** The time that was given, in milliseconds since the Unix epoch. */
    long unixMillis(CommandContext context) throws CommandException {
        return switch (kind) {
            case EX -> ex.unixMillis(context, timeIndex);
            case PX -> px.unixMillis(context, timeIndex);
            case EXAT -> exat.unixMillis(context, timeIndex);
            case PXAT -> pxat.unixMillis(context, timeIndex);
            default -> throw new IllegalStateException("no time was given");
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;

/**
 * The part of a command line that speaks about the time to live: {@code EX}, {@code PX}, {@code
 * EXAT} or {@code PXAT} with a number, or the one word that the command takes instead of a time,
 * {@code KEEPTTL} or {@code PERSIST}.
 *
 * <p>Parsing and evaluating are two steps, because a number that is no valid time is reported only
 * after the whole line has proved to be well formed. The same option may come several times and the
 * last one counts; two different ones are a syntax error.
 *
 * <p>Owner thread only. One object serves a command for good, so that parsing allocates nothing.
 */
final class ExpiryOption {
    /** What {@link #unixMillis} answers when no time was given. */
    static final long NEVER = -1;

    private static final long MILLIS_PER_SECOND = 1000;

    /** Which option was given. */
    enum Kind {
        NONE,
        EX,
        PX,
        EXAT,
        PXAT,
        /** The word that stands instead of a time. */
        WORD;

        /** Whether the number counts from now. */
        boolean isRelative() {
            return this == EX || this == PX;
        }

        /** Whether the number counts seconds. */
        boolean isSeconds() {
            return this == EX || this == EXAT;
        }
    }

    private final String word;
    private final CommandException invalid;
    private Kind kind = Kind.NONE;
    private int index;

    /**
     * Makes the parser of one command.
     *
     * @param command name of the command in lower case, for the error text
     * @param word what the command takes instead of a time
     */
    ExpiryOption(String command, String word) {
        this.word = word;
        this.invalid = invalid(command);
    }

    /** The error for a number that is no time. */
    static CommandException invalid(String command) {
        return CommandException.of("invalid expire time in '" + command + "' command");
    }

    /** Forgets the previous command. */
    void clear() {
        kind = Kind.NONE;
        index = 0;
    }

    /**
     * Takes the option at {@code at}, if it is one of these.
     *
     * @return how many arguments it took; 0 when it is something else
     * @throws CommandException {@link CommandException#SYNTAX} when another time was given before
     *     or the number is missing
     */
    int take(Args args, int at) throws CommandException {
        Kind found = kindOf(args, at);
        if (found == Kind.NONE) {
            return 0;
        }
        int width = found == Kind.WORD ? 1 : 2;
        if ((kind != Kind.NONE && kind != found) || at + width > args.count()) {
            throw CommandException.SYNTAX;
        }
        kind = found;
        index = at;
        return width;
    }

    private Kind kindOf(Args args, int at) {
        if (args.is(at, "EX")) {
            return Kind.EX;
        } else if (args.is(at, "PX")) {
            return Kind.PX;
        } else if (args.is(at, "EXAT")) {
            return Kind.EXAT;
        } else if (args.is(at, "PXAT")) {
            return Kind.PXAT;
        } else if (args.is(at, word)) {
            return Kind.WORD;
        }
        return Kind.NONE;
    }

    /** Which option was given. */
    Kind kind() {
        return kind;
    }

    /** Whether a time was given. */
    boolean isTime() {
        return kind != Kind.NONE && kind != Kind.WORD;
    }

    /** Whether the word was given. */
    boolean isWord() {
        return kind == Kind.WORD;
    }

    /** Position of the option that counts. */
    int index() {
        return index;
    }

    /**
     * When the key is to expire, in milliseconds since the Unix epoch; {@link #NEVER} without a
     * time.
     *
     * @throws CommandException when the number is none, not positive or too large
     */
    long unixMillis(CommandContext context) throws CommandException {
        if (!isTime()) {
            return NEVER;
        }
        return unixMillis(context, index + 1, kind, invalid);
    }

    /**
     * Evaluates a number that stands at a fixed place.
     *
     * @param at position of the number
     * @param kind how to read it
     * @param invalid the error for a number that is no time
     */
    static long unixMillis(CommandContext context, int at, Kind kind, CommandException invalid)
            throws CommandException {
        long amount = context.args().longAt(at);
        if (amount <= 0 || (kind.isSeconds() && amount > Long.MAX_VALUE / MILLIS_PER_SECOND)) {
            throw invalid;
        }
        long millis = kind.isSeconds() ? amount * MILLIS_PER_SECOND : amount;
        if (kind.isRelative()) {
            millis += context.nowMillis();
        }
        if (millis <= 0) { // The sum wrapped around.
            throw invalid;
        }
        return millis;
    }
}

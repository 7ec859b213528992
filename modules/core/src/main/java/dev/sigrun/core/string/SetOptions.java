// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;

/**
 * The options of SET and MSETEX: under which condition to set, whether to answer with the old
 * content, and the time to live. Owner thread only; one object serves a command for good, so that
 * parsing allocates nothing.
 */
final class SetOptions {
    /** When to set. */
    enum Condition {
        /** Whatever is there. */
        ALWAYS,
        /** When there is no key. */
        NX,
        /** When there is a key. */
        XX,
        /** When the key holds the string that was given. */
        IFEQ
    }

    private final ExpiryOption expiry;
    private final boolean takesSingleKeyOptions;
    private Condition condition = Condition.ALWAYS;
    private int comparisonIndex;
    private boolean returnsOld;

    private SetOptions(String command, boolean takesSingleKeyOptions) {
        this.expiry = new ExpiryOption(command, "KEEPTTL");
        this.takesSingleKeyOptions = takesSingleKeyOptions;
    }

    /** All options, as SET takes them. */
    static SetOptions ofSet() {
        return new SetOptions("set", true);
    }

    /** All but IFEQ and GET, as MSETEX takes them. */
    static SetOptions ofMsetex() {
        return new SetOptions("msetex", false);
    }

    /**
     * Reads the arguments from {@code first} to the end.
     *
     * @throws CommandException {@link CommandException#SYNTAX}
     */
    void parse(Args args, int first) throws CommandException {
        expiry.clear();
        condition = Condition.ALWAYS;
        comparisonIndex = 0;
        returnsOld = false;
        int at = first;
        while (at < args.count()) {
            int width = expiry.take(args, at);
            if (width == 0) {
                width = takeCondition(args, at);
            }
            if (width == 0 && takesSingleKeyOptions && args.is(at, "GET")) {
                returnsOld = true;
                width = 1;
            }
            if (width == 0) {
                throw CommandException.SYNTAX;
            }
            at += width;
        }
    }

    private int takeCondition(Args args, int at) throws CommandException {
        if (args.is(at, "NX")) {
            return demand(Condition.NX);
        } else if (args.is(at, "XX")) {
            return demand(Condition.XX);
        } else if (takesSingleKeyOptions && args.is(at, "IFEQ")) {
            if (condition != Condition.ALWAYS || at + 1 == args.count()) {
                throw CommandException.SYNTAX;
            }
            condition = Condition.IFEQ;
            comparisonIndex = at + 1;
            return 2;
        }
        return 0;
    }

    private int demand(Condition wanted) throws CommandException {
        if (condition != Condition.ALWAYS && condition != wanted) {
            throw CommandException.SYNTAX;
        }
        condition = wanted;
        return 1;
    }

    /** The time to live. */
    ExpiryOption expiry() {
        return expiry;
    }

    /** Under which condition to set. */
    Condition condition() {
        return condition;
    }

    /** Position of the string to compare with; 0 when there is none. */
    int comparisonIndex() {
        return comparisonIndex;
    }

    /** Whether the reply is the old content. */
    boolean returnsOld() {
        return returnsOld;
    }

    /**
     * Whether the condition holds for a key.
     *
     * @throws CommandException {@link CommandException#WRONG_TYPE} when contents are to be compared
     */
    boolean allows(Args args, Key key) throws CommandException {
        return switch (condition) {
            case ALWAYS -> true;
            case NX -> !key.isPresent();
            case XX -> key.isPresent();
            case IFEQ -> {
                Bytes content = key.string();
                yield content != null && content.contentEquals(args.bytes(comparisonIndex));
            }
        };
    }
}

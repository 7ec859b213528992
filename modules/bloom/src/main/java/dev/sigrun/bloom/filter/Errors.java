// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import dev.sigrun.spi.command.CommandException;

/** Any thread. The error replies, with the texts of valkey-bloom, because clients match on them. */
public final class Errors {
    /** A filter that must not grow has no room. */
    public static final CommandException FULL = CommandException.of("non scaling filter is full");

    /** The key does not exist and must. */
    public static final CommandException NOT_FOUND = CommandException.of("not found");

    /** The key exists and must not. */
    public static final CommandException EXISTS = CommandException.of("item exists");

    /** No field of that name. */
    public static final CommandException BAD_FIELD =
            CommandException.of("invalid information value");

    /** A seed that is not 32 bytes long. */
    public static final CommandException BAD_SEED = CommandException.of("invalid seed");

    /** An expansion that is no number from 1 to 2^32 - 1. */
    public static final CommandException BAD_EXPANSION = CommandException.of("bad expansion");

    /** A capacity that is no positive number, or one that grew past 2^63 - 1. */
    public static final CommandException BAD_CAPACITY = CommandException.of("bad capacity");

    /** A capacity of zero. */
    public static final CommandException ZERO_CAPACITY =
            CommandException.of("(capacity should be larger than 0)");

    /** An error rate that is no number. */
    public static final CommandException BAD_ERROR_RATE = CommandException.of("bad error rate");

    /** An error rate outside of its bounds. */
    public static final CommandException ERROR_RATE_RANGE =
            CommandException.of("(0 < error rate range < 1)");

    /** A tightening ratio that is no number. */
    public static final CommandException BAD_TIGHTENING =
            CommandException.of("bad tightening ratio");

    /** A tightening ratio outside of its bounds. */
    public static final CommandException TIGHTENING_RANGE =
            CommandException.of("(0 < tightening ratio range < 1)");

    /** The next layer's error rate would be too small to be a number. */
    public static final CommandException RATE_VANISHES =
            CommandException.of("false positive degrades to 0 on scale out");

    /** An option that is none. */
    public static final CommandException UNKNOWN_ARGUMENT =
            CommandException.of("unknown argument received");

    /** The filter would become larger than allowed. */
    public static final CommandException TOO_LARGE =
            CommandException.of("operation exceeds bloom object memory limit");

    /** No layer can be added. */
    public static final CommandException TOO_MANY_LAYERS =
            CommandException.of("bloom object reached max number of filters");

    /** A wanted capacity does not fit into the allowed size. */
    public static final CommandException SCALE_TOO_LARGE =
            CommandException.of(
                    "provided VALIDATESCALETO causes bloom object to exceed memory limit");

    /** A wanted capacity needs too many layers. */
    public static final CommandException SCALE_RATE_VANISHES =
            CommandException.of("provided VALIDATESCALETO causes false positive to degrade to 0");

    /** A filter that must not grow cannot be checked for growth. */
    public static final CommandException SCALE_OF_NONSCALING =
            CommandException.of("cannot use NONSCALING and VALIDATESCALETO options together");

    /** A serialised filter that makes no sense. */
    public static final CommandException UNDECODABLE =
            CommandException.of("bloom object decoding failed");

    /** A serialised filter of an unknown version. */
    public static final CommandException UNKNOWN_VERSION =
            CommandException.of("bloom object decoding failed. Unsupported version");

    /** The key exists and cannot be loaded over. */
    public static final CommandException BUSY =
            new CommandException("BUSYKEY", "Target key name already exists.");

    /** A bad option of {@code BF.RESERVE}: the code alone, as valkey-bloom answers. */
    public static final CommandException BARE = new CommandException("ERROR", "");

    /** The allocator has no room for the bits. */
    public static final CommandException OUT_OF_MEMORY =
            new CommandException("OOM", "command not allowed when used memory > 'maxmemory'.");

    private Errors() {}

    /**
     * A wrong number of arguments.
     *
     * @param command the command's name as it was declared
     */
    public static CommandException arity(String command) {
        return CommandException.of("wrong number of arguments for '" + command + "' command");
    }
}

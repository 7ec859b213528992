// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.cuckoo;

import dev.sigrun.spi.command.CommandException;

/** Any thread. The error replies, with the texts of RedisBloom, because clients match on them. */
final class CuckooErrors {
    static final CommandException NOT_FOUND = new CommandException("Not", "found");
    static final CommandException INFO_NOT_FOUND = CommandException.of("not found");
    static final CommandException COMPACT_NOT_FOUND =
            new CommandException("Cuckoo", "filter was not found");
    static final CommandException EXISTS = CommandException.of("item exists");
    static final CommandException BAD_CAPACITY = new CommandException("Bad", "capacity");
    static final CommandException SMALL_CAPACITY =
            new CommandException("Capacity", "must be at least (BucketSize * 2)");
    static final CommandException BAD_SLOTS =
            new CommandException(
                    "BUCKETSIZE:", "value must be an integer between 1 and 255, inclusive.");
    static final CommandException BAD_MOVES =
            new CommandException(
                    "MAXITERATIONS:", "value must be an integer between 1 and 65535, inclusive.");
    static final CommandException BAD_EXPANSION =
            new CommandException(
                    "EXPANSION:", "value must be an integer between 0 and 32768, inclusive.");
    static final CommandException UNKNOWN_ARGUMENT =
            new CommandException("Unknown", "argument received");
    static final CommandException FULL = new CommandException("Filter", "is full");
    static final CommandException LAYERS = new CommandException("Maximum", "expansions reached");
    static final CommandException TOO_LARGE =
            CommandException.of("operation exceeds sketch memory limit");
    static final CommandException BAD_POSITION = new CommandException("Invalid", "position");
    static final CommandException BAD_HEADER = new CommandException("Couldn't", "load chunk");

    private CuckooErrors() {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.topk;

import dev.sigrun.spi.command.CommandException;

/** Any thread. The error replies, with the texts of RedisBloom, because clients match on them. */
final class TopKErrors {
    static final CommandException NO_KEY = of("key does not exist");
    static final CommandException EXISTS = of("key already exists");
    static final CommandException BAD_PLACES = of("invalid k");
    static final CommandException BAD_WIDTH = of("invalid width");
    static final CommandException BAD_DEPTH = of("invalid depth");
    static final CommandException BAD_DECAY = of("invalid decay value. must be '<= 1' & '> 0'");
    static final CommandException TOO_LARGE = of("operation exceeds sketch memory limit");
    static final CommandException BAD_INCREMENT =
            of(
                    "increment must be an integer greater or equal to 0 "
                            + "and smaller or equal to 100,000");
    static final CommandException BAD_WORD = new CommandException("WITHCOUNT", "keyword expected");
    static final CommandException BAD_CHUNK = of("invalid chunk");

    private TopKErrors() {}

    private static CommandException of(String text) {
        return new CommandException("TopK:", text);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.cms;

import dev.sigrun.spi.command.CommandException;

/** Any thread. The error replies, with the texts of RedisBloom, because clients match on them. */
final class CmsErrors {
    static final CommandException NO_KEY = of("key does not exist");
    static final CommandException EXISTS = of("key already exists");
    static final CommandException BAD_WIDTH = of("invalid width");
    static final CommandException BAD_DEPTH = of("invalid depth");
    static final CommandException BAD_ERROR = of("invalid overestimation value");
    static final CommandException BAD_PROBABILITY = of("invalid prob value");
    static final CommandException TOO_LARGE = of("invalid init arguments");
    static final CommandException NOT_A_NUMBER = of("Cannot parse number");
    static final CommandException NEGATIVE = of("Number cannot be negative");
    static final CommandException INCREASE_OVERFLOW = of("INCRBY overflow");
    static final CommandException BAD_COUNT = of("invalid numkeys");
    static final CommandException NO_KEYS = of("Number of keys must be positive");
    static final CommandException WRONG_COUNT = of("wrong number of keys");
    static final CommandException WRONG_WEIGHTS = of("wrong number of keys/weights");
    static final CommandException BAD_WEIGHT = of("invalid weight value");
    static final CommandException OTHER_SHAPE = of("width/depth is not equal");
    static final CommandException MERGE_OVERFLOW = of("MERGE overflow");
    static final CommandException BAD_CHUNK = of("invalid chunk");

    private CmsErrors() {}

    private static CommandException of(String text) {
        return new CommandException("CMS:", text);
    }
}

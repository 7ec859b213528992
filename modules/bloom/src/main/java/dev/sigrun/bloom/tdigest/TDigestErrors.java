// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.tdigest;

import dev.sigrun.spi.command.CommandException;

/** Any thread. The error replies, with the texts of RedisBloom, because clients match on them. */
final class TDigestErrors {
    static final CommandException NO_KEY = of("key does not exist");
    static final CommandException EXISTS = of("key already exists");
    static final CommandException BAD_COMPRESSION = of("error parsing compression parameter");
    static final CommandException COMPRESSION_RANGE =
            of("compression parameter needs to be a positive integer");
    static final CommandException BAD_VALUE = of("error parsing val parameter");
    static final CommandException BAD_QUANTILE = of("error parsing quantile");
    static final CommandException QUANTILE_RANGE = of("quantile should be in [0,1]");
    static final CommandException BAD_CDF = of("error parsing cdf");
    static final CommandException BAD_RANK_VALUE = of("error parsing value");
    static final CommandException BAD_RANK = of("error parsing rank");
    static final CommandException RANK_RANGE = of("rank needs to be non negative");
    static final CommandException BAD_LOW = of("error parsing low_cut_percentile");
    static final CommandException BAD_HIGH = of("error parsing high_cut_percentile");
    static final CommandException CUT_RANGE =
            of("low_cut_percentile and high_cut_percentile should be in [0,1]");
    static final CommandException CUT_ORDER =
            of("low_cut_percentile should be lower than high_cut_percentile");
    static final CommandException BAD_COUNT = of("error parsing numkeys");
    static final CommandException COUNT_RANGE = of("numkeys needs to be a positive integer");
    static final CommandException BAD_KEYWORD = of("wrong keyword");
    static final CommandException TOO_LARGE = of("operation exceeds sketch memory limit");
    static final CommandException BAD_BLOB = of("decoding failed");

    private TDigestErrors() {}

    private static CommandException of(String text) {
        return CommandException.of("T-Digest: " + text);
    }
}

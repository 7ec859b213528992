// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.value;

import dev.sigrun.kernel.config.text.Numbers;
import dev.sigrun.kernel.config.text.Words;
import java.util.List;

/**
 * The directive client-output-buffer-limit: for each class of client a hard limit, a soft limit and
 * how long the soft one may be exceeded. Classes that are not named keep what they have.
 */
public final class BufferLimits implements Form<BufferLimits.Limits> {
    private static final int QUAD = 4;

    /** A limit of 0 bytes or 0 seconds is no limit. Bytes are unsigned. */
    public record Limit(long hardBytes, long softBytes, long softSeconds) {}

    /** One limit per class. */
    public record Limits(Limit normal, Limit replica, Limit pubsub) {}

    @Override
    public Limits initial() {
        return new Limits(
                new Limit(0, 0, 0),
                new Limit(256L << 20, 64L << 20, 60),
                new Limit(32L << 20, 8L << 20, 60));
    }

    @Override
    public Limits parse(List<String> words, Limits old, boolean loading) {
        if (words.size() % QUAD != 0) {
            throw new ConfigRejected("Wrong number of arguments in buffer limit configuration.");
        }
        Limits limits = old;
        for (int i = 0; i < words.size(); i += QUAD) {
            limits = with(limits, words.subList(i, i + QUAD));
        }
        return limits;
    }

    @Override
    public String print(Limits limits) {
        // Valkey still prints the old name of the class here, and its clients parse that.
        return "normal "
                + plain(limits.normal())
                + " slave "
                + plain(limits.replica())
                + " pubsub "
                + plain(limits.pubsub());
    }

    @Override
    public List<RewriteLine> lines(String name, Limits limits) {
        Limits initial = initial();
        return List.of(
                line(name + " normal ", limits.normal(), initial.normal()),
                line(name + " replica ", limits.replica(), initial.replica()),
                line(name + " pubsub ", limits.pubsub(), initial.pubsub()));
    }

    private static Limits with(Limits limits, List<String> quad) {
        String kind = Words.lower(quad.get(0));
        switch (kind) {
            case "normal", "slave", "replica", "pubsub" -> {}
            default ->
                    throw new ConfigRejected(
                            "Invalid client class specified in buffer limit configuration.");
        }
        Limit limit = limit(quad);
        return switch (kind) {
            case "normal" -> new Limits(limit, limits.replica(), limits.pubsub());
            case "pubsub" -> new Limits(limits.normal(), limits.replica(), limit);
            default -> new Limits(limits.normal(), limit, limits.pubsub());
        };
    }

    private static Limit limit(List<String> quad) {
        Long hard = Numbers.memory(quad.get(1));
        Long soft = Numbers.memory(quad.get(2));
        Long seconds = Numbers.lenient(quad.get(3));
        if (hard == null || soft == null || seconds == null || (int) (long) seconds < 0) {
            throw new ConfigRejected(
                    "Error in hard, soft or soft_seconds setting in buffer limit configuration.");
        }
        return new Limit(hard, soft, (int) (long) seconds);
    }

    private static String plain(Limit limit) {
        return Long.toUnsignedString(limit.hardBytes())
                + " "
                + Long.toUnsignedString(limit.softBytes())
                + " "
                + limit.softSeconds();
    }

    private static RewriteLine line(String start, Limit limit, Limit initial) {
        String text =
                start
                        + Numbers.formatMemory(limit.hardBytes())
                        + " "
                        + Numbers.formatMemory(limit.softBytes())
                        + " "
                        + limit.softSeconds();
        return new RewriteLine(text, !limit.equals(initial));
    }
}

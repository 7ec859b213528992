// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** What members and scores look like. */
enum Shape {
    MANY_TIES {
        @Override
        double score(SplittableRandom random) {
            return random.nextInt(3);
        }

        @Override
        byte[] member(SplittableRandom random) {
            return text("m" + random.nextInt(3000));
        }
    },
    SPREAD {
        @Override
        double score(SplittableRandom random) {
            return random.nextDouble(-1e6, 1e6);
        }

        @Override
        byte[] member(SplittableRandom random) {
            return text("member:" + random.nextInt(2500));
        }
    },
    SPECIAL_SCORES {
        @SuppressWarnings("ImmutableEnumChecker") // Nobody writes to it.
        private final double[] scores = {
            0.0,
            -0.0,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            1,
            -1
        };

        @Override
        double score(SplittableRandom random) {
            return scores[random.nextInt(scores.length)];
        }

        @Override
        byte[] member(SplittableRandom random) {
            return text(Integer.toString(random.nextInt(1500), 36));
        }
    },
    LONG_COMMON_PREFIXES {
        @Override
        double score(SplittableRandom random) {
            return random.nextInt(8) == 0 ? random.nextInt(2) : 5;
        }

        @Override
        byte[] member(SplittableRandom random) {
            return text("p".repeat(60 + random.nextInt(3) * 20) + random.nextInt(400));
        }
    },
    HUGE_MEMBERS {
        @Override
        double score(SplittableRandom random) {
            return random.nextInt(20);
        }

        @Override
        byte[] member(SplittableRandom random) {
            int kind = random.nextInt(500);
            byte[] member = new byte[kind % 7 == 0 ? 505 + kind % 16 : kind * kind / 90];
            Arrays.fill(member, (byte) (kind % 3));
            if (member.length > 1) {
                member[member.length - 1] = (byte) kind;
            }
            return member;
        }
    };

    abstract double score(SplittableRandom random);

    abstract byte[] member(SplittableRandom random);

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

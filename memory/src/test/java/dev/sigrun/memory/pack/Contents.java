// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Elements around all the places where an encoding ends and the next one begins. */
public final class Contents {
    private static final int[] LENGTHS = {
        0, 1, 3, 20, 21, 61, 62, 63, 64, 65, 125, 126, 127, 4093, 4096
    };
    private static final String[] ALMOST_INTEGERS = {
        "",
        "-",
        "-0",
        "00",
        "+1",
        " 1",
        "1 ",
        "1.0",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "99999999999999999999",
        "-01",
        "0x1"
    };

    private Contents() {}

    static byte[] any(SplittableRandom random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> ascii(Long.toString(integer(random)));
            case 3 -> ascii(ALMOST_INTEGERS[random.nextInt(ALMOST_INTEGERS.length)]);
            default -> {
                byte[] content = new byte[LENGTHS[random.nextInt(LENGTHS.length)]];
                random.nextBytes(content);
                yield content;
            }
        };
    }

    /** Mostly one near a power of two. */
    public static long integer(SplittableRandom random) {
        long power = 1L << random.nextInt(64);
        return switch (random.nextInt(3)) {
            case 0 -> power + random.nextInt(-1, 2);
            case 1 -> -power + random.nextInt(-1, 2);
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

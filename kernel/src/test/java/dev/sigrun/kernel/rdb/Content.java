// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;

/** Strings by description, so that the golden file need not hold a megabyte for each. */
final class Content {
    private static final String[] WORDS = {
        "alpha ", "beta ", "gamma ", "delta, ", "epsilon; ", "zeta\n", "eta=", "0123456789 "
    };

    private Content() {}

    /** What a line of the golden file describes: text, hex, repeat, words or noise. */
    static byte[] of(String description) {
        String[] parts = description.split(":", -1);
        return switch (parts[0]) {
            case "text" -> parts[1].getBytes(StandardCharsets.US_ASCII);
            case "hex" -> HexFormat.of().parseHex(parts[1]);
            case "repeat" ->
                    parts[1].repeat(Integer.parseInt(parts[2])).getBytes(StandardCharsets.US_ASCII);
            case "words" -> words(new Random(Long.parseLong(parts[1])), Integer.parseInt(parts[2]));
            case "noise" -> noise(new Random(Long.parseLong(parts[1])), Integer.parseInt(parts[2]));
            default -> throw new IllegalArgumentException(description);
        };
    }

    static byte[] words(Random random, int length) {
        StringBuilder text = new StringBuilder(length + 16);
        while (text.length() < length) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
        }
        text.setLength(length);
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] noise(Random random, int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        return content;
    }

    /** Something between noise and a single byte repeated. */
    static byte[] any(Random random, int lengthMax) {
        int length = random.nextInt(lengthMax + 1);
        return switch (random.nextInt(4)) {
            case 0 -> noise(random, length);
            case 1 -> words(random, length);
            case 2 -> fewLetters(random, length);
            default -> runs(random, length);
        };
    }

    private static byte[] fewLetters(Random random, int length) {
        byte[] content = new byte[length];
        int letters = 1 + random.nextInt(4);
        for (int i = 0; i < length; i++) {
            content[i] = (byte) ('a' + random.nextInt(letters));
        }
        return content;
    }

    private static byte[] runs(Random random, int length) {
        byte[] content = noise(random, length);
        int at = 0;
        while (at < length) {
            int run = Math.min(length - at, 1 + random.nextInt(600));
            int back = Math.min(at, random.nextInt(9000));
            if (back > 0 && random.nextBoolean()) {
                for (int i = at; i < at + run; i++) {
                    content[i] = content[i - back];
                }
            }
            at += run;
        }
        return content;
    }
}

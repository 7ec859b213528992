// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Chooses list commands at random, over few keys and few kinds of element. */
final class ListCommandChoice {
    private static final int KEYS = 4;

    private final SplittableRandom random;
    private final boolean hasLong;

    ListCommandChoice(SplittableRandom random, boolean hasLong) {
        this.random = random;
        this.hasLong = hasLong;
    }

    String[] next() {
        String key = key();
        return switch (random.nextInt(20)) {
            case 0, 1 -> push("RPUSH", key, random.nextInt(12) == 0 ? 200 : 6);
            case 2, 3 -> push("LPUSH", key, 6);
            case 4 -> push(random.nextBoolean() ? "LPUSHX" : "RPUSHX", key, 3);
            case 5 -> words(random.nextBoolean() ? "LPOP" : "RPOP", key);
            case 6 -> words(random.nextBoolean() ? "LPOP" : "RPOP", key, "" + random.nextInt(9));
            case 7 -> words("LINDEX", key, index());
            case 8 -> words("LRANGE", key, index(), index());
            case 9, 10 -> words("LSET", key, index(), element());
            case 11, 12 -> words("LINSERT", key, where(), element(), element());
            case 13 -> words("LTRIM", key, index(), index());
            case 14 -> words("LREM", key, "" + random.nextInt(-3, 4), element());
            case 15 ->
                    words("LPOS", key, element(), "RANK", rank(), "COUNT", "" + random.nextInt(4));
            case 16, 17 -> words("LMOVE", key, key(), side(), side());
            case 18 -> words("RPOPLPUSH", key, key());
            default -> words("LMPOP", "2", key, key(), side(), "COUNT", "" + random.nextInt(1, 9));
        };
    }

    private static String[] words(String... words) {
        return words;
    }

    private String[] push(String name, String key, int max) {
        List<String> words = new ArrayList<>(List.of(name, key));
        for (int left = random.nextInt(max) + 1; left > 0; left--) {
            words.add(element());
        }
        return words.toArray(String[]::new);
    }

    private String key() {
        return "key" + random.nextInt(KEYS);
    }

    private String element() {
        int number = random.nextInt(60);
        return switch (number % 6) {
            case 0 -> "" + (number - 30);
            case 1 -> "" + number * 0x123456789abcL;
            case 2 -> "0" + number;
            case 3 -> "e".repeat(number);
            case 4 -> hasLong && number == 4 ? "large ".repeat(1500) : "element:" + number;
            default -> hasLong ? "l".repeat(number * 40) : "";
        };
    }

    /** Mostly within, mostly near an end. */
    private String index() {
        return "" + (random.nextInt(4) == 0 ? random.nextInt(-300, 300) : random.nextInt(-12, 12));
    }

    private String rank() {
        int rank = random.nextInt(-3, 3);
        return "" + (rank >= 0 ? rank + 1 : rank);
    }

    private String where() {
        return random.nextBoolean() ? "BEFORE" : "AFTER";
    }

    private String side() {
        return random.nextBoolean() ? "LEFT" : "RIGHT";
    }
}

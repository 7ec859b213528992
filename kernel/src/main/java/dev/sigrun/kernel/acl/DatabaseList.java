// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import java.util.Arrays;
import java.util.TreeSet;

/** The databases that {@code db=} names, in order and each once. Any thread. */
final class DatabaseList {
    static final DatabaseList EMPTY = new DatabaseList(new int[0]);

    private final int[] numbers;

    private DatabaseList(int[] numbers) {
        this.numbers = numbers;
    }

    /** Reads numbers with commas between them. */
    static DatabaseList parse(String list) throws RuleError {
        TreeSet<Integer> numbers = new TreeSet<>();
        int from = 0;
        while (true) {
            int comma = list.indexOf(',', from);
            int to = comma < 0 ? list.length() : comma;
            numbers.add(number(list.substring(from, to)));
            if (comma < 0) {
                return new DatabaseList(numbers.stream().mapToInt(Integer::intValue).toArray());
            }
            from = comma + 1;
        }
    }

    /** As C reads numbers: blanks and a sign may stand in front. */
    private static int number(String word) throws RuleError {
        int at = 0;
        while (at < word.length() && Selector.isSpace(word.charAt(at))) {
            at++;
        }
        boolean negative = at < word.length() && word.charAt(at) == '-';
        if (at < word.length() && (negative || word.charAt(at) == '+')) {
            at++;
        }
        if (at == word.length()) {
            throw RuleError.SYNTAX;
        }
        long value = 0;
        for (; at < word.length(); at++) {
            int digit = word.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                throw RuleError.SYNTAX;
            }
            value = value > Integer.MAX_VALUE ? value : value * 10 + digit;
        }
        if (value > Integer.MAX_VALUE || negative && value > 0) {
            throw RuleError.DATABASE_OUT_OF_RANGE;
        }
        return (int) value;
    }

    boolean contains(int number) {
        return Arrays.binarySearch(numbers, number) >= 0;
    }

    /** The rule that names these databases; empty for none. */
    String rule() {
        StringBuilder text = new StringBuilder();
        for (int number : numbers) {
            text.append(text.isEmpty() ? "db=" : ",").append(number);
        }
        return text.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import dev.sigrun.testkit.Quoting;
import java.util.List;

/** Words that no argument expects, most of all those that stand for a number. Any thread. */
final class ExtremeWords {
    private static final String DIGITS = "9".repeat(5000);

    /** The words; large negative ones are the smallest of all, which no count may be. */
    static final List<String> ALL =
            List.of(
                    "-9223372036854775808",
                    "-9223372036854775809",
                    "9223372036854775807",
                    "9223372036854775808",
                    "18446744073709551615",
                    "18446744073709551616",
                    "2147483647",
                    "2147483648",
                    "4294967296",
                    "-1",
                    "0",
                    "-0",
                    "",
                    " 1",
                    "1 ",
                    "1\0",
                    "+1",
                    "01",
                    "0x10",
                    "1e3",
                    "1.5",
                    "nan",
                    "-nan",
                    "inf",
                    "-inf",
                    "+inf",
                    "1e309",
                    "1e-400",
                    "(",
                    "#-1",
                    DIGITS);

    private ExtremeWords() {}

    /** How a word is written in a file. */
    static String shown(String word) {
        return word.equals(DIGITS) ? "9x5000" : Quoting.word(word);
    }
}

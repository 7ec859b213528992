// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution.program;

import java.util.Map;

/**
 * A character of the Unicode character database. Immutable.
 *
 * @param name in ASCII; no other character has it
 * @param category the general category, in the words of where it comes from
 * @param digit the decimal digit that it is; empty for most
 */
record UnicodeCharacter(int codePoint, String name, String category, String digit) {
    /** What names the character in a key. */
    String hex() {
        return String.format("%04X", codePoint);
    }

    /** The character itself. */
    String text() {
        return Character.toString(codePoint);
    }

    /** What is stored of it in a hash or as an entry of a stream. */
    Map<String, String> fields() {
        return Map.of("name", name, "category", category, "digit", digit, "text", text());
    }
}

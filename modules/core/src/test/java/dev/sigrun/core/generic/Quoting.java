// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import java.util.ArrayList;
import java.util.List;

/** The quoting of valkey-cli, one character a byte. */
final class Quoting {
    private static final String ESCAPED = "\n\r\t\b\007";
    private static final String LETTERS = "nrtba";

    private Quoting() {}

    static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            int special = ESCAPED.indexOf(letter);
            if (letter == '"' || letter == '\\') {
                out.append('\\').append(letter);
            } else if (special >= 0) {
                out.append('\\').append(LETTERS.charAt(special));
            } else if (letter < ' ' || letter > '~') {
                out.append(String.format("\\x%02x", (int) letter));
            } else {
                out.append(letter);
            }
        }
        return out.append('"').toString();
    }

    /** Takes a line apart into words; a word may be quoted, but only as a whole. */
    static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            if (line.charAt(at) == ' ') {
                at++;
            } else if (line.charAt(at) == '"') {
                StringBuilder word = new StringBuilder();
                at = unquote(line, at + 1, word);
                words.add(word.toString());
            } else {
                int end = line.indexOf(' ', at);
                end = end < 0 ? line.length() : end;
                words.add(line.substring(at, end));
                at = end;
            }
        }
        return words;
    }

    private static int unquote(String line, int from, StringBuilder word) {
        int at = from;
        while (line.charAt(at) != '"') {
            if (line.charAt(at) != '\\') {
                word.append(line.charAt(at++));
            } else if (line.charAt(at + 1) == 'x') {
                word.append((char) Integer.parseInt(line.substring(at + 2, at + 4), 16));
                at += 4;
            } else {
                int special = LETTERS.indexOf(line.charAt(at + 1));
                word.append(special < 0 ? line.charAt(at + 1) : ESCAPED.charAt(special));
                at += 2;
            }
        }
        return at + 1;
    }
}

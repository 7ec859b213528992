// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Words on a line, quoted where they need it; one char a byte. Any thread. */
public final class Quoting {
    private static final String ESCAPED = "\n\r\t\b\007";
    private static final String LETTERS = "nrtba";
    private static final String HEXADECIMAL = "0123456789abcdef";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:+@-]+");

    private Quoting() {}

    /** The text in quotes; of the escapes with a letter only {@code \n}, {@code \r}, {@code \t}. */
    public static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            int special = "\n\r\t".indexOf(letter);
            if (letter == '"' || letter == '\\') {
                out.append('\\').append(letter);
            } else if (special >= 0) {
                out.append('\\').append(LETTERS.charAt(special));
            } else if (letter < ' ' || letter > '~') {
                out.append("\\x");
                out.append(HEXADECIMAL.charAt(letter >> 4 & 15));
                out.append(HEXADECIMAL.charAt(letter & 15));
            } else {
                out.append(letter);
            }
        }
        return out.append('"').toString();
    }

    /** The text as it is when it is a plain word, else in quotes. */
    public static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : quote(text);
    }

    /** Takes a line apart into words; a word may be quoted, but only as a whole. */
    public static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            if (line.charAt(at) == ' ') {
                at++;
            } else if (line.charAt(at) == '"') {
                StringBuilder word = new StringBuilder();
                at = unquote(line, at, word);
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

    /** The line with every quoted text in it quoted in the one way of {@link #quote}. */
    public static String normalize(String line) {
        StringBuilder out = new StringBuilder(line.length());
        int at = 0;
        while (at < line.length()) {
            if (line.charAt(at) == '"') {
                StringBuilder text = new StringBuilder();
                at = unquote(line, at, text);
                out.append(quote(text.toString()));
            } else {
                out.append(line.charAt(at++));
            }
        }
        return out.toString();
    }

    /** Reads the quoted text that begins at an index; the index behind it. */
    private static int unquote(String line, int from, StringBuilder text) {
        int at = from + 1;
        while (line.charAt(at) != '"') {
            if (line.charAt(at) != '\\') {
                text.append(line.charAt(at++));
            } else if (line.charAt(at + 1) == 'x') {
                text.append((char) Integer.parseInt(line.substring(at + 2, at + 4), 16));
                at += 4;
            } else {
                int special = LETTERS.indexOf(line.charAt(at + 1));
                text.append(special < 0 ? line.charAt(at + 1) : ESCAPED.charAt(special));
                at += 2;
            }
        }
        return at + 1;
    }
}

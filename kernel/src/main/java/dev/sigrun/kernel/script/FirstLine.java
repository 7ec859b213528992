// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import dev.sigrun.spi.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * The first line of a script, such as {@code #!lua name=mylib}, split into words: blanks separate,
 * quotes join, and escapes work inside double quotes. Text has a character for each byte.
 *
 * @param words the words, the first one with its {@code #!}; null when the quotes do not match
 * @param length bytes of the line without its end
 */
record FirstLine(List<String> words, int length) {
    /** A line that is longer says nothing that anybody understands. */
    private static final int LENGTH_MAX = 64 * 1024;

    /** Whether a script says on its first line what it is. */
    static boolean isIn(Bytes script) {
        return script.length() >= 2 && script.byteAt(0) == '#' && script.byteAt(1) == '!';
    }

    /** Reads the first line; null when it does not end. */
    static FirstLine of(Bytes script) {
        int end = 0;
        while (end < script.length() && script.byteAt(end) != '\n' && script.byteAt(end) != 0) {
            end++;
        }
        if (end == script.length() || script.byteAt(end) == 0) {
            return null;
        }
        if (end > LENGTH_MAX) {
            return new FirstLine(null, end);
        }
        StringBuilder line = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            line.append((char) (script.byteAt(i) & 0xFF));
        }
        return new FirstLine(split(line), end);
    }

    private static List<String> split(CharSequence line) {
        List<String> words = new ArrayList<>();
        Scan scan = new Scan(line);
        while (scan.skipBlanks()) {
            String word = scan.word();
            if (word == null) {
                return null;
            }
            words.add(word);
        }
        return words;
    }

    /** Reads words one by one. */
    private static final class Scan {
        private final CharSequence line;
        private int at;

        Scan(CharSequence line) {
            this.line = line;
        }

        boolean skipBlanks() {
            while (at < line.length() && isBlank(line.charAt(at))) {
                at++;
            }
            return at < line.length();
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c >= '\t' && c <= '\r';
        }

        String word() {
            StringBuilder word = new StringBuilder();
            while (at < line.length() && !isBlank(line.charAt(at))) {
                char c = line.charAt(at++);
                if (c == '"' || c == '\'') {
                    if (!quoted(c, word)) {
                        return null;
                    }
                } else {
                    word.append(c);
                }
            }
            return word.toString();
        }

        /** The rest of a quoted part; behind its closing quote a word must end. */
        private boolean quoted(char quote, StringBuilder word) {
            while (at < line.length()) {
                char c = line.charAt(at++);
                if (c == quote) {
                    return at == line.length() || isBlank(line.charAt(at));
                }
                if (c != '\\' || at == line.length()) {
                    word.append(c);
                } else if (quote == '"') {
                    word.append(escaped());
                } else if (line.charAt(at) == '\'') {
                    word.append('\'');
                    at++;
                } else {
                    word.append(c);
                }
            }
            return false;
        }

        private char escaped() {
            char c = line.charAt(at++);
            if (c == 'x' && at + 1 < line.length()) {
                int high = Character.digit(line.charAt(at), 16);
                int low = Character.digit(line.charAt(at + 1), 16);
                if (high >= 0 && low >= 0) {
                    at += 2;
                    return (char) (high << 4 | low);
                }
            }
            return switch (c) {
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'b' -> '\b';
                case 'a' -> (char) 7;
                default -> c;
            };
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Any thread. Splits a configuration line into words and quotes a word so that it survives the
 * split.
 *
 * <p>The grammar is the one of Valkey's configuration files. Words are separated by blanks. Inside
 * double quotes a backslash introduces {@code \n \r \t \a \b}, {@code \xHH}, or stands for the
 * character that follows; inside single quotes only {@code \'} is special. A quote may close in the
 * middle of a word: {@code a"b c"d} is one word. A zero byte ends the line, as it does in C.
 */
public final class Words {
    private final String line;
    private final int end;
    private int at;

    private Words(String line) {
        this.line = line;
        int zero = line.indexOf('\0');
        this.end = zero < 0 ? line.length() : zero;
    }

    /** The words of the line, or null where a quote is left open. */
    public static List<String> split(String line) {
        Words words = new Words(line);
        List<String> found = new ArrayList<>();
        while (true) {
            words.skipBlanks();
            if (words.at == words.end) {
                return found;
            }
            String word = words.next();
            if (word == null) {
                return null;
            }
            found.add(word);
        }
    }

    /** The parts between single spaces: two spaces enclose an empty part, and "" has none. */
    public static List<String> splitAtSpaces(String text) {
        List<String> parts = new ArrayList<>();
        if (text.isEmpty()) {
            return parts;
        }
        int from = 0;
        for (int space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', from)) {
            parts.add(text.substring(from, space));
            from = space + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** Removes blanks and line ends from both sides, and nothing else. */
    public static String trim(String line) {
        int from = 0;
        int to = line.length();
        while (from < to && isTrimmed(line.charAt(from))) {
            from++;
        }
        while (to > from && isTrimmed(line.charAt(to - 1))) {
            to--;
        }
        return line.substring(from, to);
    }

    /** The word in double quotes, with everything unprintable escaped. */
    public static String quote(String word) {
        StringBuilder out = new StringBuilder(word.length() + 2).append('"');
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            switch (c) {
                case '\\', '"' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 7 -> out.append("\\a");
                case '\b' -> out.append("\\b");
                default -> {
                    if (c >= ' ' && c < 127) {
                        out.append(c);
                    } else {
                        appendHex(out, c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    /** Lower case by the rules of ASCII, whatever the locale. */
    public static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                return lowered(text);
            }
        }
        return text;
    }

    private static String lowered(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] >= 'A' && chars[i] <= 'Z') {
                chars[i] = (char) (chars[i] | 0x20);
            }
        }
        return new String(chars);
    }

    private static void appendHex(StringBuilder out, char c) {
        String digits = Integer.toHexString(c & 0xff).toLowerCase(Locale.ROOT);
        out.append("\\x");
        if (digits.length() < 2) {
            out.append('0');
        }
        out.append(digits);
    }

    private void skipBlanks() {
        while (at < end && isSpace(line.charAt(at))) {
            at++;
        }
    }

    private String next() {
        StringBuilder word = new StringBuilder();
        while (at < end) {
            char c = line.charAt(at++);
            switch (c) {
                case ' ', '\t', '\n', '\r' -> {
                    return word.toString();
                }
                case '"' -> {
                    if (!readDoubleQuoted(word)) {
                        return null;
                    }
                }
                case '\'' -> {
                    if (!readSingleQuoted(word)) {
                        return null;
                    }
                }
                default -> word.append(c);
            }
        }
        return word.toString();
    }

    private boolean readDoubleQuoted(StringBuilder word) {
        while (at < end) {
            char c = line.charAt(at++);
            if (c == '"') {
                return true;
            }
            if (c == '\\' && at < end) {
                readEscape(word);
            } else {
                word.append(c);
            }
        }
        return false;
    }

    private void readEscape(StringBuilder word) {
        char c = line.charAt(at++);
        if (c == 'x' && at + 1 < end && hex(at) >= 0 && hex(at + 1) >= 0) {
            word.append((char) (hex(at) * 16 + hex(at + 1)));
            at += 2;
            return;
        }
        word.append(
                switch (c) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'b' -> '\b';
                    case 'a' -> (char) 7;
                    default -> c;
                });
    }

    private boolean readSingleQuoted(StringBuilder word) {
        while (at < end) {
            char c = line.charAt(at++);
            if (c == '\'') {
                return true;
            }
            if (c == '\\' && at < end && line.charAt(at) == '\'') {
                c = line.charAt(at++);
            }
            word.append(c);
        }
        return false;
    }

    private int hex(int index) {
        char c = line.charAt(index);
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isTrimmed(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}

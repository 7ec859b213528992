// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi;

import java.nio.charset.StandardCharsets;

/**
 * Any thread. A pattern for names, with Valkey's rules: {@code *} is any bytes, {@code ?} any one
 * byte, {@code [a-z]} and {@code [^a-z]} one byte of a class, and a backslash takes away the
 * meaning of what follows it.
 *
 * <p>Only the latest star is ever come back to. Giving an earlier star more bytes cannot help: the
 * part between two stars has already been found as far to the left as possible. So a match costs at
 * most the product of both lengths, never recurses, and a hostile pattern cannot stall the owner.
 * Matching allocates nothing.
 *
 * <p>Odd rules that clients can observe and that are kept: a class without its closing bracket ends
 * with the pattern; a bracket right after the opening one closes an empty class, which no byte is
 * in; the bounds of a range may stand in either order and compare as signed bytes; a final
 * backslash means itself; the empty name matches only the empty pattern and the lone star; and a
 * pattern in which a match would pass more than {@value #STARS_MAX} inner stars matches nothing.
 */
public final class GlobPattern {
    /** How many groups of stars may stand before the last other element of the pattern. */
    public static final int STARS_MAX = 1000;

    private static final int MISMATCH = -1;

    private final byte[] pattern;
    private final boolean everything;

    /** Length of what stands before a star, if that is all there is; -1 for other patterns. */
    private final int startLength;

    private GlobPattern(byte[] pattern) {
        this.pattern = pattern;
        this.everything = pattern.length == 1 && pattern[0] == '*';
        this.startLength = startLength(pattern);
    }

    private static int startLength(byte[] pattern) {
        for (int i = 0; i < pattern.length; i++) {
            switch (pattern[i]) {
                case '*' -> {
                    return i == pattern.length - 1 ? i : -1;
                }
                case '?', '[', '\\' -> {
                    return -1;
                }
                default -> {
                    // It stands for itself.
                }
            }
        }
        return -1;
    }

    /** Keeps a copy of a pattern. */
    public static GlobPattern of(Bytes pattern) {
        return new GlobPattern(pattern.copy());
    }

    /**
     * Takes a pattern from a text.
     *
     * @param pattern one character a byte (ISO 8859-1), as {@link Bytes#text()} gives it
     */
    public static GlobPattern of(String pattern) {
        return new GlobPattern(pattern.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Whether the whole of {@code name} fits the pattern. */
    public boolean matches(Bytes name) {
        if (everything) {
            return true;
        }
        int length = name.length();
        if (length == 0) {
            return pattern.length == 0;
        }
        if (startLength >= 0) {
            return startsWith(name, length);
        }
        int at = 0;
        int read = 0;
        int stars = 0;
        int retryAt = MISMATCH;
        int retryRead = 0;
        while (read < length) {
            if (at < pattern.length && pattern[at] == '*') {
                at = afterStars(at);
                if (at == pattern.length) {
                    return true;
                }
                if (++stars > STARS_MAX) {
                    return false;
                }
                retryAt = at;
                retryRead = read;
                continue;
            }
            int next = at < pattern.length ? step(at, name.byteAt(read)) : MISMATCH;
            if (next != MISMATCH) {
                at = next;
                read++;
            } else if (retryAt != MISMATCH) {
                at = retryAt;
                read = ++retryRead;
            } else {
                return false;
            }
        }
        return afterStars(at) == pattern.length;
    }

    /** Most patterns are the start of a name and a star. */
    private boolean startsWith(Bytes name, int length) {
        if (length < startLength) {
            return false;
        }
        for (int i = 0; i < startLength; i++) {
            if (name.byteAt(i) != pattern[i]) {
                return false;
            }
        }
        return true;
    }

    private int afterStars(int from) {
        int at = from;
        while (at < pattern.length && pattern[at] == '*') {
            at++;
        }
        return at;
    }

    /** The position behind the element at {@code at}, or {@link #MISMATCH} when it refuses. */
    private int step(int at, byte letter) {
        return switch (pattern[at]) {
            case '?' -> at + 1;
            case '[' -> stepClass(at + 1, letter);
            case '\\' -> stepOver(Math.min(at + 1, pattern.length - 1), letter);
            default -> stepOver(at, letter);
        };
    }

    private int stepOver(int at, byte letter) {
        return pattern[at] == letter ? at + 1 : MISMATCH;
    }

    private int stepClass(int from, byte letter) {
        int at = from;
        boolean inverted = at < pattern.length && pattern[at] == '^';
        if (inverted) {
            at++;
        }
        boolean found = false;
        while (at < pattern.length && pattern[at] != ']') {
            int left = pattern.length - at;
            if (pattern[at] == '\\' && left >= 2) {
                found |= pattern[at + 1] == letter;
                at += 2;
            } else if (left >= 3 && pattern[at + 1] == '-') {
                found |= isBetween(letter, pattern[at], pattern[at + 2]);
                at += 3;
            } else {
                found |= pattern[at] == letter;
                at++;
            }
        }
        return found == inverted ? MISMATCH : Math.min(at + 1, pattern.length);
    }

    private static boolean isBetween(byte letter, byte one, byte other) {
        return letter >= Math.min(one, other) && letter <= Math.max(one, other);
    }
}

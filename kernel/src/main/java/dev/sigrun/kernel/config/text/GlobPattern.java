// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.text;

/**
 * Any thread. Matches a name against a pattern of {@code * ? [abc] [^a-z]} and {@code \x}.
 *
 * <p>The match keeps only the latest star to come back to, so its cost is at most the product of
 * the two lengths and it never recurses: a hostile pattern cannot stall the owner.
 */
public final class GlobPattern {
    private final String pattern;
    private final boolean caseless;

    private GlobPattern(String pattern, boolean caseless) {
        this.pattern = pattern;
        this.caseless = caseless;
    }

    /** A pattern that takes no notice of case. */
    public static GlobPattern caseless(String pattern) {
        return new GlobPattern(Words.lower(pattern), true);
    }

    /** A pattern for which case matters, as in file names. */
    public static GlobPattern exact(String pattern) {
        return new GlobPattern(pattern, false);
    }

    /** Whether the text holds a character that makes it a pattern. */
    public static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    public boolean matches(String name) {
        String text = caseless ? Words.lower(name) : name;
        int p = 0;
        int t = 0;
        int afterStar = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                afterStar = ++p;
                resume = t;
            } else if (p < pattern.length() && matchesOne(p, text.charAt(t))) {
                p = skipOne(p);
                t++;
            } else if (afterStar >= 0) {
                p = afterStar;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p >= pattern.length();
    }

    private boolean matchesOne(int p, char c) {
        char first = pattern.charAt(p);
        return switch (first) {
            case '?' -> true;
            case '[' -> matchesSet(p + 1, c);
            case '\\' -> pattern.charAt(Math.min(p + 1, pattern.length() - 1)) == c;
            default -> first == c;
        };
    }

    private boolean matchesSet(int from, char c) {
        int p = from;
        boolean inverted = p < pattern.length() && pattern.charAt(p) == '^';
        if (inverted) {
            p++;
        }
        boolean found = false;
        while (p < pattern.length() && pattern.charAt(p) != ']') {
            if (pattern.charAt(p) == '\\' && p + 1 < pattern.length()) {
                found |= pattern.charAt(p + 1) == c;
                p += 2;
            } else if (p + 2 < pattern.length() && pattern.charAt(p + 1) == '-') {
                char low = pattern.charAt(p);
                char high = pattern.charAt(p + 2);
                found |= c >= Math.min(low, high) && c <= Math.max(low, high);
                p += 3;
            } else {
                found |= pattern.charAt(p) == c;
                p++;
            }
        }
        return found != inverted;
    }

    /** The index behind the element at p; a set that is never closed reaches to the end. */
    private int skipOne(int p) {
        char first = pattern.charAt(p);
        if (first == '\\') {
            return Math.min(p + 2, pattern.length());
        }
        if (first != '[') {
            return p + 1;
        }
        int next = p + 1;
        if (next < pattern.length() && pattern.charAt(next) == '^') {
            next++;
        }
        while (next < pattern.length() && pattern.charAt(next) != ']') {
            if (pattern.charAt(next) == '\\' && next + 1 < pattern.length()) {
                next += 2;
            } else if (next + 2 < pattern.length() && pattern.charAt(next + 1) == '-') {
                next += 3;
            } else {
                next++;
            }
        }
        return Math.min(next + 1, pattern.length());
    }
}

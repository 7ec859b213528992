// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

/** Matches by trying everything: exponential, and plain enough to be believed. */
final class NaiveGlob {
    private NaiveGlob() {}

    static boolean matches(String pattern, String name) {
        if (pattern.isEmpty()) {
            return name.isEmpty();
        }
        char first = pattern.charAt(0);
        if (first == '*') {
            return matches(pattern.substring(1), name)
                    || (!name.isEmpty() && matches(pattern, name.substring(1)));
        }
        if (name.isEmpty()) {
            return false;
        }
        String rest = name.substring(1);
        if (first == '?') {
            return matches(pattern.substring(1), rest);
        }
        if (first == '[') {
            return matchesClass(pattern.substring(1), name.charAt(0), rest);
        }
        boolean escape = first == '\\' && pattern.length() > 1;
        char literal = escape ? pattern.charAt(1) : first;
        return name.charAt(0) == literal && matches(pattern.substring(escape ? 2 : 1), rest);
    }

    private static boolean matchesClass(String afterBracket, char letter, String rest) {
        boolean inverted = afterBracket.startsWith("^");
        String members = inverted ? afterBracket.substring(1) : afterBracket;
        boolean found = false;
        while (!members.isEmpty() && members.charAt(0) != ']') {
            int taken = 1;
            if (members.charAt(0) == '\\' && members.length() > 1) {
                found |= members.charAt(1) == letter;
                taken = 2;
            } else if (members.length() > 2 && members.charAt(1) == '-') {
                char low = (char) Math.min(members.charAt(0), members.charAt(2));
                char high = (char) Math.max(members.charAt(0), members.charAt(2));
                found |= low <= letter && letter <= high;
                taken = 3;
            } else {
                found |= members.charAt(0) == letter;
            }
            members = members.substring(taken);
        }
        String behind = members.isEmpty() ? "" : members.substring(1);
        return found != inverted && matches(behind, rest);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import dev.sigrun.kernel.config.text.GlobPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What one set of rules allows, the plain way: all rules are kept as they came, and each question
 * goes through them from the first to the last. Confined to the test's thread.
 */
final class RightsModel {
    private final AclCommands commands;
    private final List<String> rules = new ArrayList<>();

    RightsModel(AclCommands commands) {
        this.commands = commands;
    }

    void add(String rule) {
        rules.add(rule);
    }

    boolean allowsCommand(String fullName, Set<String> categories, String firstArgument) {
        boolean allowed = false;
        boolean byArgument = false;
        int bar = fullName.indexOf('|');
        String container = bar < 0 ? fullName : fullName.substring(0, bar);
        for (String rule : rules) {
            if (rule.charAt(0) != '+' && rule.charAt(0) != '-') {
                continue;
            }
            boolean adds = rule.charAt(0) == '+';
            String name = rule.substring(1);
            boolean meant;
            if (name.equals("@all")) {
                meant = true;
            } else if (name.startsWith("@")) {
                String category = name.substring(1);
                meant =
                        categories.contains(category)
                                || bar > 0 && commands.command(container).isIn(category);
            } else {
                meant = name.equals(fullName) || name.equals(container);
            }
            if (meant) {
                allowed = adds;
                byArgument = false;
            } else if (bar < 0 && name.equals(fullName + "|" + firstArgument)) {
                byArgument = true;
            }
        }
        return allowed || byArgument;
    }

    boolean allowsKey(String key, boolean reads, boolean writes) {
        boolean all = false;
        List<String> patterns = new ArrayList<>();
        for (String rule : rules) {
            switch (rule) {
                case "allkeys" -> {
                    all = true;
                    patterns.clear();
                }
                case "resetkeys" -> {
                    all = false;
                    patterns.clear();
                }
                default -> {
                    if (rule.startsWith("~") || rule.startsWith("%")) {
                        patterns.add(rule);
                    }
                }
            }
        }
        return all || matches(patterns, key, reads, writes);
    }

    /** Rights on the same pattern add up, those on different patterns do not. */
    private static boolean matches(List<String> rules, String key, boolean reads, boolean writes) {
        for (String rule : rules) {
            String pattern = rule.substring(rule.indexOf('~') + 1);
            boolean mayRead = false;
            boolean mayWrite = false;
            for (String other : rules) {
                if (other.substring(other.indexOf('~') + 1).equals(pattern)) {
                    String rights = other.substring(0, other.indexOf('~'));
                    mayRead |= rights.isEmpty() || rights.contains("R");
                    mayWrite |= rights.isEmpty() || rights.contains("W");
                }
            }
            if ((mayRead || !reads)
                    && (mayWrite || !writes)
                    && GlobPattern.exact(pattern).matches(key)) {
                return true;
            }
        }
        return false;
    }

    boolean allowsDatabase(int db) {
        boolean allowed = true;
        for (String rule : rules) {
            if (rule.equals("alldbs")) {
                allowed = true;
            } else if (rule.equals("resetdbs")) {
                allowed = false;
            } else if (rule.startsWith("db=")) {
                allowed = List.of(rule.substring(3).split(",")).contains(Integer.toString(db));
            }
        }
        return allowed;
    }

    boolean allowsChannel(String channel, boolean isPattern) {
        boolean all = false;
        List<String> patterns = new ArrayList<>();
        for (String rule : rules) {
            if (rule.equals("allchannels") || rule.equals("resetchannels")) {
                all = rule.equals("allchannels");
                patterns.clear();
            } else if (rule.startsWith("&")) {
                patterns.add(rule.substring(1));
            }
        }
        boolean found = all;
        for (String pattern : patterns) {
            found |=
                    isPattern
                            ? pattern.equals(channel)
                            : GlobPattern.exact(pattern).matches(channel);
        }
        return found;
    }
}

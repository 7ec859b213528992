// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import java.util.regex.Pattern;

/** Any thread. What a text must look like, with Valkey's words for the one that does not. */
enum TextRule {
    ANY,
    CLUSTER_FILE,
    DB_FILE,
    AOF_FILE,
    AOF_DIRECTORY,
    NODE_NAME,
    ANNOUNCED_IP,
    HOSTNAME,
    IPV4,
    IPV6,
    TITLE_TEMPLATE,
    HASH_SEED;

    private static final int HASH_SEED_MAX = 256;
    private static final int HOSTNAME_MAX = 255;
    private static final int IP_MAX = 45;
    private static final String UNSAFE_IN_NODES_FILE = ";<=>?@[]^{|}~\\";

    /** The complaint about the text, or null. */
    String check(String text) {
        return switch (this) {
            case ANY -> null;
            case CLUSTER_FILE -> text.isEmpty() ? "cluster-config-file can't be empty" : null;
            case DB_FILE -> baseName(text, "dbfilename", "filename");
            case AOF_FILE -> baseName(text, "appendfilename", "filename");
            case AOF_DIRECTORY -> baseName(text, "appenddirname", "dirname");
            case NODE_NAME ->
                    isSafe(text) ? null : "Announced human node name contained invalid character";
            case ANNOUNCED_IP -> announcedIp(text);
            case HOSTNAME -> hostname(text);
            case IPV4 -> text.isEmpty() || isIpv4(text) ? null : "Invalid IPv4 address";
            case IPV6 -> text.isEmpty() || isIpv6(text) ? null : "Invalid IPv6 address";
            case TITLE_TEMPLATE -> titleTemplate(text);
            case HASH_SEED ->
                    text.length() <= HASH_SEED_MAX
                            ? null
                            : "hash-seed must be less than or equal to 256 characters";
        };
    }

    private static String baseName(String text, String directive, String noun) {
        if (text.isEmpty()) {
            return directive + " can't be empty";
        }
        boolean path = text.indexOf('/') >= 0 || text.indexOf('\\') >= 0;
        return path ? directive + " can't be a path, just a " + noun : null;
    }

    private static String announcedIp(String text) {
        if (text.length() > IP_MAX) {
            return "cluster-announce-ip is too long";
        }
        return isSafe(text) ? null : "cluster-announce-ip contains invalid character";
    }

    private static boolean isSafe(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ',' || c == 127 || UNSAFE_IN_NODES_FILE.indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static String hostname(String text) {
        if (text.length() > HOSTNAME_MAX) {
            return "Hostnames must be less than 256 characters";
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (!letter && (c < '0' || c > '9') && c != '-' && c != '.') {
                return "Hostnames may only contain alphanumeric characters, hyphens or dots";
            }
        }
        return null;
    }

    private static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        boolean valid = parts.length == 4;
        for (String part : parts) {
            valid &= part.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(part) <= 255;
        }
        return valid;
    }

    private static boolean isIpv6(String text) {
        String hex = text;
        int lastColon = text.lastIndexOf(':');
        if (text.indexOf('.') >= 0) {
            if (lastColon < 0 || !isIpv4(text.substring(lastColon + 1))) {
                return false;
            }
            hex = text.substring(0, lastColon + 1).concat("0:0");
        }
        int gap = hex.indexOf("::");
        if (gap < 0) {
            return groups(hex) == 8;
        }
        int before = groups(hex.substring(0, gap));
        int after = groups(hex.substring(gap + 2));
        return before >= 0 && after >= 0 && before + after < 8;
    }

    /** How many groups of hexadecimal digits the text is, or -1 where one is malformed. */
    private static int groups(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] groups = text.split(":", -1);
        for (String group : groups) {
            if (!group.matches("[0-9a-fA-F]{1,4}")) {
                return -1;
            }
        }
        return groups.length;
    }

    /**
     * A template may use six variables and two braces for one. It must not come out empty, which is
     * judged with the variables that can be empty taken as that.
     */
    private static String titleTemplate(String text) {
        String fixed = Pattern.compile("\\{\\{").matcher(text).replaceAll("x");
        String expanded =
                Pattern.compile("\\{(title|server-mode|unixsocket)\\}")
                        .matcher(fixed)
                        .replaceAll("");
        expanded =
                Pattern.compile("\\{(listen-addr|config-file|port|tls-port)\\}")
                        .matcher(expanded)
                        .replaceAll("x");
        boolean valid = expanded.indexOf('{') < 0 && !expanded.replace(" ", "").isEmpty();
        return valid ? null : "template format is invalid or contains unknown variables";
    }
}

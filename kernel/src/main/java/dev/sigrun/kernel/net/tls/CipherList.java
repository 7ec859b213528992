// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A list of cipher suites in OpenSSL's notation, such as {@code ECDHE+AESGCM:!aNULL}, worked out
 * here, since neither of the engines knows all of it.
 */
final class CipherList {
    /** Every suite that is worth having, in OpenSSL's order: strong and ephemeral ones first. */
    private static final List<Suite> ALL = all();

    /**
     * A suite of up to TLS 1.2.
     *
     * @param words what OpenSSL calls it, and what it calls the groups that it is in
     */
    private record Suite(String javaName, Set<String> words) {}

    private CipherList() {}

    private static List<Suite> all() {
        String[][] bodies = {
            {"AES256-GCM-SHA384", "AES AES256 AESGCM SHA384 HIGH"},
            {"CHACHA20-POLY1305", "CHACHA20 HIGH"},
            {"AES128-GCM-SHA256", "AES AES128 AESGCM SHA256 HIGH"},
            {"AES256-SHA384", "AES AES256 SHA384 CBC HIGH"},
            {"AES256-SHA256", "AES AES256 SHA256 CBC HIGH"},
            {"AES128-SHA256", "AES AES128 SHA256 CBC HIGH"},
            {"AES256-SHA", "AES AES256 SHA SHA1 CBC HIGH"},
            {"AES128-SHA", "AES AES128 SHA SHA1 CBC HIGH"},
        };
        String[][] exchanges = {
            {"ECDHE-ECDSA-", "TLS_ECDHE_ECDSA_WITH_", "ECDHE EECDH kECDHE kEECDH ECDSA aECDSA"},
            {"ECDHE-RSA-", "TLS_ECDHE_RSA_WITH_", "ECDHE EECDH kECDHE kEECDH aRSA"},
            {"DHE-RSA-", "TLS_DHE_RSA_WITH_", "DHE EDH kDHE kEDH DH aRSA"},
        };
        List<Suite> suites = new ArrayList<>();
        for (String[] body : bodies) {
            for (String[] exchange : exchanges) {
                String missing = exchange[0].startsWith("EC") ? "AES256-SHA256" : "AES256-SHA384";
                if (!body[0].equals(missing)) {
                    suites.add(suite(exchange, body));
                }
            }
        }
        String[] rsa = {"", "TLS_RSA_WITH_", "RSA kRSA aRSA"};
        for (String[] body : bodies) {
            if (!body[0].startsWith("CHACHA20") && !body[0].equals("AES256-SHA384")) {
                suites.add(suite(rsa, body));
            }
        }
        return List.copyOf(suites);
    }

    private static Suite suite(String[] exchange, String[] body) {
        String cipher = body[0].replace("AES256", "AES_256").replace("AES128", "AES_128");
        if (body[1].contains("CBC")) {
            cipher = cipher.replace("-SHA", "-CBC-SHA");
        } else if (body[0].startsWith("CHACHA20")) {
            cipher = cipher + "-SHA256";
        }
        Set<String> words = new HashSet<>();
        words.add("ALL");
        words.add(exchange[0] + body[0]);
        words.addAll(List.of(exchange[2].split(" ")));
        words.addAll(List.of(body[1].split(" ")));
        return new Suite(exchange[1] + cipher.replace('-', '_'), Set.copyOf(words));
    }

    /** The suites that are offered where nothing is configured, by the JDK's names. */
    static List<String> standard() {
        return ALL.stream().map(Suite::javaName).toList();
    }

    /** The suites that a list stands for, the preferred ones first, by the JDK's names. */
    static List<String> suites(String list) {
        List<Suite> chosen = new ArrayList<>();
        Set<Suite> banned = new HashSet<>();
        for (String item : list.strip().split("[:, ;]+", -1)) {
            String upper = item.toUpperCase(Locale.ROOT);
            if (upper.equals("DEFAULT")) {
                add(chosen, banned, ALL);
            } else if (item.startsWith("!")) {
                List<Suite> found = matching(item.substring(1));
                banned.addAll(found);
                chosen.removeAll(found);
            } else if (item.startsWith("-")) {
                chosen.removeAll(matching(item.substring(1)));
            } else if (item.startsWith("+")) {
                List<Suite> found = new ArrayList<>(chosen);
                found.retainAll(matching(item.substring(1)));
                chosen.removeAll(found);
                chosen.addAll(found);
            } else if (!item.startsWith("@")) {
                add(chosen, banned, matching(item));
            }
        }
        return chosen.stream().map(Suite::javaName).toList();
    }

    private static void add(List<Suite> chosen, Set<Suite> banned, List<Suite> more) {
        for (Suite suite : more) {
            if (!banned.contains(suite) && !chosen.contains(suite)) {
                chosen.add(suite);
            }
        }
    }

    /** The suites that are in all of the groups named. */
    private static List<Suite> matching(String item) {
        List<String> words = List.of(item.split("\\+"));
        return ALL.stream().filter(suite -> suite.words().containsAll(words)).toList();
    }
}

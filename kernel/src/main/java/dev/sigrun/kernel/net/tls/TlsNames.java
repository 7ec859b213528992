// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The names that {@code tls-protocols} and {@code tls-ciphersuites} are made of. */
final class TlsNames {
    /** The suites of TLS 1.3, which one of the engines offers all together only. */
    static final List<String> SUITES_13 =
            List.of(
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_AES_128_GCM_SHA256");

    private static final List<String> KNOWN = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

    private TlsNames() {}

    /** Protocols, oldest first; the two newest where nothing is configured. */
    static List<String> protocols(String text) throws TlsRefused {
        if (text == null) {
            return KNOWN.subList(2, 4);
        }
        List<String> wanted = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            wanted.add(word.toLowerCase(Locale.ROOT));
        }
        List<String> found =
                KNOWN.stream()
                        .filter(name -> wanted.remove(name.toLowerCase(Locale.ROOT)))
                        .toList();
        wanted.removeIf(word -> found.stream().anyMatch(word::equalsIgnoreCase));
        if (!wanted.isEmpty()) {
            throw new TlsRefused(
                    "Invalid tls-protocols specified. Use a combination of 'TLSv1', 'TLSv1.1',"
                            + " 'TLSv1.2' and 'TLSv1.3'.");
        }
        return found;
    }

    /** Suites of TLS 1.3, the preferred ones first; all where nothing is configured. */
    static List<String> suites(String text) throws TlsRefused {
        if (text == null) {
            return SUITES_13;
        }
        List<String> found = new ArrayList<>();
        for (String word : text.split(":", -1)) {
            if (SUITES_13.contains(word.strip()) && !found.contains(word.strip())) {
                found.add(word.strip());
            }
        }
        if (found.isEmpty()) {
            throw new TlsRefused("Failed to configure ciphersuites: " + text);
        }
        return found;
    }
}

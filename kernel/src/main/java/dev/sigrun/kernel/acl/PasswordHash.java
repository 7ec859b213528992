// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What is kept of a password: its SHA-256 in lower-case hexadecimal digits. Any thread. */
final class PasswordHash {
    private static final int DIGITS = 64;

    private PasswordHash() {}

    static String of(byte[] password) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(password);
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether a text has the form of a hash. */
    static boolean isHash(String text) {
        boolean fits = text.length() == DIGITS;
        for (int i = 0; fits && i < DIGITS; i++) {
            char c = text.charAt(i);
            fits = c >= 'a' && c <= 'f' || c >= '0' && c <= '9';
        }
        return fits;
    }

    /** Takes as long whatever the two have in common. */
    static boolean areEqual(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.ISO_8859_1),
                other.getBytes(StandardCharsets.ISO_8859_1));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;

/**
 * What {@code INFO} tells of a certificate.
 *
 * @param serial in hexadecimal digits
 */
public record CertificateFacts(String serial, long expiryUnixSeconds) {
    /** Those of the certificate that expires first; null when there is none. */
    static CertificateFacts earliest(List<X509Certificate> certificates) {
        CertificateFacts first = null;
        for (X509Certificate certificate : certificates) {
            long seconds = certificate.getNotAfter().toInstant().getEpochSecond();
            if (first == null || seconds < first.expiryUnixSeconds()) {
                first = new CertificateFacts(digits(certificate), seconds);
            }
        }
        return first;
    }

    /** Whole octets, as OpenSSL prints them. */
    private static String digits(X509Certificate certificate) {
        String text = certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
        return text.length() % 2 == 0 || text.startsWith("-") ? text : "0" + text;
    }
}

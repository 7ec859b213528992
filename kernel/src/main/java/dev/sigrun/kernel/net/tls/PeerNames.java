// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The names of users that a client's certificate has. One char a byte. */
public final class PeerNames {
    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};
    private static final Integer URI = 6;

    /** Which field of a certificate names the user. */
    public enum Field {
        /** None. */
        OFF,
        /** The common name. */
        CN,
        /** A URI among the alternative names. */
        URI
    }

    private PeerNames() {}

    /** The names in the certificate that the other side has shown; none when it has shown none. */
    public static List<String> of(SSLEngine engine, Field field) {
        if (field == Field.OFF) {
            return List.of();
        }
        try {
            Certificate[] chain = engine.getSession().getPeerCertificates();
            X509Certificate certificate = (X509Certificate) chain[0];
            return field == Field.CN
                    ? commonName(certificate.getSubjectX500Principal().getEncoded())
                    : uris(certificate.getSubjectAlternativeNames());
        } catch (SSLPeerUnverifiedException | CertificateParsingException | TlsRefused e) {
            return List.of();
        }
    }

    /** The first common name, as the bytes that were signed: a zero byte does not end it. */
    static List<String> commonName(byte[] subject) throws TlsRefused {
        Der outer = new Der(subject);
        outer.next();
        Der sets = outer.enter();
        while (sets.next()) {
            Der attributes = sets.enter();
            while (attributes.next()) {
                Der attribute = attributes.enter();
                boolean isName =
                        attribute.next() && Arrays.equals(attribute.content(), COMMON_NAME);
                if (isName && attribute.next()) {
                    byte[] content = attribute.content();
                    return content.length == 0 ? List.of() : List.of(text(content));
                }
            }
        }
        return List.of();
    }

    private static List<String> uris(Collection<List<?>> names) {
        List<String> found = new ArrayList<>();
        if (names != null) {
            for (List<?> name : names) {
                String value = name.get(1) instanceof String text ? text : "";
                if (name.get(0).equals(URI) && !value.isEmpty() && value.indexOf('\0') < 0) {
                    found.add(text(value.getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
        return found;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

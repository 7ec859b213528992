// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes certificates, since the JDK does not and a machine may lack OpenSSL. Keys are of an
 * elliptic curve, which takes no time.
 */
public final class TestAuthority {
    private static final byte[] ECDSA_SHA256 = Der.element(Der.SEQUENCE, oid("2a8648ce3d040302"));
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final KeyPair keys = newKeys();
    private final byte[] name = name("Test authority");
    private final X509Certificate certificate;
    private int serial = 100;

    /** A certificate with its key. */
    public record Identity(X509Certificate certificate, PrivateKey key) {
        /** Writes both as files in the form PEM, NAME.crt and NAME.key. */
        public void write(Path folder, String name) throws Exception {
            Files.writeString(
                    folder.resolve(name + ".crt"), pem("CERTIFICATE", certificate.getEncoded()));
            Files.writeString(folder.resolve(name + ".key"), pem("PRIVATE KEY", key.getEncoded()));
        }
    }

    /** An authority of its own. */
    public TestAuthority() {
        certificate = issue(name, keys, -1, 10, true, List.of());
    }

    /** The authority's own certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Writes its certificate. */
    public void write(Path file) throws Exception {
        Files.writeString(file, pem("CERTIFICATE", certificate.getEncoded()));
    }

    /** A certificate that is valid now. */
    public Identity identity(String commonName, String... uris) {
        return identity(commonName, -1, 10, uris);
    }

    /** A certificate that is valid for a while. */
    public Identity identity(String commonName, int fromDays, int toDays, String... uris) {
        KeyPair own = newKeys();
        return new Identity(
                issue(name(commonName), own, fromDays, toDays, false, List.of(uris)),
                own.getPrivate());
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate issue(
            byte[] subject,
            KeyPair subjectKeys,
            int fromDays,
            int toDays,
            boolean isAuthority,
            List<String> uris) {
        byte[] body =
                Der.element(
                        Der.SEQUENCE,
                        Der.element(0xa0, Der.element(Der.INTEGER, new byte[] {2})),
                        Der.element(Der.INTEGER, new byte[] {1, (byte) serial++}),
                        ECDSA_SHA256,
                        name,
                        Der.element(Der.SEQUENCE, time(fromDays), time(toDays)),
                        subject,
                        subjectKeys.getPublic().getEncoded(),
                        Der.element(0xa3, extensions(isAuthority, uris)));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(body);
            byte[] bits = Der.element(0x03, new byte[1], signature.sign());
            byte[] all = Der.element(Der.SEQUENCE, body, ECDSA_SHA256, bits);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(all));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] extensions(boolean isAuthority, List<String> uris) {
        if (isAuthority) {
            byte[] yes = Der.element(0x01, new byte[] {-1});
            byte[] constraints = Der.element(Der.SEQUENCE, yes);
            return Der.element(
                    Der.SEQUENCE,
                    Der.element(
                            Der.SEQUENCE,
                            oid("551d13"),
                            yes,
                            Der.element(Der.OCTETS, constraints)));
        }
        List<byte[]> names = new ArrayList<>();
        names.add(Der.element(0x87, new byte[] {127, 0, 0, 1}));
        for (String uri : uris) {
            names.add(Der.element(0x86, uri.getBytes(StandardCharsets.US_ASCII)));
        }
        byte[] all = Der.element(Der.SEQUENCE, names.toArray(new byte[0][]));
        return Der.element(
                Der.SEQUENCE,
                Der.element(Der.SEQUENCE, oid("551d11"), Der.element(Der.OCTETS, all)));
    }

    private static byte[] time(int days) {
        Instant instant = Instant.now().plus(days, ChronoUnit.DAYS);
        return Der.element(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] name(String commonName) {
        byte[] text = Der.element(0x0c, commonName.getBytes(StandardCharsets.UTF_8));
        byte[] attribute = Der.element(Der.SEQUENCE, oid("550403"), text);
        return Der.element(Der.SEQUENCE, Der.element(0x31, attribute));
    }

    private static byte[] oid(String hexadecimal) {
        return Der.element(Der.OBJECT_ID, HexFormat.of().parseHex(hexadecimal));
    }

    static String pem(String label, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }
}

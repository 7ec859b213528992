// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from files, and lists of cipher suites. */
final class TlsFilesTest {
    private static final long SEED = 20_26;

    @TempDir Path folder;

    private Path write(String label, byte[] content) throws Exception {
        Path file = folder.resolve("key.pem");
        return Files.writeString(file, TestAuthority.pem(label, content));
    }

    private static KeyPair rsa() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    /** What is within the last element of a key's encoding: the key in its older form. */
    private static byte[] older(PrivateKey key) throws Exception {
        Der outer = new Der(key.getEncoded());
        outer.next();
        Der inner = outer.enter();
        byte[] last = {};
        while (inner.next() && last.length == 0) {
            last = inner.tag() == Der.OCTETS ? inner.content() : last;
        }
        return last;
    }

    @Test
    void keysAreReadInAllForms() throws Exception {
        PrivateKey rsa = rsa().getPrivate();
        assertEquals(rsa, PrivateKeyFile.read(write("PRIVATE KEY", rsa.getEncoded()), null));
        assertEquals(rsa, PrivateKeyFile.read(write("RSA PRIVATE KEY", older(rsa)), null));

        KeyPairGenerator curves = KeyPairGenerator.getInstance("EC");
        curves.initialize(new ECGenParameterSpec("secp384r1"));
        PrivateKey curve = curves.generateKeyPair().getPrivate();
        assertEquals(curve, PrivateKeyFile.read(write("PRIVATE KEY", curve.getEncoded()), null));
    }

    @Test
    void anEncryptedKeyNeedsItsPassword() throws Exception {
        PrivateKey key = rsa().getPrivate();
        String algorithm = "PBEWithHmacSHA256AndAES_256";
        SecretKey secret =
                SecretKeyFactory.getInstance(algorithm)
                        .generateSecret(new PBEKeySpec("open sesame".toCharArray()));
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.ENCRYPT_MODE, secret);
        byte[] content = cipher.doFinal(key.getEncoded());
        byte[] scheme =
                Der.element(
                        Der.SEQUENCE,
                        Der.element(Der.OBJECT_ID, HexFormat.of().parseHex("2a864886f70d01050d")),
                        cipher.getParameters().getEncoded());
        byte[] all = Der.element(Der.SEQUENCE, scheme, Der.element(Der.OCTETS, content));
        Path file = write("ENCRYPTED PRIVATE KEY", all);
        assertEquals(key, PrivateKeyFile.read(file, "open sesame"));
        assertThrows(TlsRefused.class, () -> PrivateKeyFile.read(file, "open"));
        assertThrows(TlsRefused.class, () -> PrivateKeyFile.read(file, null));
    }

    @Test
    void damagedFilesAreRefused() throws Exception {
        Random random = new Random(SEED);
        byte[] key = rsa().getPrivate().getEncoded();
        byte[] certificate = new TestAuthority().certificate().getEncoded();
        for (int i = 0; i < 300; i++) {
            byte[] damaged = damage(random, i % 2 == 0 ? key : certificate);
            Path file = write(i % 2 == 0 ? "RSA PRIVATE KEY" : "CERTIFICATE", damaged);
            try {
                if (i % 2 == 0) {
                    PrivateKeyFile.read(file, null);
                } else {
                    CertificateFiles.read(file);
                }
            } catch (TlsRefused e) {
                assertTrue(!e.getMessage().isEmpty(), "seed " + SEED);
            }
        }
        assertThrows(TlsRefused.class, () -> CertificateFiles.read(folder.resolve("none")));
        assertThrows(TlsRefused.class, () -> PrivateKeyFile.read(folder, null));
    }

    private static byte[] damage(Random random, byte[] content) {
        byte[] copy = Arrays.copyOf(content, content.length - random.nextInt(3));
        for (int i = 0; i < 3; i++) {
            copy[random.nextInt(Math.min(copy.length, 100))] = (byte) random.nextInt();
        }
        return copy;
    }

    @Test
    void aNameEndsWhereItsCertificateSaysAndNotAtAZeroByte() throws Exception {
        TestAuthority authority = new TestAuthority();
        for (String name : new String[] {"ann", "ann\0of all", "a b=c,d"}) {
            byte[] subject =
                    authority.identity(name).certificate().getSubjectX500Principal().getEncoded();
            assertEquals(List.of(name), PeerNames.commonName(subject));
        }
        assertThrows(TlsRefused.class, () -> PeerNames.commonName(new byte[] {0x30, 5, 1}));
    }

    @Test
    void listsOfCipherSuitesMeanWhatOpenSslSays() {
        assertEquals(
                List.of("TLS_RSA_WITH_AES_128_CBC_SHA256", "TLS_RSA_WITH_AES_256_CBC_SHA256"),
                CipherList.suites("AES128-SHA256:AES256-SHA256"));
        assertEquals(
                List.of(
                        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                CipherList.suites("ECDHE+AESGCM:!aNULL:!MD5"));
        assertEquals(CipherList.standard(), CipherList.suites("DEFAULT"));
        List<String> less = CipherList.suites("DEFAULT:-AES128-SHA256");
        assertEquals(CipherList.standard().size() - 1, less.size());
        assertEquals(
                List.of("TLS_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_GCM_SHA256"),
                CipherList.suites("RSA+AESGCM:!SHA1"));
        assertEquals(
                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                CipherList.suites("ALL:+AES256+AESGCM:+ECDHE")
                        .get(CipherList.suites("ALL:+AES256+AESGCM:+ECDHE").size() - 2));
        assertTrue(CipherList.suites("!ALL:HIGH").isEmpty());
        assertTrue(CipherList.suites("nonsense").isEmpty());
    }
}

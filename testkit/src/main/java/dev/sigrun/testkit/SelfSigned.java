// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate that vouches for itself, so that servers which all have it trust each other. The
 * JDK's own tool makes it.
 *
 * @param certificate the file with the certificate, in the form PEM
 * @param key the file with its key
 */
public record SelfSigned(Path certificate, Path key) {
    private static final String PASSWORD = "password";
    private static final String ALIAS = "own";

    /** Makes one in a folder. */
    public static SelfSigned in(Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("own.p12");
        Process tool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                ALIAS,
                                "-keyalg",
                                "EC",
                                "-groupname",
                                "secp256r1",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "bc:c",
                                "-validity",
                                "10",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.DISCARD)
                        .start();
        if (tool.waitFor() != 0) {
            throw new IOException("keytool could not make a certificate");
        }
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            Key key = keys.getKey(ALIAS, PASSWORD.toCharArray());
            return new SelfSigned(
                    pem(
                            folder.resolve("own.crt"),
                            "CERTIFICATE",
                            keys.getCertificate(ALIAS).getEncoded()),
                    pem(folder.resolve("own.key"), "PRIVATE KEY", key.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static Path pem(Path file, String what, byte[] content) throws IOException {
        byte[] newline = {'\n'};
        String text = Base64.getMimeEncoder(64, newline).encodeToString(content);
        return Files.writeString(
                file,
                "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n",
                StandardCharsets.US_ASCII);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a server and its clients need to talk TLS, with a certificate of the usual kind.
 *
 * @param port where the server listens for it
 * @param certificate the file with the server's certificate, which vouches for itself
 * @param key the file with its key
 */
record Encryption(int port, Path certificate, Path key) {
    private static final String NAME = "server";
    private static final String PASSWORD = "of-no-use";

    /** Makes a certificate with the JDK's own tool, and chooses a port. */
    static Encryption make(Path folder) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory(folder, "encryption");
        Path store = home.resolve("store");
        Process tool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                NAME,
                                "-dname",
                                "CN=localhost",
                                "-keyalg",
                                "RSA",
                                "-keysize",
                                "2048",
                                "-validity",
                                "1",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                store.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(tool.getInputStream().readAllBytes(), UTF_8);
        if (tool.waitFor() != 0) {
            throw new IOException("no certificate could be made: " + said);
        }
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore all = KeyStore.getInstance("PKCS12");
            all.load(in, PASSWORD.toCharArray());
            Path certificate = home.resolve("certificate");
            Path key = home.resolve("key");
            write(certificate, "CERTIFICATE", all.getCertificate(NAME).getEncoded());
            byte[] secret = all.getKey(NAME, PASSWORD.toCharArray()).getEncoded();
            write(key, "PRIVATE KEY", secret);
            return new Encryption(RunningServer.freePort(), certificate, key);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static void write(Path file, String label, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
    }

    /** A contender that is started with this. */
    Contender with(Contender plain) {
        List<String> arguments = new ArrayList<>(plain.arguments());
        arguments.addAll(List.of("--tls-port", String.valueOf(port)));
        arguments.addAll(List.of("--tls-cert-file", certificate.toString()));
        arguments.addAll(List.of("--tls-key-file", key.toString()));
        arguments.addAll(List.of("--tls-auth-clients", "no"));
        return new Contender(plain.name(), plain.program(), arguments);
    }

    /** The load generator's options. */
    List<String> ofClients() {
        return List.of("-p", String.valueOf(port), "--tls", "--cacert", certificate.toString());
    }
}

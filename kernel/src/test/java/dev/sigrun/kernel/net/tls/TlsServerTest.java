// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted clients and a whole server. */
final class TlsServerTest {
    private static final String REFUSED =
            "ERR CONFIG SET failed (possibly related to argument '%s') - Unable to update TLS"
                    + " configuration. Check server logs.";

    @TempDir Path folder;
    private TlsScene scene;

    private TlsScene begin(String... options) throws Exception {
        scene = new TlsScene(folder, options);
        return scene;
    }

    @AfterEach
    void end() {
        if (scene != null) {
            scene.close();
        }
    }

    private void assertRefused(SSLContext context) {
        assertThrows(
                IOException.class,
                () -> {
                    try (TlsClient client = new TlsClient(scene, context)) {
                        assertEquals("+PONG", client.ask("PING"));
                    } catch (NullPointerException e) {
                        throw new IOException(e);
                    }
                });
    }

    private void assertServed(TestAuthority.Identity identity) throws Exception {
        try (TlsClient client = new TlsClient(scene, identity)) {
            assertEquals("+PONG", client.ask("PING"));
        }
    }

    // ---- who comes in ----

    @Test
    void whoNeedsACertificateIsForTheConfigurationToSay() throws Exception {
        begin();
        TestAuthority stranger = new TestAuthority();
        X509Certificate trusted = scene.authority().certificate();
        SSLContext nobody = scene.context(null, trusted);
        SSLContext foreign = scene.context(stranger.identity("client"), trusted);
        SSLContext expired = scene.context(scene.authority().identity("client", -5, -1), trusted);
        TestAuthority.Identity good = scene.authority().identity("client");

        assertServed(good);
        assertRefused(nobody);
        assertRefused(foreign);
        assertRefused(expired);

        assertNull(scene.set("tls-auth-clients", "optional"));
        assertServed(good);
        assertServed(null);
        assertRefused(expired);

        assertNull(scene.set("tls-auth-clients", "no"));
        assertServed(good);
        assertServed(null);
    }

    @Test
    void aClientThatTrustsAnotherAuthorityDoesNotStay() throws Exception {
        begin("--tls-auth-clients", "no");
        assertRefused(scene.context(null, new TestAuthority().certificate()));
        assertServed(null);
    }

    @Test
    void aCertificateNamesTheUser() throws Exception {
        begin("--tls-auth-clients-user", "CN");
        TestAuthority.Identity ann = scene.authority().identity("ann", "urn:u:one", "urn:u:two");
        try (TlsClient admin = scene.client()) {
            assertEquals("+OK", admin.ask("ACL SETUSER ann on +@all ~*"));
            assertEquals("+OK", admin.ask("ACL SETUSER urn:u:two on +@all"));
            assertUser("ann", ann);
            assertUser("default", scene.authority().identity("ann\0of all"));
            assertEquals("+OK", admin.ask("CONFIG SET tls-auth-clients-user URI"));
            assertUser("urn:u:two", ann);
            assertEquals("+OK", admin.ask("ACL SETUSER urn:u:two off"));
            assertUser("default", ann);
            assertEquals("+OK", admin.ask("CONFIG SET tls-auth-clients-user off"));
            assertUser("default", ann);
            admin.send("INFO stats\r\n");
            // One for the name with a zero byte, one for the user who is off, one for this client.
            assertTrue(admin.bulk().contains("acl_access_denied_tls_cert:3\r\n"));
        }
    }

    private void assertUser(String name, TestAuthority.Identity identity) throws Exception {
        try (TlsClient client = new TlsClient(scene, identity)) {
            client.send("ACL WHOAMI\r\n");
            assertEquals(name, client.bulk());
        }
    }

    // ---- how it is encrypted ----

    @Test
    void protocolsAndSuitesAreThoseOfTheConfiguration() throws Exception {
        begin("--tls-auth-clients", "no", "--tls-protocols", "TLSv1.2");
        SSLContext context = scene.context(null, scene.authority().certificate());
        assertEquals("TLSv1.2", session(context, "TLSv1.2", null).protocol());
        assertThrows(IOException.class, () -> session(context, "TLSv1.3", null));

        String strong = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
        String other = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
        assertNull(scene.set("tls-ciphers", "ECDHE-ECDSA-AES256-GCM-SHA384"));
        assertEquals(strong, session(context, "TLSv1.2", strong).suite());
        assertThrows(IOException.class, () -> session(context, "TLSv1.2", other));
        assertEquals(REFUSED.formatted("tls-ciphers"), scene.set("tls-ciphers", "no-such-suite"));
        assertEquals(strong, session(context, "TLSv1.2", strong).suite());

        assertNull(scene.set("tls-ciphers", "", "tls-protocols", "TLSv1.3"));
        assertNull(scene.set("tls-ciphersuites", "TLS_AES_128_GCM_SHA256"));
        assertEquals("TLS_AES_128_GCM_SHA256", session(context, "TLSv1.3", null).suite());
        assertEquals(REFUSED.formatted("tls-protocols"), scene.set("tls-protocols", "SSLv2"));
    }

    @Test
    void theServersOrderOfSuitesDecidesWhereThatIsWanted() throws Exception {
        String list = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384";
        begin("--tls-auth-clients", "no", "--tls-protocols", "TLSv1.2", "--tls-ciphers", list);
        SSLContext context = scene.context(null, scene.authority().certificate());
        // Java's clients prefer the long key.
        assertTrue(session(context, null, null).suite().contains("AES_256_GCM"));
        assertNull(scene.set("tls-prefer-server-ciphers", "yes"));
        assertTrue(session(context, null, null).suite().contains("AES_128_GCM"));
    }

    private record Chosen(String protocol, String suite) {}

    private Chosen session(SSLContext context, String protocol, String suite) throws Exception {
        try (TlsClient client = new TlsClient(scene.tlsPort(), context, protocol, suite)) {
            assertEquals("+PONG", client.ask("PING"));
            var session = client.socket().getSession();
            return new Chosen(session.getProtocol(), session.getCipherSuite());
        }
    }

    // ---- changes while serving ----

    @Test
    void certificatesChangeWhileTheServerServesAndBadOnesAreRefused() throws Exception {
        begin("--tls-auto-reload-interval", "1");
        try (TlsClient old = scene.client()) {
            X509Certificate before = shown();
            Files.writeString(folder.resolve("bad.crt"), "nothing of the kind");
            assertEquals(
                    REFUSED.formatted("tls-cert-file"),
                    scene.set("tls-cert-file", folder.resolve("bad.crt").toString()));
            scene.authority().identity("other").write(folder, "other");
            assertEquals(
                    REFUSED.formatted("tls-key-file"),
                    scene.set("tls-key-file", folder.resolve("other.key").toString()));
            assertEquals(before, shown());

            scene.authority().identity("next").write(folder, "server");
            await("new certificate", () -> !before.equals(shownQuietly()));
            assertNull(
                    scene.set(
                            "tls-cert-file", folder.resolve("other.crt").toString(),
                            "tls-key-file", folder.resolve("other.key").toString()));
            assertTrue(shown().getSubjectX500Principal().getName().contains("other"));
            assertEquals("+PONG", old.ask("PING"));
        }
    }

    private X509Certificate shown() throws Exception {
        try (TlsClient client = scene.client()) {
            client.ask("PING");
            return (X509Certificate) client.socket().getSession().getPeerCertificates()[0];
        }
    }

    private X509Certificate shownQuietly() {
        try {
            return shown();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theEncryptedPortComesAndGoesAndClientsStay() throws Exception {
        begin();
        try (TlsClient client = scene.client()) {
            assertEquals("+PONG", client.ask("PING"));
            assertNull(scene.set("tls-port", "0"));
            assertEquals("+PONG", client.ask("PING"));
            assertThrows(IOException.class, () -> scene.client().close());
            assertNull(scene.set("tls-port", Integer.toString(scene.tlsPort())));
            assertServed(scene.authority().identity("client"));
        }
    }

    // ---- much ----

    @Test
    void largeRequestsAndRepliesComeThroughWhole() throws Exception {
        begin("--client-output-buffer-limit", "normal 0 0 0");
        Random random = new Random(7);
        try (TlsClient client = scene.client()) {
            for (int bytes : new int[] {0, 1, 16_383, 16_384, 16_385, 70_000, 3_000_000}) {
                String word = word(random, bytes);
                assertEquals(word, client.echo(word), bytes + " bytes");
            }
        }
    }

    private static String word(Random random, int bytes) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    @Test
    void aLongPipelineIsAnsweredInOrder() throws Exception {
        begin();
        try (TlsClient client = scene.client()) {
            StringBuilder all = new StringBuilder();
            int count = 20_000;
            for (int i = 0; i < count; i++) {
                all.append("ECHO ").append(i).append("\r\n");
            }
            Thread sender = Thread.ofPlatform().start(() -> sendAll(client, all.toString()));
            for (int i = 0; i < count; i++) {
                assertEquals(Integer.toString(i), client.bulk());
            }
            sender.join();
        }
    }

    private static void sendAll(TlsClient client, String text) {
        try {
            client.send(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void messagesAreEncryptedToo() throws Exception {
        begin();
        try (TlsClient subscriber = scene.client();
                TlsClient publisher = scene.client()) {
            assertEquals("*3", subscriber.ask("SUBSCRIBE news"));
            for (int i = 0; i < 5; i++) {
                subscriber.line();
            }
            for (int i = 0; i < 100; i++) {
                assertEquals(":1", publisher.ask("PUBLISH news " + i));
            }
            for (int i = 0; i < 100; i++) {
                assertEquals("*3", subscriber.line());
                assertEquals("message", subscriber.bulk());
                assertEquals("news", subscriber.bulk());
                assertEquals(Integer.toString(i), subscriber.bulk());
            }
        }
    }

    @Test
    void connectionsMoveBetweenThreads() throws Exception {
        begin();
        Random random = new Random(9);
        List<TlsClient> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clients.add(scene.client());
        }
        for (int round = 0; round < 40; round++) {
            assertNull(
                    scene.set(
                            "io-threads-always-active",
                            "yes",
                            "io-threads",
                            Integer.toString(1 + round % 3)));
            for (TlsClient client : clients) {
                String word = word(random, random.nextInt(40_000));
                assertEquals(word, client.echo(word));
            }
        }
        for (TlsClient client : clients) {
            client.close();
        }
        await("all gone", () -> scene.clients() == 0);
    }

    @Test
    void aThousandClientsAreServed() throws Exception {
        begin("--tls-auth-clients", "no", "--max-new-tls-connections-per-cycle", "10");
        SSLContext context = scene.context(null, scene.authority().certificate());
        List<TlsClient> clients = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            TlsClient client = new TlsClient(scene, context);
            client.send("PING\r\n");
            clients.add(client);
        }
        for (TlsClient client : clients) {
            assertEquals("+PONG", client.line());
        }
        assertEquals(1000, scene.clients());
        for (TlsClient client : clients) {
            client.close();
        }
        await("all gone", () -> scene.clients() == 0);
    }

    // ---- the end ----

    @Test
    void whatWasAskedBeforeTheFarewellIsAnswered() throws Exception {
        begin("--tls-auth-clients", "no");
        SSLContext context = scene.context(null, scene.authority().certificate());
        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (TlsClient client = new TlsClient(scene.tlsPort(), context, protocol, null)) {
                assertEquals("+PONG", client.ask("PING"));
                client.send("PING\r\nPING\r\n");
                client.socket().shutdownOutput();
                if (protocol.equals("TLSv1.3")) {
                    // Before, who says farewell hears nothing more.
                    assertEquals("+PONG", client.line());
                    assertEquals("+PONG", client.line());
                    assertNull(client.line());
                }
            }
        }
        await("all gone", () -> scene.clients() == 0);
    }

    @Test
    void quitIsAnsweredAndTheConnectionEndsInOrder() throws Exception {
        begin();
        try (TlsClient client = scene.client()) {
            assertEquals("+OK", client.ask("QUIT"));
            assertNull(client.line());
        }
    }

    // ---- who does not speak TLS ----

    @Test
    void whateverIsNotAHandshakeIsTurnedAway() throws Exception {
        begin();
        assertClosed("PING\r\n".getBytes(StandardCharsets.US_ASCII));
        assertClosed(new byte[] {22, 3, 1, -1, -1});
        assertClosed(new byte[] {22, 3, 1, 0, 5, 1, 0, 0, 1, 9});
        Random random = new Random(11);
        for (int i = 0; i < 20; i++) {
            byte[] garbage = new byte[1 + random.nextInt(300)];
            random.nextBytes(garbage);
            garbage[0] = (byte) (i % 19);
            assertClosed(garbage);
        }
        assertServed(scene.authority().identity("client"));
    }

    private void assertClosed(byte[] content) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), scene.tlsPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(content);
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // An alert may come before the end.
            }
        } catch (SocketException e) {
            assertNotEquals(null, e.getMessage());
        }
    }

    @Test
    void anEncryptedClientDoesNotDisturbThePlainPort() throws Exception {
        begin();
        SSLContext context = scene.context(null, scene.authority().certificate());
        assertThrows(
                IOException.class,
                () -> {
                    try (TlsClient client = new TlsClient(scene.plainPort(), context, null, null)) {
                        client.ask("PING");
                    }
                });
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), scene.plainPort())) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals('+', socket.getInputStream().read());
        }
    }

    @Test
    void aHandshakeMayComeByteByByteButNotStop() throws Exception {
        begin("--timeout", "1");
        SSLContext context =
                scene.context(
                        scene.authority().identity("client"), scene.authority().certificate());
        byte[] hello = hello(context);
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), scene.tlsPort());
                Socket stuck = new Socket(InetAddress.getLoopbackAddress(), scene.tlsPort());
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), scene.tlsPort())) {
            slow.setTcpNoDelay(true);
            for (byte b : hello) {
                slow.getOutputStream().write(b);
            }
            assertEquals(22, slow.getInputStream().read(), "the server says hello");
            stuck.getOutputStream().write(hello, 0, hello.length / 2);
            assertEnds(stuck);
            assertEnds(silent);
        }
    }

    private static byte[] hello(SSLContext context) throws Exception {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer out = ByteBuffer.allocate(32 * 1024);
        engine.wrap(ByteBuffer.allocate(0), out);
        byte[] hello = new byte[out.flip().remaining()];
        out.get(hello);
        return hello;
    }

    private static void assertEnds(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        assertEquals(-1, socket.getInputStream().read());
    }

    @Test
    void whoIsOneTooManyCostsNoHandshake() throws Exception {
        begin("--maxclients", "1");
        try (TlsClient client = scene.client()) {
            assertEquals("+PONG", client.ask("PING"));
            assertThrows(
                    IOException.class,
                    () -> {
                        try (TlsClient other = scene.client()) {
                            other.ask("PING");
                        }
                    });
            assertEquals("+PONG", client.ask("PING"));
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("did not happen in time: " + what);
            }
            Thread.onSpinWait();
        }
    }
}

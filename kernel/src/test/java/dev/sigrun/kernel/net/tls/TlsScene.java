// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import dev.sigrun.kernel.acl.ConfiguredUsers;
import dev.sigrun.kernel.base.SystemClock;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.FakeFiles;
import dev.sigrun.kernel.config.file.CommandLine;
import dev.sigrun.kernel.config.file.ConfigLoader;
import dev.sigrun.kernel.server.Kernel;
import dev.sigrun.kernel.server.Seeds;
import dev.sigrun.kernel.server.StartUsers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A server with an encrypted port, and an authority whose certificates it takes. */
final class TlsScene implements AutoCloseable {
    private static final char[] PASSWORD = "test".toCharArray();

    private final TestAuthority authority = new TestAuthority();
    private final Path folder;
    private final Kernel kernel;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final int tlsPort = freePort();

    TlsScene(Path folder, String... options) throws Exception {
        this.folder = folder;
        authority.write(folder.resolve("ca.crt"));
        authority.identity("server").write(folder, "server");
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--port", "0",
                                "--bind", "127.0.0.1",
                                "--tls-port", Integer.toString(tlsPort),
                                "--tls-cert-file", folder.resolve("server.crt").toString(),
                                "--tls-key-file", folder.resolve("server.key").toString(),
                                "--tls-ca-cert-file", folder.resolve("ca.crt").toString()));
        words.addAll(List.of(options));
        FakeFiles files = new FakeFiles();
        Config config = new Config(files);
        ConfigLoader loader = new ConfigLoader(config, files, InputStream.nullInputStream());
        loader.load(CommandLine.parse(words));
        ConfiguredUsers users = StartUsers.read(config, loader.users());
        kernel =
                new Kernel(config, files, new SystemClock(), Seeds.of(1), null, stopped::countDown);
        kernel.anyPort();
        if (!kernel.loadUsers(users)) {
            throw new AssertionError("users");
        }
        kernel.start();
        CountDownLatch loaded = new CountDownLatch(1);
        kernel.load(loaded::countDown);
        try {
            loaded.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    TestAuthority authority() {
        return authority;
    }

    Path folder() {
        return folder;
    }

    int tlsPort() {
        return tlsPort;
    }

    int plainPort() {
        return kernel.port();
    }

    /** A client with a certificate of the right authority. */
    TlsClient client() throws Exception {
        return new TlsClient(this, authority.identity("client"));
    }

    /** What a client knows: whom it trusts, and who it is, which may be nobody. */
    SSLContext context(TestAuthority.Identity identity, X509Certificate trusted) throws Exception {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        if (identity != null) {
            Certificate[] chain = {identity.certificate()};
            own.setKeyEntry("own", identity.key(), PASSWORD, chain);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, PASSWORD);
        KeyStore others = KeyStore.getInstance("PKCS12");
        others.load(null, null);
        others.setCertificateEntry("ca", trusted);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(others);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** Changes parameters; null, or what is wrong. */
    String set(String... pairs) {
        return fromOwner(all -> all.context().config().set(List.of(pairs), true, false));
    }

    <T> T fromOwner(Function<Kernel, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        kernel.context()
                .owner()
                .execute(() -> {
                    try {
                        answer.complete(question.apply(kernel));
                    } catch (RuntimeException | Error e) {
                        answer.completeExceptionally(e);
                    }
                });
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }

    int clients() {
        return fromOwner(all -> all.context().sessions().size());
    }

    @Override
    public void close() {
        kernel.shutdown();
        try {
            if (!stopped.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the server did not stop");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * Builds contexts from files, with BoringSSL where it is there and can do what is configured, else
 * with the JDK's engine. Any thread.
 */
final class ContextBuilder {
    private static final String DISABLED = "jdk.tls.disabledAlgorithms";

    static {
        // What may be used is for the configuration to say; and the JDK asks this only once.
        String disabled = Security.getProperty(DISABLED);
        if (disabled != null) {
            Security.setProperty(
                    DISABLED,
                    Stream.of(disabled.split(","))
                            .map(String::strip)
                            .filter(name ->
                                    !List.of("TLSv1", "TLSv1.1", "TLS_RSA_*").contains(name))
                            .collect(Collectors.joining(", ")));
        }
    }

    private final TlsSettings settings;
    private final List<String> protocols;
    private final List<String> suites;
    private final SslProvider provider;
    private final TrustManagerFactory trust;
    private X509Certificate shown;

    ContextBuilder(TlsSettings settings) throws TlsRefused {
        this.settings = settings;
        checkPresence();
        protocols = TlsNames.protocols(settings.protocols());
        List<String> old = oldSuites();
        List<String> new13 = TlsNames.suites(settings.cipherSuites());
        boolean isOpenSsl = openSslCan(old, new13);
        provider = isOpenSsl ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
        suites = new ArrayList<>(isOpenSsl ? TlsNames.SUITES_13 : new13);
        old.stream()
                .filter(name -> !isOpenSsl || OpenSsl.isCipherSuiteAvailable(name))
                .forEach(suites::add);
        checkDhParams();
        trust = trust();
    }

    private void checkPresence() throws TlsRefused {
        if (settings.server().certFile() == null) {
            throw new TlsRefused("No tls-cert-file configured!");
        }
        if (settings.server().keyFile() == null) {
            throw new TlsRefused("No tls-key-file configured!");
        }
        boolean hasAuthority = settings.caCertFile() != null || settings.caCertDir() != null;
        if (settings.isPeerVerified() && !hasAuthority) {
            throw new TlsRefused(
                    "Either tls-ca-cert-file or tls-ca-cert-dir must be specified when tls-cluster,"
                            + " tls-replication or tls-auth-clients are enabled!");
        }
    }

    private List<String> oldSuites() throws TlsRefused {
        if (settings.ciphers() == null) {
            return CipherList.standard();
        }
        List<String> found = CipherList.suites(settings.ciphers());
        if (found.isEmpty()) {
            throw new TlsRefused("Failed to configure ciphers: " + settings.ciphers());
        }
        return found;
    }

    /** Whether BoringSSL offers just what is configured; it has not all suites of OpenSSL. */
    private boolean openSslCan(List<String> old, List<String> new13) {
        return OpenSsl.isAvailable()
                && new13.size() == TlsNames.SUITES_13.size()
                && (settings.ciphers() == null
                        || !protocols.contains("TLSv1.2") && protocols.size() == 1
                        || old.stream().allMatch(OpenSsl::isCipherSuiteAvailable));
    }

    /** Parameters of one's own are for key exchanges that no engine has any more. */
    private void checkDhParams() throws TlsRefused {
        if (settings.dhParamsFile() == null) {
            return;
        }
        List<Pem> blocks;
        try {
            blocks = Pem.read(settings.dhParamsFile());
        } catch (TlsRefused e) {
            throw new TlsRefused(
                    "Failed to load " + settings.dhParamsFile() + ": " + e.getMessage());
        }
        if (blocks.stream().noneMatch(block -> block.label().endsWith("DH PARAMETERS"))) {
            throw new TlsRefused(settings.dhParamsFile() + ": failed to read DH params.");
        }
    }

    private TrustManagerFactory trust() throws TlsRefused {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (X509Certificate authority : authorities(settings)) {
                store.setCertificateEntry("ca" + count++, authority);
            }
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (TlsRefused e) {
            throw new TlsRefused(
                    "Failed to configure CA certificate(s) file/directory: " + e.getMessage());
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsRefused(
                    "Failed to configure CA certificate(s) file/directory: " + e.getMessage());
        }
    }

    /** The certificates of whoever may vouch for others. */
    static List<X509Certificate> authorities(TlsSettings settings) throws TlsRefused {
        List<X509Certificate> all = new ArrayList<>();
        if (settings.caCertFile() != null) {
            all.addAll(CertificateFiles.read(settings.caCertFile()));
        }
        if (settings.caCertDir() != null) {
            all.addAll(CertificateFiles.readAll(settings.caCertDir()));
        }
        return all;
    }

    /** The certificate of the context that was built last. */
    X509Certificate shown() {
        return shown;
    }

    /** The context for connections that clients open. */
    SslContext server() throws TlsRefused {
        TlsSettings.Credentials own = settings.server();
        X509Certificate[] chain = chain(own);
        SslContextBuilder builder = SslContextBuilder.forServer(key(own, chain[0]), chain);
        if (settings.cachesSessions()) {
            builder.sessionCacheSize(settings.sessionCacheSize())
                    .sessionTimeout(settings.sessionCacheTimeoutSeconds());
        }
        SslContext context = build(builder);
        if (context.sessionContext() instanceof OpenSslServerSessionContext sessions) {
            sessions.setSessionCacheEnabled(settings.cachesSessions());
        }
        return context;
    }

    /** The context for connections that this server opens. */
    SslContext client() throws TlsRefused {
        TlsSettings.Credentials own =
                settings.client() == null ? settings.server() : settings.client();
        X509Certificate[] chain = chain(own);
        // As on Valkey a certificate speaks for whoever has it, not for an address.
        return build(
                SslContextBuilder.forClient()
                        .keyManager(key(own, chain[0]), chain)
                        .endpointIdentificationAlgorithm(null));
    }

    private X509Certificate[] chain(TlsSettings.Credentials own) throws TlsRefused {
        try {
            X509Certificate[] chain =
                    CertificateFiles.read(own.certFile()).toArray(new X509Certificate[0]);
            shown = chain[0];
            return chain;
        } catch (TlsRefused e) {
            throw new TlsRefused(
                    "Failed to load certificate: " + own.certFile() + ": " + e.getMessage());
        }
    }

    private static PrivateKey key(TlsSettings.Credentials own, X509Certificate certificate)
            throws TlsRefused {
        try {
            PrivateKey key = PrivateKeyFile.read(own.keyFile(), own.password());
            checkMatch(key, certificate.getPublicKey());
            return key;
        } catch (TlsRefused e) {
            throw new TlsRefused(
                    "Failed to load private key: " + own.keyFile() + ": " + e.getMessage());
        }
    }

    /** A key of another certificate would only be noticed when clients come. */
    private static void checkMatch(PrivateKey key, PublicKey expected) throws TlsRefused {
        String algorithm =
                switch (expected.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case "RSASSA-PSS" -> null;
                    default -> expected.getAlgorithm();
                };
        if (algorithm == null) {
            return;
        }
        byte[] sample = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(expected);
            signature.update(sample);
            if (signature.verify(signed)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw new TlsRefused("key values mismatch (" + e.getMessage() + ")");
        }
        throw new TlsRefused("key values mismatch");
    }

    private SslContext build(SslContextBuilder builder) throws TlsRefused {
        try {
            if (provider == SslProvider.OPENSSL_REFCNT) {
                // The loop that shakes hands has nothing better to do meanwhile.
                builder.option(OpenSslContextOption.USE_TASKS, false);
            }
            return builder.sslProvider(provider)
                    .protocols(protocols)
                    .ciphers(suites)
                    .trustManager(trust)
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new TlsRefused("Failed to configure TLS: " + cause.getMessage());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.internal.tcnative.SSL;
import io.netty.util.ReferenceCountUtil;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contexts in use. New connections get what was configured last; those that there are keep what
 * they have. Any thread.
 */
@SuppressWarnings("ReferenceEquality") // Contexts are those that were there, or others.
public final class TlsContexts {
    private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);

    private Contexts current;

    /** Whose certificate a client must show. */
    public enum ClientAuth {
        /** Nobody is asked. */
        NO,
        /** Who shows one must be vouched for. */
        OPTIONAL,
        /** Everybody must show one. */
        YES
    }

    private record Contexts(
            TlsSettings settings,
            Materials materials,
            SslContext server,
            SslContext client,
            CertificateFacts serverFacts,
            CertificateFacts clientFacts,
            CertificateFacts caFacts) {
        /** Connections that have engines of these keep what they need. */
        void release() {
            ReferenceCountUtil.release(server);
            ReferenceCountUtil.release(client);
        }
    }

    /** Whether there is a context. */
    public synchronized boolean isConfigured() {
        return current != null;
    }

    /**
     * Makes new contexts; when that fails the log says why, and the old ones stay.
     *
     * @return whether it worked
     */
    public boolean configure(TlsSettings settings) {
        LOG.trace(isConfigured() ? "Reconfiguring TLS" : "Configuring TLS");
        Materials materials = Materials.of(settings);
        return use(build(settings, materials));
    }

    /**
     * Makes new contexts if the files have changed. Reads files, so not on the owner.
     *
     * @return whether there are new contexts
     */
    public boolean reload() {
        Contexts before = contexts();
        if (before == null) {
            return false;
        }
        LOG.trace("Background TLS reconfiguration started");
        Materials materials = Materials.of(before.settings());
        if (materials.equals(before.materials())) {
            LOG.trace("TLS reload skipped: materials unchanged");
            return false;
        }
        LOG.info("TLS materials changed, reloading in background");
        Contexts fresh = build(before.settings(), materials);
        if (fresh == null) {
            LOG.warn("Background TLS reload failed");
            return false;
        }
        synchronized (this) {
            if (current == before) {
                use(fresh);
                LOG.info("TLS materials reloaded successfully");
                return true;
            }
        }
        // Somebody has configured something else meanwhile.
        fresh.release();
        return false;
    }

    private synchronized Contexts contexts() {
        return current;
    }

    private synchronized boolean use(Contexts fresh) {
        if (fresh == null) {
            return false;
        }
        if (current != null) {
            current.release();
        }
        current = fresh;
        return true;
    }

    private static Contexts build(TlsSettings settings, Materials materials) {
        SslContext server = null;
        try {
            ContextBuilder builder = new ContextBuilder(settings);
            server = builder.server();
            X509Certificate shown = builder.shown();
            SslContext client = null;
            CertificateFacts clientFacts = null;
            if (settings.client() != null || settings.hasLinks()) {
                client = builder.client();
                boolean isOther = settings.client() != null;
                clientFacts = isOther ? CertificateFacts.earliest(List.of(builder.shown())) : null;
            }
            return new Contexts(
                    settings,
                    materials,
                    server,
                    client,
                    CertificateFacts.earliest(List.of(shown)),
                    clientFacts,
                    CertificateFacts.earliest(ContextBuilder.authorities(settings)));
        } catch (TlsRefused e) {
            ReferenceCountUtil.release(server);
            LOG.warn(e.getMessage());
            return null;
        }
    }

    /** Facts about the server's certificate; null when there is none. */
    public CertificateFacts serverCertificate() {
        Contexts now = contexts();
        return now == null ? null : now.serverFacts();
    }

    /** Facts about the certificate for other servers; null when there is none of its own. */
    public CertificateFacts clientCertificate() {
        Contexts now = contexts();
        return now == null ? null : now.clientFacts();
    }

    /** Facts about the authority's certificate that expires first; null when there is none. */
    public CertificateFacts caCertificate() {
        Contexts now = contexts();
        return now == null ? null : now.caFacts();
    }

    /** An engine for a connection that a client has opened; whoever takes it releases it. */
    public synchronized SSLEngine serverEngine(ByteBufAllocator allocator, ClientAuth auth) {
        SSLEngine engine = current.server().newEngine(allocator);
        order(engine, current.settings().prefersServerCiphers());
        switch (auth) {
            case NO -> engine.setWantClientAuth(false);
            case OPTIONAL -> engine.setWantClientAuth(true);
            default -> engine.setNeedClientAuth(true);
        }
        return engine;
    }

    /** Lets the server's order of cipher suites decide, or the client's. */
    private static void order(SSLEngine engine, boolean isServers) {
        if (engine instanceof ReferenceCountedOpenSslEngine open) {
            if (!isServers) {
                SSL.clearOptions(open.sslPointer(), SSL.SSL_OP_CIPHER_SERVER_PREFERENCE);
            }
        } else {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setUseCipherSuitesOrder(isServers);
            engine.setSSLParameters(parameters);
        }
    }

    /**
     * What encrypts a connection that this server opens; null when nothing is configured.
     *
     * @param host an address or a name, which is then told to the other side
     * @param timeoutMillis how long the handshake may take
     */
    public synchronized SslHandler clientHandler(
            ByteBufAllocator allocator, String host, int port, int timeoutMillis) {
        if (current == null || current.client() == null) {
            return null;
        }
        SslHandler handler = current.client().newHandler(allocator, host, port);
        handler.setHandshakeTimeoutMillis(timeoutMillis);
        return handler;
    }

    /** Gives the contexts back; there are no new connections. */
    public synchronized void release() {
        if (current != null) {
            current.release();
            current = null;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.TlsFacts;
import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ConnectionParameters;
import dev.sigrun.kernel.config.Parameter;
import dev.sigrun.kernel.config.TextParameter;
import dev.sigrun.kernel.config.TlsParameters;
import dev.sigrun.kernel.config.value.ConfigRejected;
import dev.sigrun.kernel.net.tls.CertificateFacts;
import dev.sigrun.kernel.net.tls.PeerNames;
import dev.sigrun.kernel.net.tls.TlsContexts;
import dev.sigrun.kernel.net.tls.TlsSettings;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes encryption what the configuration says: at the start, when that is changed, and when the
 * files have changed. Owner thread only.
 */
final class TlsSetup {
    private static final long HANDSHAKE_MILLIS_MAX = 10_000;

    private final Config config;
    private final TlsContexts contexts;
    private final Clock clock;
    private final Background background;
    private final AtomicBoolean isReloading = new AtomicBoolean();
    private long lastReloadMillis;

    TlsSetup(Config config, TlsContexts contexts, Clock clock, Background background) {
        this.config = config;
        this.contexts = contexts;
        this.clock = clock;
        this.background = background;
    }

    static TlsContexts.ClientAuth clientAuth(Config config) {
        return switch (config.choice(TlsParameters.TLS_AUTH_CLIENTS)) {
            case "no" -> TlsContexts.ClientAuth.NO;
            case "optional" -> TlsContexts.ClientAuth.OPTIONAL;
            default -> TlsContexts.ClientAuth.YES;
        };
    }

    static PeerNames.Field userField(Config config) {
        return switch (config.choice(TlsParameters.TLS_AUTH_CLIENTS_USER)) {
            case "CN" -> PeerNames.Field.CN;
            case "URI" -> PeerNames.Field.URI;
            default -> PeerNames.Field.OFF;
        };
    }

    /** Who shakes hands is idle, too, and even without a limit for that may not take for ever. */
    static long handshakeMillisMax(Config config) {
        long idleMillis = config.longValue(ConnectionParameters.TIMEOUT) * 1000;
        return idleMillis == 0 ? HANDSHAKE_MILLIS_MAX : Math.min(idleMillis, HANDSHAKE_MILLIS_MAX);
    }

    /** Follows every change from now on. */
    void follow(Listening listening) {
        Runnable apply = this::apply;
        for (Parameter parameter : parameters()) {
            config.onChange(parameter, apply);
        }
        config.onChange(TlsParameters.TLS_PORT, () -> applyPort(listening));
    }

    private static Parameter[] parameters() {
        return new Parameter[] {
            TlsParameters.TLS_CLUSTER,
            TlsParameters.TLS_REPLICATION,
            TlsParameters.TLS_AUTO_RELOAD_INTERVAL,
            TlsParameters.TLS_SESSION_CACHING,
            TlsParameters.TLS_SESSION_CACHE_SIZE,
            TlsParameters.TLS_SESSION_CACHE_TIMEOUT,
            TlsParameters.TLS_PREFER_SERVER_CIPHERS,
            TlsParameters.TLS_CERT_FILE,
            TlsParameters.TLS_KEY_FILE,
            TlsParameters.TLS_KEY_FILE_PASS,
            TlsParameters.TLS_CLIENT_CERT_FILE,
            TlsParameters.TLS_CLIENT_KEY_FILE,
            TlsParameters.TLS_CLIENT_KEY_FILE_PASS,
            TlsParameters.TLS_DH_PARAMS_FILE,
            TlsParameters.TLS_CA_CERT_FILE,
            TlsParameters.TLS_CA_CERT_DIR,
            TlsParameters.TLS_PROTOCOLS,
            TlsParameters.TLS_CIPHERS,
            TlsParameters.TLS_CIPHERSUITES,
        };
    }

    /** Whether anything is encrypted. */
    private boolean isWanted() {
        return config.intValue(TlsParameters.TLS_PORT) != 0 || hasLinks();
    }

    private boolean hasLinks() {
        return config.booleanValue(TlsParameters.TLS_REPLICATION)
                || config.booleanValue(TlsParameters.TLS_CLUSTER);
    }

    /**
     * Begins, if there is something to encrypt.
     *
     * @throws ListenFailed when the configuration does not do, as the log says
     */
    void begin() throws ListenFailed {
        if (isWanted() && !configure()) {
            throw new ListenFailed("Failed to configure TLS. Check logs for more info.", null);
        }
    }

    /** A directive or a file has changed. */
    private void apply() {
        if (isWanted()) {
            require(configure());
        }
    }

    /** The port has changed: there may be nothing yet to encrypt with. */
    private void applyPort(Listening listening) {
        boolean isNeeded = config.intValue(TlsParameters.TLS_PORT) != 0;
        require(!isNeeded || contexts.isConfigured() || configure());
        if (!listening.rebind(true)) {
            throw new ConfigRejected("Unable to listen on this port. Check server logs.");
        }
    }

    private static void require(boolean isDone) {
        if (!isDone) {
            throw new ConfigRejected("Unable to update TLS configuration. Check server logs.");
        }
    }

    private boolean configure() {
        lastReloadMillis = clock.unixMillis();
        return contexts.configure(settings());
    }

    /** Looks from time to time whether the files have changed; called once a second. */
    void tick(long nowMillis) {
        long periodMillis = config.longValue(TlsParameters.TLS_AUTO_RELOAD_INTERVAL) * 1000;
        boolean isDue = periodMillis > 0 && nowMillis - lastReloadMillis >= periodMillis;
        if (isDue && isWanted() && isReloading.compareAndSet(false, true)) {
            lastReloadMillis = nowMillis;
            background.run("tls-reload", this::reload);
        }
    }

    private void reload() {
        try {
            contexts.reload();
        } finally {
            isReloading.set(false);
        }
    }

    /** What {@code INFO} tells of the certificates. */
    TlsFacts facts() {
        return isWanted()
                ? new TlsFacts(
                        fact(contexts.serverCertificate()),
                        fact(contexts.clientCertificate()),
                        fact(contexts.caCertificate()))
                : TlsFacts.NONE;
    }

    private static TlsFacts.Certificate fact(CertificateFacts facts) {
        return facts == null
                ? TlsFacts.Certificate.NONE
                : new TlsFacts.Certificate(facts.serial(), facts.expiryUnixSeconds());
    }

    private TlsSettings settings() {
        TlsSettings.Credentials server =
                new TlsSettings.Credentials(
                        path(TlsParameters.TLS_CERT_FILE),
                        path(TlsParameters.TLS_KEY_FILE),
                        config.text(TlsParameters.TLS_KEY_FILE_PASS));
        TlsSettings.Credentials client =
                new TlsSettings.Credentials(
                        path(TlsParameters.TLS_CLIENT_CERT_FILE),
                        path(TlsParameters.TLS_CLIENT_KEY_FILE),
                        config.text(TlsParameters.TLS_CLIENT_KEY_FILE_PASS));
        boolean hasClient = client.certFile() != null && client.keyFile() != null;
        boolean asksClients = !config.choice(TlsParameters.TLS_AUTH_CLIENTS).equals("no");
        return new TlsSettings(
                server,
                hasClient ? client : null,
                path(TlsParameters.TLS_CA_CERT_FILE),
                path(TlsParameters.TLS_CA_CERT_DIR),
                path(TlsParameters.TLS_DH_PARAMS_FILE),
                config.text(TlsParameters.TLS_PROTOCOLS),
                config.text(TlsParameters.TLS_CIPHERS),
                config.text(TlsParameters.TLS_CIPHERSUITES),
                config.booleanValue(TlsParameters.TLS_PREFER_SERVER_CIPHERS),
                config.booleanValue(TlsParameters.TLS_SESSION_CACHING),
                config.intValue(TlsParameters.TLS_SESSION_CACHE_SIZE),
                config.intValue(TlsParameters.TLS_SESSION_CACHE_TIMEOUT),
                asksClients || hasLinks(),
                hasLinks());
    }

    private Path path(TextParameter parameter) {
        String text = config.text(parameter);
        return text == null || text.isEmpty() ? null : config.directory().resolve(text);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static dev.sigrun.kernel.config.BooleanParameter.flag;
import static dev.sigrun.kernel.config.EnumParameter.choice;
import static dev.sigrun.kernel.config.LongParameter.number;
import static dev.sigrun.kernel.config.TextParameter.text;
import static dev.sigrun.kernel.config.Trait.HONOURED;
import static dev.sigrun.kernel.config.Trait.MEANINGLESS;
import static dev.sigrun.kernel.config.Trait.SENSITIVE;
import static dev.sigrun.kernel.config.Trait.UNSIGNED;
import static dev.sigrun.kernel.config.Trait.VOLATILE;

/** Encrypted connections. */
public final class TlsParameters {
    public static final LongParameter MAX_NEW_TLS_CONNECTIONS_PER_CYCLE =
            number("max-new-tls-connections-per-cycle", 1, HONOURED, UNSIGNED).between(1, 1000);
    public static final LongParameter TLS_PORT = number("tls-port", 0, HONOURED).between(0, 65535);
    public static final LongParameter TLS_SESSION_CACHE_SIZE =
            number("tls-session-cache-size", 20480, HONOURED);
    public static final LongParameter TLS_SESSION_CACHE_TIMEOUT =
            number("tls-session-cache-timeout", 300, HONOURED);
    public static final LongParameter TLS_AUTO_RELOAD_INTERVAL =
            number("tls-auto-reload-interval", 0, HONOURED);
    public static final BooleanParameter TLS_CLUSTER = flag("tls-cluster", false, HONOURED);
    public static final BooleanParameter TLS_REPLICATION = flag("tls-replication", false, HONOURED);
    public static final EnumParameter TLS_AUTH_CLIENTS =
            choice("tls-auth-clients", "no yes optional", "yes", HONOURED);
    public static final EnumParameter TLS_AUTH_CLIENTS_USER =
            choice("tls-auth-clients-user", "CN URI off", "off", HONOURED);
    public static final BooleanParameter TLS_PREFER_SERVER_CIPHERS =
            flag("tls-prefer-server-ciphers", false, HONOURED);
    public static final BooleanParameter TLS_SESSION_CACHING =
            flag("tls-session-caching", true, HONOURED);
    public static final TextParameter TLS_CERT_FILE =
            text("tls-cert-file", null, HONOURED, VOLATILE);
    public static final TextParameter TLS_KEY_FILE = text("tls-key-file", null, HONOURED, VOLATILE);
    public static final TextParameter TLS_KEY_FILE_PASS =
            text("tls-key-file-pass", null, HONOURED, SENSITIVE);
    public static final TextParameter TLS_CLIENT_CERT_FILE =
            text("tls-client-cert-file", null, HONOURED, VOLATILE);
    public static final TextParameter TLS_CLIENT_KEY_FILE =
            text("tls-client-key-file", null, HONOURED, VOLATILE);
    public static final TextParameter TLS_CLIENT_KEY_FILE_PASS =
            text("tls-client-key-file-pass", null, HONOURED, SENSITIVE);
    public static final TextParameter TLS_DH_PARAMS_FILE =
            text("tls-dh-params-file", null, MEANINGLESS, VOLATILE);
    public static final TextParameter TLS_CA_CERT_FILE =
            text("tls-ca-cert-file", null, HONOURED, VOLATILE);
    public static final TextParameter TLS_CA_CERT_DIR =
            text("tls-ca-cert-dir", null, HONOURED, VOLATILE);
    public static final TextParameter TLS_PROTOCOLS = text("tls-protocols", null, HONOURED);
    public static final TextParameter TLS_CIPHERS = text("tls-ciphers", null, HONOURED);
    public static final TextParameter TLS_CIPHERSUITES = text("tls-ciphersuites", null, HONOURED);

    private TlsParameters() {}

    static Parameter[] all() {
        return new Parameter[] {
            MAX_NEW_TLS_CONNECTIONS_PER_CYCLE,
            TLS_PORT,
            TLS_SESSION_CACHE_SIZE,
            TLS_SESSION_CACHE_TIMEOUT,
            TLS_AUTO_RELOAD_INTERVAL,
            TLS_CLUSTER,
            TLS_REPLICATION,
            TLS_AUTH_CLIENTS,
            TLS_AUTH_CLIENTS_USER,
            TLS_PREFER_SERVER_CIPHERS,
            TLS_SESSION_CACHING,
            TLS_CERT_FILE,
            TLS_KEY_FILE,
            TLS_KEY_FILE_PASS,
            TLS_CLIENT_CERT_FILE,
            TLS_CLIENT_KEY_FILE,
            TLS_CLIENT_KEY_FILE_PASS,
            TLS_DH_PARAMS_FILE,
            TLS_CA_CERT_FILE,
            TLS_CA_CERT_DIR,
            TLS_PROTOCOLS,
            TLS_CIPHERS,
            TLS_CIPHERSUITES,
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import java.nio.file.Path;

/**
 * The directives that a context is built from. Paths are absolute; what is not configured is null.
 *
 * @param server what the server shows to clients
 * @param client what it shows to other servers, if that is something else
 * @param isPeerVerified whether anybody's certificate is looked at, so that there must be an
 *     authority
 * @param hasLinks whether this server opens encrypted connections itself
 * @param sessionCacheSize number of sessions that may be resumed
 */
public record TlsSettings(
        Credentials server,
        Credentials client,
        Path caCertFile,
        Path caCertDir,
        Path dhParamsFile,
        String protocols,
        String ciphers,
        String cipherSuites,
        boolean prefersServerCiphers,
        boolean cachesSessions,
        int sessionCacheSize,
        int sessionCacheTimeoutSeconds,
        boolean isPeerVerified,
        boolean hasLinks) {

    /**
     * A certificate and the key that goes with it.
     *
     * @param password of the key's file
     */
    public record Credentials(Path certFile, Path keyFile, String password) {
        /** The password must not reach a log. */
        @Override
        public String toString() {
            return "Credentials[" + certFile + ", " + keyFile + "]";
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.net.tls.PeerNames;
import dev.sigrun.kernel.net.tls.TlsContexts;

/** What decides about a new connection. Any thread. */
public interface AcceptRules {
    /** {@code maxclients}. */
    int clientsMax();

    /** {@code max-new-connections-per-cycle}: so many are taken in at a time. */
    int newConnectionsMax();

    /** {@code max-new-tls-connections-per-cycle}: so many begin to shake hands at a time. */
    int newTlsConnectionsMax();

    /** So long a client may take to shake hands. */
    long handshakeMillisMax();

    /** {@code tls-auth-clients}. */
    TlsContexts.ClientAuth clientAuth();

    /** {@code tls-auth-clients-user}. */
    PeerNames.Field userField();

    /** Whether a client from another machine is turned away. */
    boolean isProtected();

    /** Whether a new client may use everything without authentication. */
    boolean isOpen();

    /** {@code tcp-keepalive}, in seconds; 0 for none. */
    int keepAliveSeconds();

    /** {@code tcp-backlog}. */
    int backlog();
}

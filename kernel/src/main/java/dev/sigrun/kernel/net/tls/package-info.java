// SPDX-License-Identifier: Apache-2.0
/**
 * Encryption of connections: what is read from files, the contexts that engines are made with, and
 * the handler that stands between a socket and its connection.
 *
 * <p>Thread rule: {@code TlsContexts} may be asked by any thread and is changed by one at a time; a
 * {@code TlsChannel} belongs to the loop that its channel is on, and goes with it. Invariants: a
 * context that cannot be built leaves the one in use alone; a connection that is idle holds no
 * buffer here; of what is to be sent only as much is encrypted as the socket takes.
 */
package dev.sigrun.kernel.net.tls;

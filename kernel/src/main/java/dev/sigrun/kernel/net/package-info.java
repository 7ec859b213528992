// SPDX-License-Identifier: Apache-2.0
/**
 * Connections: the only package that knows Netty.
 *
 * <p>Thread rule: a connection belongs to one event loop; with one IO thread that loop is the owner
 * itself, and a request is read, executed and answered without any hand-off. Otherwise the loop
 * reads and parses, lends the batch to the owner, and sends the replies when it comes back; while
 * it is lent the loop leaves batch and buffer alone. Invariants: one flush for what one read
 * brought; memory grows with bytes that have arrived, never with lengths that were announced.
 */
package dev.sigrun.kernel.net;

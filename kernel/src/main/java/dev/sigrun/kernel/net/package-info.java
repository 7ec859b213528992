// SPDX-License-Identifier: Apache-2.0
/**
 * Connections: the only package that knows Netty.
 *
 * <p>Thread rule: a connection belongs to one event loop at a time. As a rule that is the owner's,
 * and a request is read, executed and answered without any hand-off. While there is much to do,
 * connections move to IO threads; there the loop reads and parses, lends the batch to the owner,
 * and sends the replies when it comes back; while it is lent the loop leaves batch and buffer
 * alone. Invariants: one flush for what one read brought; a connection is read from once a turn;
 * memory grows with bytes that have arrived, hardly with lengths that were announced; of each loop
 * a limited number of batches is with the owner.
 *
 * <p>{@code NetServer} is the way in. {@code Listeners} and {@code Acceptor} let clients in, {@code
 * Loops} starts and ends loops as {@code LoopScale} decides, {@code LoopState} is what a loop's
 * connections share. A {@code Connection} has a {@code ConnectionHome} (its loop), a {@code
 * ConnectionInput}, a {@code RequestFlow} and a {@code BatchRun} (its way to the owner and back),
 * and a {@code ConnectionOutput}. An encrypted one has a handler of the package {@code tls} in
 * front, which {@code Handshakes} sees through its beginning on the accepting loop.
 */
package dev.sigrun.kernel.net;

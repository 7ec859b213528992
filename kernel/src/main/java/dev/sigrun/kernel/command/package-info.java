// SPDX-License-Identifier: Apache-2.0
/**
 * Commands: the table, dispatch, sessions, and how effects are handed on.
 *
 * <p>Thread rule: owner only. Invariants: a command runs to its end before the next begins, or
 * waits and has done nothing yet; who waits for keys is served between two commands; whatever a
 * handler throws becomes an error reply and leaves the server serving; nothing on the path of a
 * plain read or write allocates. The package knows no socket; the layer above lends it parsed
 * requests and takes the replies.
 */
package dev.sigrun.kernel.command;

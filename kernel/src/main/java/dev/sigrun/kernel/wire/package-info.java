// SPDX-License-Identifier: Apache-2.0
/**
 * The protocol: requests are parsed from memory into offsets, replies are written to memory.
 *
 * <p>Thread rule: a parser, a batch and a reply buffer belong to one connection, and are used by
 * one thread at a time. Invariants: no object is made per command; nothing is allocated because a
 * client announces it, only because its bytes have arrived. The package knows no socket and no
 * command.
 */
package dev.sigrun.kernel.wire;

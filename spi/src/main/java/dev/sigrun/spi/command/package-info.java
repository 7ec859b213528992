// SPDX-License-Identifier: Apache-2.0
/**
 * How a plugin describes a command and what its handler is given.
 *
 * <p>Thread rule: owner only. Invariants: a handler validates, then mutates, then replies; whatever
 * {@link dev.sigrun.spi.command.CommandContext} lends is valid until the handler returns.
 */
package dev.sigrun.spi.command;

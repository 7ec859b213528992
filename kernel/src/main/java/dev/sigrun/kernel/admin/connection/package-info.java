// SPDX-License-Identifier: Apache-2.0
/**
 * The commands that are about the connection they come from, about other connections, and about
 * waiting: {@code PING} to {@code CLIENT} to {@code WAIT}.
 *
 * <p>Thread rule: owner only. Invariants: a handler changes sessions and never sockets; whatever
 * makes another session execute requests is handed to the owner for a later turn, because only one
 * command may be under way. Depends on {@code admin}, {@code command}, {@code config}, {@code
 * wire}, {@code plugin} and {@code base}.
 */
package dev.sigrun.kernel.admin.connection;

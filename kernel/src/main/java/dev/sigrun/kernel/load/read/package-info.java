// SPDX-License-Identifier: Apache-2.0
/**
 * What stands where in an RDB file or stream: opcodes, keys, the layouts of values. Knows nothing
 * of types and of the store.
 *
 * <p>Thread rule: everything is confined to the thread that reads, but for the stopping of a feed.
 * Invariants: every length is a mere claim until the bytes have arrived; whatever makes no sense
 * ends the reading with a reason. Allowed dependencies: {@code rdb}.
 */
package dev.sigrun.kernel.load.read;

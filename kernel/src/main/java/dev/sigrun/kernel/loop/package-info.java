// SPDX-License-Identifier: Apache-2.0
/**
 * The owner thread as the rest of the kernel sees it.
 *
 * <p>Thread rule: said at each method. Invariants: nothing here knows what the owner's thread does
 * between tasks; the network layer makes it the event loop that also reads and writes.
 */
package dev.sigrun.kernel.loop;

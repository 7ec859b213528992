// SPDX-License-Identifier: Apache-2.0
/**
 * Off-heap memory for plugins.
 *
 * <p>Thread rule: owner only. Invariants: every byte counts in {@code used_memory} and on the
 * plugin's own account; a plugin that is unloaded has given everything back.
 */
package dev.sigrun.spi.memory;

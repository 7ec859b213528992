// SPDX-License-Identifier: Apache-2.0
/**
 * What is remembered of things that took long or were large: the command logs, the events of the
 * latency monitor, and how busy the owner was lately.
 *
 * <p>Thread rule: owner only. Invariants: everything here is bounded, by the configuration or by a
 * constant; to find out that nothing is to be remembered costs a comparison; what is kept of a
 * command is a copy that is cut and has no secrets. Imports: base.
 */
package dev.sigrun.kernel.measure;

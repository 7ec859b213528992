// SPDX-License-Identifier: Apache-2.0

/**
 * What the off-heap structures cost, beside what the JDK has.
 *
 * <p>Owner: JMH's one measuring thread. Invariant: run without {@code sigrun.memory.checked}, or
 * the figures are of the checks.
 */
package dev.sigrun.benchmarks.memory;

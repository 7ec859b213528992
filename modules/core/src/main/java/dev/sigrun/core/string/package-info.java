// SPDX-License-Identifier: Apache-2.0
/**
 * The string commands, grouped by topic: plain reads, SET and its kin, counters, ranges, several
 * keys at once, conditional removals and the longest common subsequence.
 *
 * <p>Thread rule: owner only. Invariants: a handler validates, then mutates, then replies; one that
 * answers with the old content of a key it changes writes that content first, because the content
 * is only lent until the change. GET, plain SET, INCR, MGET and MSET allocate nothing. Depends on
 * the plugin contract alone.
 */
package dev.sigrun.core.string;

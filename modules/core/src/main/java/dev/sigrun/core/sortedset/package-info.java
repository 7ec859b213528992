// SPDX-License-Identifier: Apache-2.0
/**
 * Sorted sets and their commands. A small set is one run of bytes in the key's cell, its members in
 * order; a large one is a {@link dev.sigrun.memory.ordered.SortedMembers}, whose root is in the
 * cell. Commands see both through {@link dev.sigrun.core.sortedset.SortedSets}: a range of any kind
 * becomes a range of ranks, and from a rank on members are walked.
 *
 * <p>Thread rule: owner only. Invariants: no score is NaN; a set that a key holds has a member; a
 * handler validates, then mutates, then replies, but what goes away is answered first, because it
 * is only lent until then. Depends on the plugin contract, the structures of {@code memory} and the
 * packages of elements and of sets.
 *
 * <p>Other packages read sets by {@link dev.sigrun.core.sortedset.SortedSetReader} and put new ones
 * together by {@link dev.sigrun.core.sortedset.SortedSetResult}.
 */
package dev.sigrun.core.sortedset;

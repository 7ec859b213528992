// SPDX-License-Identifier: Apache-2.0

/**
 * Large sorted sets: {@link dev.sigrun.memory.ordered.SortedMembers}, walked by {@link
 * dev.sigrun.memory.ordered.MemberCursor}.
 *
 * <p>Where Valkey has a skip list and a hash table of the same elements, there are a counted B+tree
 * of packed pages here, which has the members, and an index that tells by nine bytes a member in
 * which leaf of the tree it is. The index has no scores: so a change of a score that leaves a
 * member at its place is one write, and a scan can go by the hash, which no change of a score
 * disturbs.
 *
 * <p>Owner: the thread that owns the memory.
 *
 * <p>Invariants: all leaves are on one level, none is empty and every inner node knows how many
 * members are below each of its children; a separator is above all that is before it and not above
 * what follows; each member has one entry of the index, which names the leaf that it is in; leaves
 * are numbered from 0 on without gaps; a page that changes is either built anew or cut, each in one
 * place, and has no links but from its parent and the leaf table; what an operation moves is
 * bounded by some pages, one block and one segment of the index, but for the directory, of which
 * one entry stands for thousands of members; an operation that fails for want of memory has changed
 * nothing, and a removal never fails for it.
 *
 * <p>A million members of 16 random bytes take, all blocks counted (from {@code SortedFigures}
 * among the tests), 38.7 bytes each with random scores and 38.0 when they come in order. On a busy
 * machine where a miss of the caches took 0.13 to 0.19 microseconds, a member was added in 1.5 to
 * 1.8 microseconds at random and 0.5 to 0.6 in order, its score found in 1.0 to 1.2, its rank in
 * 1.5 to 1.9.
 *
 * <p>Depends on {@link dev.sigrun.memory.Memory}, {@link dev.sigrun.memory.Blocks} and the keyed
 * hash.
 */
package dev.sigrun.memory.ordered;

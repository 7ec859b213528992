// SPDX-License-Identifier: Apache-2.0

/**
 * An ordered map off the heap from 128-bit identifiers to a word each, made for keys that mostly
 * arrive in order: the entries of a stream, and those that wait for an acknowledgement.
 *
 * <p>Where Valkey keeps such keys in a radix tree, this is a B+tree. A radix tree spends a block on
 * each inner node and each key, and follows a pointer for every few bytes in which neighbours
 * differ. A B+tree that leaves full nodes behind when it grows at its end needs a little under 25
 * bytes for a key and its word together, takes a tenth of the pointers, and is walked in the order
 * in which its entries lie.
 *
 * <p>Owner: the thread that owns the blocks. Invariants: no node but that of a tree of one level is
 * smaller than the others, none is empty, all leaves are on one level; nodes have no links to
 * siblings or parents, so that a node may be replaced by changing its parent alone; a change that
 * fails for lack of memory has changed nothing. Depends on {@code dev.sigrun.memory}.
 */
package dev.sigrun.memory.idmap;

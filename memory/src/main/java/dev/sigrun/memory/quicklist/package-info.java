// SPDX-License-Identifier: Apache-2.0

/**
 * Long lists: a chain of nodes off the heap, each of them a listpack of a few KiB, or one large
 * element by itself.
 *
 * <p>Owner: the thread that owns the memory.
 *
 * <p>Invariants: no node is empty; the root's counts and bytes are exact; a listpack of several
 * elements is at most {@link dev.sigrun.memory.quicklist.Fill#LARGEST} bytes long, so that no edit
 * moves more than that; only the first and the last node have room to grow. Where elements go and
 * when nodes split and merge follows Valkey, so that payloads come out alike.
 *
 * <p>Nodes are not compressed, whatever {@code list-compress-depth} says: that trades processor
 * time for memory and has no effect on what a list holds or answers.
 *
 * <p>Depends on {@link dev.sigrun.memory.Memory}, {@link dev.sigrun.memory.Blocks} and the package
 * {@code pack}.
 */
package dev.sigrun.memory.quicklist;

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
 * <p>Where {@code list-compress-depth} says so, nodes further from both ends than that are
 * compressed between edits. Those who read see a copy that is expanded for them; an edit expands
 * the node itself, and the end of the edit compresses it again. Elements of more than 1 MiB stay as
 * they are, which is a deviation: nobody is to wait until so much is compressed.
 *
 * <p>Depends on {@link dev.sigrun.memory.Memory}, {@link dev.sigrun.memory.Blocks} and the packages
 * {@code pack} and {@code lzf}.
 */
package dev.sigrun.memory.quicklist;

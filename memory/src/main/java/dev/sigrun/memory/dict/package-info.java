// SPDX-License-Identifier: Apache-2.0

/**
 * Sets and maps of byte strings: {@link dev.sigrun.memory.dict.Roll} for a few elements inside of a
 * block of the caller's, {@link dev.sigrun.memory.dict.Dict} for any number of them, and {@link
 * dev.sigrun.memory.dict.Element}, the form in which both keep them.
 *
 * <p>Owner: the thread that owns the memory.
 *
 * <p>Invariants: an element's bytes follow from its content alone; a dictionary's buckets never
 * have more than 32 elements, all of hashes that share as many first bits as the bucket's slots
 * say; no block points back, so a root may move; an operation that fails for want of memory has
 * changed nothing, and a removal never fails for it; what every operation moves is bounded by one
 * bucket's elements and one segment's slots, but for the directory, of which one entry stands for
 * some five hundred elements.
 *
 * <p>A million elements take, all blocks counted (from {@code DictFigures} among the tests):
 * members of 16 bytes 19.5 bytes each, integers of 8 digits 7.5, pairs of 16 and 16 bytes 36.6.
 *
 * <p>Depends on {@link dev.sigrun.memory.Memory}, {@link dev.sigrun.memory.Blocks}, the keyed hash
 * and the decimal digits of {@code number}.
 */
package dev.sigrun.memory.dict;

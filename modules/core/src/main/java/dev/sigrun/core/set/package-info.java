// SPDX-License-Identifier: Apache-2.0
/**
 * Sets: the type and its commands.
 *
 * <p>Thread rule: owner only. A set is one of three things in its key's cell, told by the first
 * byte: a sorted array of integers in Valkey's format ({@code intset}), a {@link
 * dev.sigrun.memory.dict.Roll} of members ({@code listpack}, since that is what Valkey has in its
 * place), or the root of a {@link dev.sigrun.memory.dict.Dict} ({@code hashtable}). {@link
 * dev.sigrun.core.set.Sets} alone knows this; limits and conversions are Valkey's.
 *
 * <p>Invariants: no key holds an empty set; a handler validates, then mutates; a command whose
 * target may be one of its sources puts the result together first. Reads and writes of single
 * members allocate nothing on the heap.
 */
package dev.sigrun.core.set;

// SPDX-License-Identifier: Apache-2.0

/**
 * Small collections in one run of bytes: the listpack and the set of integers, in Valkey's own
 * formats, and readers of the formats that came before them.
 *
 * <p>Owner: the thread that owns the memory; functions that only read may run elsewhere on blocks
 * handed over.
 *
 * <p>Invariants: the bytes are exactly what Valkey would have written for the same steps, so they
 * go to files and come from files as they are; bytes from outside pass a validation before anything
 * else touches them, and none of the functions that validate reads outside of what it was given.
 *
 * <p>Depends on {@link dev.sigrun.memory.Memory} and the decimal digits of {@code number}.
 */
package dev.sigrun.memory.pack;

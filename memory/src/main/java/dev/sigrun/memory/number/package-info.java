// SPDX-License-Identifier: Apache-2.0

/**
 * Numbers as text, digit for digit as Valkey writes and reads them: {@link
 * dev.sigrun.memory.number.Decimal} for integers, {@link dev.sigrun.memory.number.DoubleText} and
 * {@link dev.sigrun.memory.number.DoubleParser} for doubles.
 *
 * <p>Owner: those for doubles are flyweights of one thread. Invariants: what is written reads back
 * as the same number; the usual numbers are written and read without an allocation on the heap.
 * Depends on {@link dev.sigrun.memory.Memory} alone.
 */
package dev.sigrun.memory.number;

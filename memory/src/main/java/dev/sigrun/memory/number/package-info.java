// SPDX-License-Identifier: Apache-2.0

/**
 * Doubles as text, digit for digit as Valkey writes and reads them: {@link
 * dev.sigrun.memory.number.DoubleText} and {@link dev.sigrun.memory.number.DoubleParser}.
 *
 * <p>Owner: both are flyweights of one thread. Invariants: what is written reads back as the same
 * number; the usual numbers are written and read without an allocation on the heap. Depends on
 * {@link dev.sigrun.memory.Memory} alone.
 */
package dev.sigrun.memory.number;

// SPDX-License-Identifier: Apache-2.0
/**
 * Reading of RDB files and streams into the store: what stands where in a file, the checks of
 * hostile input, and the way of keys from the thread that reads to the owner that keeps them.
 *
 * <p>Thread rule: threads of a load read, check and decompress; the owner alone makes keys.
 * Invariants: a damaged input is refused with its offset and key; nothing is taken on a mere claim
 * of size; the owner serves clients between slices. Allowed dependencies: {@code store}, {@code
 * rdb}, {@code loop}, {@code base}.
 */
package dev.sigrun.kernel.load;

// SPDX-License-Identifier: Apache-2.0
/**
 * Bloom filters themselves: hashing, sizes, layers of bits off the heap, and the two flavours of
 * scalable filters that are made of them.
 *
 * <p>Thread rule: owner only, but for reading a pinned copy. Invariants: a bit index is always
 * reduced modulo the number of bits of its layer before it becomes an address; only the last layer
 * of a filter ever changes; a block that a snapshot holds is copied before it changes. Depends on:
 * the SPI alone.
 */
package dev.sigrun.bloom.filter;

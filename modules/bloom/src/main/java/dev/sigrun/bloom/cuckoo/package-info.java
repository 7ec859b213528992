// SPDX-License-Identifier: Apache-2.0
/**
 * Cuckoo filters (Fan, Andersen, Kaminsky and Mitzenmacher, 2014): sets that may say yes in error,
 * and from which items can be deleted.
 *
 * <p>Thread rule: owner only, but for writing an image. Invariants: a slot holds a fingerprint from
 * 1 to 255, or 0 when it is free; the number of buckets of every layer is a power of two, so that
 * the second bucket of a fingerprint is found from the first and back. Names, hashes and layouts
 * are RedisBloom's, so that dumps go both ways.
 */
package dev.sigrun.bloom.cuckoo;

// SPDX-License-Identifier: Apache-2.0
/**
 * The k most frequent of many items, by the HeavyKeeper sketch (Gong and others, 2018): a bucket
 * belongs to one item, and loses a count with a probability that falls with its count when another
 * item comes.
 *
 * <p>Thread rule: owner only, but for writing an image. Invariants: what is random comes from a
 * state that is part of the value, so that equal commands make equal values here, on a replica and
 * from a file; the list is a heap with the rarest item in front. Names, hashes and layout are
 * RedisBloom's, so that dumps go both ways.
 */
package dev.sigrun.bloom.topk;

// SPDX-License-Identifier: Apache-2.0
/**
 * t-digests (Dunning and Ertl, 2019): quantiles of many values, most exact at both ends, from a few
 * hundred centroids.
 *
 * <p>Thread rule: owner only, but for writing an image. Invariants: centroids are in order at all
 * times and there is no buffer beside them, so that reading changes nothing and equal commands make
 * equal values here, on a replica and from a file; a centroid of one value is that value exactly.
 * Names and layout are RedisBloom's, so that dumps go both ways.
 */
package dev.sigrun.bloom.tdigest;

// SPDX-License-Identifier: Apache-2.0
/**
 * Count-min sketches (Cormode and Muthukrishnan, 2005): estimates of how often each of many items
 * came, never too low, in memory that does not depend on the number of items.
 *
 * <p>Thread rule: owner only, but for writing an image. Invariants: a cell that would pass 2^32 - 1
 * stays there. Names, hashes and layout are RedisBloom's, so that dumps go both ways.
 */
package dev.sigrun.bloom.cms;

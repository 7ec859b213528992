// SPDX-License-Identifier: Apache-2.0
/**
 * What the families of sketches share: how a sketch lives as a value, how its commands are
 * declared, and RedisBloom's 32-bit hash.
 *
 * <p>Thread rule: owner only, but for writing an image. Invariants: a sketch counts in its census
 * from its making to its freeing, its images never. Depends on: {@code page} and the SPI.
 */
package dev.sigrun.bloom.sketch;

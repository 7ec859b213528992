// SPDX-License-Identifier: Apache-2.0
/**
 * The two data types and their serialised forms: files, the argument of {@code BF.LOAD}, images for
 * snapshots.
 *
 * <p>Thread rule: owner only, but for encoding an image. Invariants: every number of a payload is
 * checked before it is believed, memory is taken only for bytes that are there, and a reader that
 * gives up has freed what it took. Depends on: the filter package and the SPI.
 */
package dev.sigrun.bloom.type;

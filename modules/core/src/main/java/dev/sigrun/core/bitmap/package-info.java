// SPDX-License-Identifier: Apache-2.0
/**
 * Strings as arrays of bits: single bits, counts, searches, combinations and integers of any width.
 * Bit 0 is the most significant bit of the first byte.
 *
 * <p>Thread rule: owner only. Invariants: a string is read through the bytes that the key lends, in
 * words of 64 bits, and written only after {@link dev.sigrun.spi.key.Key#growString} has lent it
 * for writing; a command that changes nothing does not ask for that. No command allocates on the
 * heap once its arrays have grown to the arguments it sees. Depends on the plugin contract and on
 * {@code memory}.
 */
package dev.sigrun.core.bitmap;

// SPDX-License-Identifier: Apache-2.0
/**
 * HyperLogLogs: strings that estimate how many different elements were added to them.
 *
 * <p>A string has a header of 16 bytes: {@code HYLL}, the encoding (0 dense, 1 sparse), three bytes
 * of nothing, and the last estimate in eight bytes, the highest bit of which says that it is out of
 * date. There follow 16384 registers of 6 bits, densely packed or, while most of them are 0, as
 * runs:
 *
 * <pre>
 * 00nnnnnn            n + 1 registers of 0
 * 01nnnnnn nnnnnnnn   n + 1 registers of 0
 * 1vvvvvnn            n + 1 registers of v + 1
 * </pre>
 *
 * <p>Thread rule: owner only. Invariants: what a string holds is what a client may have written
 * there, so nothing is believed but the length; a string is changed only once nothing more can
 * fail; the same elements give the same bytes as on Valkey. Depends on the plugin contract and on
 * {@code memory}.
 */
package dev.sigrun.core.hyperloglog;

// SPDX-License-Identifier: Apache-2.0
/**
 * What the types that are made of elements (sets, hashes, sorted sets) have in common: elements as
 * bytes, values that are put together before a key holds them, and the options of their scans.
 *
 * <p>Thread rule: owner only. Invariants: everything here is a flyweight that is kept for good, so
 * that commands allocate nothing. Depends on the plugin contract, the structures of {@code memory}
 * and the patterns and cursors of {@code generic}.
 */
package dev.sigrun.core.element;

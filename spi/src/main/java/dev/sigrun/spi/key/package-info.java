// SPDX-License-Identifier: Apache-2.0
/**
 * Keys and what a plugin may do with them.
 *
 * <p>Thread rule: owner only. Invariants: a {@link dev.sigrun.spi.key.Key} stays right when other
 * keys change; bytes that were taken from a key are valid until that key changes.
 */
package dev.sigrun.spi.key;

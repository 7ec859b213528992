// SPDX-License-Identifier: Apache-2.0
/**
 * The check of an RDB file without a server: its structure, its checksum, and its values by the
 * codecs of their types; and figures of what it holds.
 *
 * <p>Thread rule: one thread does everything; the store it decodes into is its own and never holds
 * more than one key. Invariants: says what {@code valkey-check-rdb} says. Allowed dependencies:
 * {@code load.read}, {@code store}, {@code rdb}.
 */
package dev.sigrun.kernel.load.check;

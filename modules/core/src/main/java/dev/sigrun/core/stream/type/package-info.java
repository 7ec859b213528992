// SPDX-License-Identifier: Apache-2.0

/**
 * The type of streams, as the kernel knows types: how a value is saved, loaded, copied, freed,
 * measured, digested and rewritten as commands.
 *
 * <p>Thread rule: owner only. Invariants: what is written is what Valkey writes, byte for byte; of
 * what is read nothing is believed, and nothing is left of an input that turns out to be damaged.
 * Allowed dependencies: {@link dev.sigrun.core.stream.store}, {@code memory} and the SPI.
 */
package dev.sigrun.core.stream.type;

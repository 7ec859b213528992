// SPDX-License-Identifier: Apache-2.0
/**
 * The plugin: commands, parameters and counters of scalable Bloom filters, compatible with
 * valkey-bloom 1.0.
 *
 * <p>Thread rule: owner only. Invariants: a handler that adds items either adds none and answers
 * with an error, or replicates exactly the items it added. Depends on: the filter and type packages
 * and the SPI.
 */
package dev.sigrun.bloom;

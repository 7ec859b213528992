// SPDX-License-Identifier: Apache-2.0

/**
 * The commands of streams. The data themselves are in {@code store}, what the kernel has to know of
 * them in {@code type}. Owner: the core module.
 *
 * <p>Thread rule: owner only. Invariants: a command reads all its arguments before it changes
 * anything; identifiers that the server chose, and cuts that it decided on, replicate as what came
 * of them; what a consumer got replicates as a claim of exactly that. Allowed dependencies: the
 * SPI, {@code memory}, {@link dev.sigrun.core.CoreMemory} and {@link dev.sigrun.core.View}.
 */
package dev.sigrun.core.stream;

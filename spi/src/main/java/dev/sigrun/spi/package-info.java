// SPDX-License-Identifier: Apache-2.0
/**
 * The entry of the plugin contract: what a plugin is, how it declares itself and what it is given.
 *
 * <p>Thread rule: unless a type says otherwise, every method here is called on, and may only be
 * called from, the <em>owner</em>, the one thread that executes commands.
 *
 * <p>Invariants: nothing of the kernel's own libraries is visible here; the contract depends on the
 * JDK and slf4j alone. A type is either marked {@link dev.sigrun.spi.ForPlugin}, and then grows
 * only by {@code default} methods, or {@link dev.sigrun.spi.ForKernel}, and then may gain any
 * method in a minor version.
 */
package dev.sigrun.spi;

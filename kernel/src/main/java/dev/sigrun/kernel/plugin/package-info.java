// SPDX-License-Identifier: Apache-2.0
/**
 * Loads plugins, keeps them apart from the server and from each other, and unloads them without
 * trace.
 *
 * <p>A plugin passes the gate (its file and manifest are sound and fit this server), then its
 * classes are loaded, then it declares what it has, then all of that is committed in one turn, then
 * it starts. What fails on the way leaves nothing behind.
 *
 * <p>Thread rule: owner only, except {@link dev.sigrun.kernel.plugin.PluginGate} and the candidates
 * it gives, which may be made on any thread. Invariants: no class of a plugin is loaded before the
 * gate has let it through; the rest of the kernel sees plugins only through {@link
 * dev.sigrun.kernel.plugin.PluginSink}; nobody else knows PF4J. Allowed dependencies: JDK, spi,
 * slf4j, PF4J.
 */
package dev.sigrun.kernel.plugin;

// SPDX-License-Identifier: Apache-2.0
/**
 * The composition: main, wiring, periodic work, log, shutdown.
 *
 * <p>Thread rule: the main thread builds everything before the owner starts to serve; from then on
 * what is built belongs to the owner. Invariants: this is the only package that knows all others;
 * objects are wired by plain constructors, once.
 */
package dev.sigrun.kernel.server;

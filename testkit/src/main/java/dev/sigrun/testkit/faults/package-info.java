// SPDX-License-Identifier: Apache-2.0
/**
 * Faults done to real servers: programs that are killed at random moments, disks that are full,
 * files that are damaged, links that break. After each, what was acknowledged must be there,
 * primary and replica must hold the same, and nothing may be left behind.
 *
 * <p>Thread rule: a scenario runs on one thread and starts threads for its clients, which it ends.
 * Invariants: all randomness comes from one seed, though not all timing does; everything that was
 * started is ended, by its process.
 */
package dev.sigrun.testkit.faults;

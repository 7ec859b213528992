// SPDX-License-Identifier: Apache-2.0
/**
 * The commands that work on keys of any type: deleting, expiring, renaming, moving, copying,
 * serialising and listing them. Owner: the core module.
 *
 * <p>Thread rule: owner only. Invariants: a command that changed nothing raises no event and does
 * not replicate; a time to live replicates as a point in time, never as a distance. Allowed
 * dependencies: the SPI alone.
 */
package dev.sigrun.core.generic;

// SPDX-License-Identifier: Apache-2.0
/**
 * How the effects of commands reach replicas and the append-only file.
 *
 * <p>Thread rule: owner only. Invariants: a write command that modified a key says one of the
 * things that {@link dev.sigrun.spi.replication.Replication} offers; the testkit fails one that
 * does not.
 */
package dev.sigrun.spi.replication;

// SPDX-License-Identifier: Apache-2.0
/**
 * Replication as Valkey speaks it: what both sides share, the history's identifiers and offsets and
 * the backlog. {@code replication.primary} feeds replicas, {@code replication.replica} follows a
 * primary.
 *
 * <p>Owner: the owner thread. Invariants: a byte of the stream has one offset in one history, here
 * and on every replica; the backlog holds what it says.
 */
package dev.sigrun.kernel.replication;

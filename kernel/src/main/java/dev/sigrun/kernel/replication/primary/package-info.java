// SPDX-License-Identifier: Apache-2.0
/**
 * Those who follow this server. {@code SyncCommands} hears what they ask for, {@code Replicas}
 * knows them all and feeds them, {@code FullSyncs} begins snapshots for those who need all data and
 * {@code SocketTransfer} or {@code FileTransfer} brings these over, {@code PrimaryCron} does what
 * time brings, {@code StreamHold} keeps back what is not safe in this server's own file, where
 * replies wait for that, too, and {@code Acknowledgements} lets clients wait for what replicas have
 * confirmed.
 *
 * <p>Thread rule: the owner's; a transfer takes bytes from a thread of the snapshot or of its own,
 * which waits until the replicas have taken them. Invariants: a replica's cursor is made in the
 * very turn of the cut, so nothing is missing between snapshot and stream; what a replica gets is
 * in the order of {@code Replica}'s output alone; the slowest replica keeps memory, up to its
 * limit.
 */
package dev.sigrun.kernel.replication.primary;

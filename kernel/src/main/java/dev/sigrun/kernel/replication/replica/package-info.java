// SPDX-License-Identifier: Apache-2.0
/**
 * This server as a replica: it connects to a primary, agrees with it on what it lacks, takes over
 * all data or the rest of the stream, applies the stream and acknowledges it; and the hand-over of
 * the role to a replica ({@code FAILOVER}).
 *
 * <p>Owner: the owner thread; only {@code ReceivedFile} writes on another one. Everything that
 * comes from the primary is judged before it is believed: lines and sizes have limits, and no
 * memory is taken on a mere claim. Invariants: the history's offset is that of the last byte that
 * was executed, outside of transactions; what is executed is relayed byte for byte; old data goes
 * only when new data has begun to come and its format is known.
 */
package dev.sigrun.kernel.replication.replica;

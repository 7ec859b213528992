// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

import dev.sigrun.kernel.rdb.RdbOutput;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * What a snapshot is to look like.
 *
 * @param rdbVersion the version of the format, for example 80 or 11
 * @param compression whether strings are compressed
 * @param checksum whether the end has a checksum; 0 stands there otherwise
 * @param head writes what stands before the keys (auxiliary fields, functions, data of plugins) on
 *     the owner, at the cut
 * @param skipsUnknown whether a value of a type that the version lacks is left out; otherwise it
 *     makes the snapshot fail, with its name
 * @param slots which hash slots' keys are written; null for all
 * @param keyDelayMicros what {@code rdb-key-save-delay} says: the pause after each key, for tests
 */
public record SnapshotPlan(
        int rdbVersion,
        boolean compression,
        boolean checksum,
        Consumer<RdbOutput> head,
        boolean skipsUnknown,
        IntPredicate slots,
        int keyDelayMicros) {}

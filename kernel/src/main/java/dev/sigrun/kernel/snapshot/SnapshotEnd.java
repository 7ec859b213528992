// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

/**
 * How a snapshot ended.
 *
 * @param failure why it is of no use; null when it is complete
 * @param cancelled whether somebody wanted it to end; then there is a failure, too
 * @param keys keys that were written
 * @param keysSkipped keys that were left out because the version lacks their type
 * @param bytes bytes that were written
 * @param millis how long it took
 * @param aheadBytesMax the most memory that was taken at a time for what waited to be written
 */
public record SnapshotEnd(
        Throwable failure,
        boolean cancelled,
        long keys,
        long keysSkipped,
        long bytes,
        long millis,
        long aheadBytesMax) {
    /** Whether the snapshot is complete. */
    public boolean isComplete() {
        return failure == null;
    }
}

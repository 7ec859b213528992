// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

/** A snapshot that is being written. Owner thread only. */
public interface Snapshot {
    /** Ends it before its time; its end is told in a later turn, as always. */
    void cancel();

    /** Keys that there were at the cut. */
    long keysTotal();

    /** Keys that have been handed over for writing. */
    long keysDone();

    /** Bytes that have been written. */
    long bytesWritten();

    /** Bytes of memory that are taken now for what waits to be written. */
    long aheadBytes();

    /** When it began, in Unix milliseconds. */
    long startMillis();
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

import java.io.IOException;

/**
 * Where the bytes of a snapshot go: a file, a replica. All calls come one after the other from one
 * thread of the snapshot, which may wait in them; never from the owner, but for a snapshot that the
 * owner writes all by itself.
 */
public interface SnapshotSink {
    /**
     * Takes the next bytes, which are only lent.
     *
     * @throws IOException when they cannot be kept; the snapshot ends with this failure
     */
    void write(byte[] content, int offset, int length) throws IOException;

    /**
     * All has been written: makes it last.
     *
     * @throws IOException when that cannot be done; the snapshot ends with this failure
     */
    void finish() throws IOException;

    /** Nothing more comes, and what came is of no use. Called instead of {@link #finish}. */
    void abort();
}

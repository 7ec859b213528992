// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.kernel.snapshot.SnapshotEnd;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What full synchronisations need of those who save data. Owner thread only. */
public interface Snapshooting {
    /** Writes what stands in front of the keys of a snapshot. */
    void writeHead(RdbOutput out, boolean withFunctions);

    /** Whether a snapshot is being written, or something else is under way that excludes one. */
    boolean isBusy();

    /** Whether the snapshot that is being written goes to the file of {@link #save}. */
    boolean isSaving();

    /**
     * Writes a snapshot to the server's file. None may be under way.
     *
     * @param done hears how it ended, in a later turn
     * @return whether it was begun
     */
    boolean save(Consumer<SnapshotEnd> done);

    /** Ends the snapshot that {@link #save} began when nothing but replication wanted it. */
    void cancelSave();

    /** The server's file. */
    Path file();

    /** Whether the server keeps files only for replication, which go when they are not needed. */
    boolean isFileTemporary();
}

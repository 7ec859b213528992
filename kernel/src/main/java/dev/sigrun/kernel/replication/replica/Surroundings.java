// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.load.Load;
import dev.sigrun.kernel.load.LoadPlan;
import java.nio.file.Path;
import java.util.List;

/** What following a primary needs of the layers above. Owner thread only. */
public interface Surroundings {
    /** The version of Valkey that this server speaks like. */
    String version();

    /** The port that this server listens on, the encrypted one where that is for replication. */
    int port();

    /** Forty random hexadecimal digits. */
    String newId();

    /** Whether a script runs, so that no other command may. */
    boolean isScriptRunning();

    /** How data is to be loaded, as far as the configuration says. */
    LoadPlan plan();

    /**
     * Replaces all libraries of functions.
     *
     * @param codes their sources
     * @return why that is not possible, so that the old ones stay; null when it is done
     */
    String replaceLibraries(List<byte[]> codes);

    /**
     * Data is about to be loaded in the place of that which is there, or beside it: whatever saves
     * it ends.
     *
     * @param how what clients may do meanwhile
     * @param load how far it is; null when that is not known yet
     */
    void loading(Condition.Loading how, Load load);

    /** Loading has ended, in whatever way. */
    void loaded(boolean complete);

    /** The append-only file is of no use any more until {@link #restartFile}. */
    void stopFile();

    /** Whether a received snapshot could be what the append-only file begins anew with. */
    boolean fileTakesSnapshot();

    /**
     * All data is another: the append-only file begins anew, if there is to be one.
     *
     * @param snapshot a file with just this data, which is given away, where {@link
     *     #fileTakesSnapshot} says that it may be; else null
     */
    void restartFile(Path snapshot);

    /** The append-only file goes on, if there is to be one and it was stopped. */
    void resumeFile();

    /** Whether data is kept on the disk. */
    boolean isPersistent();

    /** Offset of the stream up to where it is safe in a file; -1 when it goes to none. */
    long syncedOffset();

    /** All data has begun to come over a connection of its own; a test may want a pause then. */
    void dataBegins();

    /** This server has become a replica or a primary. */
    void roleChanged();

    /** Nothing can be trusted any more: the server ends at once. */
    void panic(String reason);
}

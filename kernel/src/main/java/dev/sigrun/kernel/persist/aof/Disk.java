// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The files that the append-only file consists of. Any thread, one at a time for each file. Tests
 * bring one that fails or forgets when they want it to.
 */
public interface Disk {
    /** A file that is written at its end. */
    interface Appending extends AutoCloseable {
        /** Writes some of the bytes, at least one; says how many. */
        int write(ByteBuffer content) throws IOException;

        /** Makes what was written last. */
        void sync() throws IOException;

        /** How long the file is. */
        long size() throws IOException;

        /** Cuts the file. */
        void truncate(long size) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** A file that is read from its beginning. */
    interface Reading extends AutoCloseable {
        /** Reads some bytes; says how many, -1 at the end. */
        int read(byte[] target, int offset, int length) throws IOException;

        /** Goes to a place in the file. */
        void position(long offset) throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * Opens a file for writing, which is made when it is not there.
     *
     * @param empty whether what it holds is forgotten
     */
    Appending append(Path file, boolean empty) throws IOException;

    /** Opens a file for reading. */
    Reading read(Path file) throws IOException;

    /** Whether there is a file or a folder of that name. */
    boolean exists(Path path);

    /** Whether there is a folder of that name. */
    boolean isFolder(Path path);

    /** How long a file is. */
    long size(Path file) throws IOException;

    /** Cuts a file. */
    void truncate(Path file, long size) throws IOException;

    /** Gives a file another name, in place of one that has it. */
    void rename(Path from, Path to) throws IOException;

    /** Removes a file if it is there. */
    void delete(Path file) throws IOException;

    /** Makes a folder unless it is there. */
    void createFolder(Path folder) throws IOException;

    /** Makes the names of the files in a folder last. */
    void syncFolder(Path folder) throws IOException;
}

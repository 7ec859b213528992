// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist;

import dev.sigrun.kernel.snapshot.SnapshotSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A snapshot on its way to the disk: under another name until all of it is there and synced.
 * Confined to the thread that writes the snapshot.
 */
public final class RdbFile implements SnapshotSink {
    private static final Logger LOG = LoggerFactory.getLogger(RdbFile.class);

    /** So much is written between two syncs, so that the last one does not have to write it all. */
    private static final long SYNC_BYTES = 4 << 20;

    private final Path target;
    private final Path temporary;
    private final boolean syncsOften;
    private FileChannel channel;
    private long unsynced;

    /**
     * Makes one whose file is not there yet.
     *
     * @param target the name that the file takes when it is complete
     * @param temporaryName the name in the same folder until then
     * @param syncsOften what {@code rdb-save-incremental-fsync} says
     */
    public RdbFile(Path target, String temporaryName, boolean syncsOften) {
        this.target = target;
        this.temporary = target.resolveSibling(temporaryName);
        this.syncsOften = syncsOften;
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
        open();
        ByteBuffer bytes = ByteBuffer.wrap(content, offset, length);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            unsynced += length;
            if (syncsOften && unsynced >= SYNC_BYTES) {
                unsynced = 0;
                channel.force(false);
            }
        } catch (IOException e) {
            LOG.warn("Write error while saving DB to the disk(write): {}", e.getMessage());
            throw e;
        }
    }

    private void open() throws IOException {
        if (channel != null) {
            return;
        }
        try {
            channel =
                    FileChannel.open(
                            temporary,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            LOG.warn(
                    "Failed opening the temp RDB file {} (in server root dir {}) for saving: {}",
                    temporary.getFileName(),
                    temporary.getParent(),
                    e.getMessage());
            throw e;
        }
    }

    @Override
    public void finish() throws IOException {
        open();
        try {
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            LOG.warn("Write error while saving DB to the disk(fsync): {}", e.getMessage());
            discard();
            throw e;
        }
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn(
                    "Error moving temp DB file {} on the final destination {} (in server root dir"
                            + " {}): {}",
                    temporary.getFileName(),
                    target.getFileName(),
                    target.getParent(),
                    e.getMessage());
            discard();
            throw e;
        }
        syncFolder();
    }

    private void syncFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            LOG.warn("Failed to fsync directory while saving DB: {}", e.getMessage());
            throw e;
        }
    }

    @Override
    public void abort() {
        discard();
    }

    private void discard() {
        try {
            if (channel != null) {
                channel.close();
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            LOG.warn("The file {} is left behind: {}", temporary, e.getMessage());
        }
    }
}

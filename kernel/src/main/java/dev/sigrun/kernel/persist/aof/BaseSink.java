// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.snapshot.SnapshotSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Writes a base to a file that is not yet one of the append-only file's. One thread at a time. */
final class BaseSink implements SnapshotSink {
    /** Synced piece by piece, so that the last sync has little to do. */
    private static final int SYNC_BYTES = 4 << 20;

    private final AofFolder folder;
    private final boolean syncsInParts;
    private final boolean asRdb;
    private final byte[] head;
    private final Path path;
    private Disk.Appending file;
    private long bytes;
    private int unsynced;

    /**
     * Makes one that has not opened the file.
     *
     * @param asRdb whether the snapshot stays what it is, and does not become commands
     * @param head what stands before the commands
     */
    BaseSink(AofFolder folder, boolean syncsInParts, boolean asRdb, byte[] head) {
        this.folder = folder;
        this.syncsInParts = syncsInParts;
        this.asRdb = asRdb;
        this.head = head;
        this.path = asRdb ? folder.temporaryBase() : folder.temporarySnapshot();
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
        if (file == null) {
            folder.create();
            file = folder.open(path, true);
        }
        ByteBuffer part = ByteBuffer.wrap(content, offset, length);
        while (part.hasRemaining()) {
            int written = file.write(part);
            bytes += written;
            unsynced += written;
        }
        if (syncsInParts && asRdb && unsynced >= SYNC_BYTES) {
            unsynced = 0;
            file.sync();
        }
    }

    @Override
    public void finish() throws IOException {
        if (asRdb) {
            file.sync();
        }
        file.close();
        if (!asRdb) {
            convert();
        }
    }

    private void convert() throws IOException {
        Path target = folder.temporaryBase();
        try (SnapshotBytes snapshot = new SnapshotBytes(folder.disk().read(path));
                Disk.Appending base = folder.open(target, true)) {
            bytes = new CommandBase(snapshot, base).write(head);
            base.sync();
        } catch (IOException | RuntimeException e) {
            folder.remove(target);
            throw e;
        } finally {
            folder.remove(path);
        }
    }

    @Override
    public void abort() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                // It goes anyhow.
                bytes = 0;
            }
            folder.remove(path);
        }
    }

    /** How long the base is. */
    long bytes() {
        return bytes;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.base.Background;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file into which data is received. It has a name of its own until all of it is on the disk, and
 * is deleted when that never comes to be. The owner adds and never waits; another thread writes.
 */
final class ReceivedFile {
    private static final Logger LOG = LoggerFactory.getLogger(ReceivedFile.class);

    /** Synced in steps of this size, since doing it all in the end would take long. */
    private static final long SYNC_BYTES = 8L << 20;

    private final Path temporary;
    private final Path target;
    private final Consumer<String> done;
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private long pendingBytes;
    private boolean ended;
    private boolean abandoned;

    /**
     * Begins one.
     *
     * @param temporary its name meanwhile
     * @param target its name in the end, in the same folder
     * @param done hears, on the thread that writes, that all is on the disk under that name (null)
     *     or why it is not; not once the file is abandoned
     */
    ReceivedFile(Path temporary, Path target, Background background, Consumer<String> done) {
        this.temporary = temporary;
        this.target = target;
        this.done = done;
        background.run("sync-receive", this::write);
    }

    /** Adds bytes, which must not change any more. Owner. */
    synchronized void add(byte[] content) {
        pieces.add(content);
        pendingBytes += content.length;
        notifyAll();
    }

    /** No more comes. Owner. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** The file is of no use. Owner. */
    synchronized void abandon() {
        abandoned = true;
        pieces.clear();
        notifyAll();
    }

    /** Bytes that are not written yet. Any thread. */
    synchronized long pendingBytes() {
        return pendingBytes;
    }

    /** The next piece; null at the end. */
    private synchronized byte[] next() throws InterruptedException {
        while (pieces.isEmpty() && !ended && !abandoned) {
            wait();
        }
        return abandoned ? null : pieces.poll();
    }

    private synchronized void written(int bytes) {
        pendingBytes -= bytes;
    }

    private synchronized boolean isAbandoned() {
        return abandoned;
    }

    /** On a thread of its own. */
    private void write() {
        String failure = receive();
        if (failure == null && !isAbandoned()) {
            failure = rename();
        }
        if (failure != null || isAbandoned()) {
            delete(temporary);
        }
        if (!isAbandoned()) {
            done.accept(failure);
        }
    }

    /** Writes all that comes; says why that failed, or null. */
    private String receive() {
        boolean isWritten = false;
        try (FileChannel file =
                FileChannel.open(
                        temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeAll(file);
            isWritten = true;
            if (!isAbandoned()) {
                file.force(true);
            }
            return null;
        } catch (IOException e) {
            String step =
                    isWritten
                            ? "Failed trying to sync the temp DB to disk in"
                            : "Write error or short write writing to the DB dump file needed for";
            return step + " PRIMARY <-> REPLICA synchronization: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private void writeAll(FileChannel file) throws IOException, InterruptedException {
        long unsynced = 0;
        for (byte[] piece = next(); piece != null; piece = next()) {
            ByteBuffer buffer = ByteBuffer.wrap(piece);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            written(piece.length);
            unsynced += piece.length;
            if (unsynced >= SYNC_BYTES) {
                file.force(false);
                unsynced = 0;
            }
        }
    }

    private String rename() {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            return "Failed trying to rename the temp DB into "
                    + target.getFileName()
                    + " in PRIMARY <-> REPLICA synchronization: "
                    + e.getMessage();
        }
        try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent())) {
            folder.force(true);
        } catch (IOException e) {
            return "Failed trying to sync DB directory "
                    + target.getFileName()
                    + " in PRIMARY <-> REPLICA synchronization: "
                    + e.getMessage();
        }
        return null;
    }

    /** Deletes a file, if it is there. Not on the owner. */
    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted: {}", file, e.getMessage());
        }
    }
}

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
 * A file into which data is received. It has a name of its own until somebody finds that it is
 * good, so that nothing else can be taken for it or it for something else, and is deleted when that
 * never comes to be. The owner adds and never waits; other threads write.
 */
final class ReceivedFile {
    private static final Logger LOG = LoggerFactory.getLogger(ReceivedFile.class);

    /** Synced in steps of this size, since doing it all in the end would take long. */
    private static final long SYNC_BYTES = 8L << 20;

    private final Path temporary;
    private final Background background;
    private final Consumer<String> done;
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private long pendingBytes;
    private boolean ended;
    private boolean abandoned;

    /**
     * Begins one.
     *
     * @param temporary its name
     * @param done hears, on the thread that writes, that all is on the disk (null) or why it is
     *     not; not once the file is abandoned
     */
    ReceivedFile(Path temporary, Background background, Consumer<String> done) {
        this.temporary = temporary;
        this.background = background;
        this.done = done;
        background.run("sync-receive", this::write);
    }

    /** Where it is. */
    Path path() {
        return temporary;
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

    /** Whether a file can take a name: there is no folder that has it. Any thread. */
    static boolean isFree(Path target) {
        return !Files.isDirectory(target);
    }

    /** Gives the file its last name, in the same folder, in place of one that has it. Owner. */
    void keep(Path target) {
        background.run("sync-keep", () -> rename(target));
    }

    /** Nobody needs the file any more that was received. Owner. */
    void remove() {
        background.run("sync-remove", () -> delete(temporary));
    }

    private void rename(Path target) {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn(
                    "Failed trying to rename the temp DB into {} in PRIMARY <-> REPLICA"
                            + " synchronization: {}",
                    target.getFileName(),
                    e.getMessage());
            delete(temporary);
            return;
        }
        try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent())) {
            folder.force(true);
        } catch (IOException e) {
            LOG.warn(
                    "Failed trying to sync DB directory {} in PRIMARY <-> REPLICA synchronization:"
                            + " {}",
                    target.getFileName(),
                    e.getMessage());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted: {}", file, e.getMessage());
        }
    }
}

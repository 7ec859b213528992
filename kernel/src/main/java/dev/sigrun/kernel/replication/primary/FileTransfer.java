// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import dev.sigrun.kernel.loop.Owner;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the file of a snapshot to several replicas: its length first, then its bytes. A thread of
 * its own reads and waits while a replica has not taken what came before; all the rest is the
 * owner's.
 */
final class FileTransfer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FileTransfer.class);
    private static final int PIECE_BYTES = 64 * 1024;

    /** Pieces that may wait for the slowest replica. */
    private static final int PIECES_MAX = 8;

    private final Owner owner;
    private final List<Replica> replicas;
    private final Path file;
    private final BiConsumer<FileTransfer, String> done;
    private final Semaphore room = new Semaphore(PIECES_MAX);
    private volatile boolean isAbandoned;

    /**
     * Prepares a transfer.
     *
     * @param done hears on the owner that everything is on its way, or what has failed
     */
    FileTransfer(
            Owner owner, List<Replica> replicas, Path file, BiConsumer<FileTransfer, String> done) {
        this.owner = owner;
        this.replicas = new ArrayList<>(replicas);
        this.file = file;
        this.done = done;
    }

    /** Who gets it. On the owner. */
    List<Replica> replicas() {
        return replicas;
    }

    /** A replica has gone. On the owner. */
    void left(Replica replica) {
        isAbandoned |= replicas.remove(replica) && replicas.isEmpty();
    }

    /** Removes a file that was only there to be brought to replicas. Not on the owner. */
    static void remove(Path unused) {
        try {
            if (Files.deleteIfExists(unused)) {
                LOG.info(
                        "Removing the RDB file used to feed replicas in a persistence-less"
                                + " instance");
            }
        } catch (IOException e) {
            LOG.warn("The RDB file used to feed replicas cannot be removed", e);
        }
    }

    @Override
    public void run() {
        String failure = null;
        // Another file may take its name meanwhile, so the size is asked of what was opened.
        try (FileChannel channel = FileChannel.open(file);
                InputStream in = Channels.newInputStream(channel)) {
            long left = channel.size();
            long length = left;
            owner.execute(() -> replicas.forEach(each -> each.send("$" + length + "\r\n")));
            while (left > 0 && !isAbandoned) {
                byte[] content = in.readNBytes((int) Math.min(left, PIECE_BYTES));
                if (content.length == 0) {
                    throw new EOFException("premature EOF");
                }
                left -= content.length;
                room.acquire();
                owner.execute(() -> send(content));
            }
        } catch (IOException e) {
            failure = e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = e.toString();
        }
        String told = failure;
        owner.execute(() -> done.accept(this, told));
    }

    private void send(byte[] content) {
        if (replicas.isEmpty()) {
            room.release();
            return;
        }
        Piece shared = new Piece(content, replicas.size(), room::release);
        for (Replica replica : List.copyOf(replicas)) {
            replica.send(shared);
        }
    }
}

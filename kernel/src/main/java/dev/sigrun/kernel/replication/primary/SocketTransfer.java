// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.snapshot.SnapshotSink;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Brings a snapshot to several replicas while it is written. Nobody knows its length before, so a
 * random mark stands in front of it and behind it. The thread that writes waits while a replica has
 * not taken what came before; all the rest is the owner's.
 */
final class SocketTransfer implements SnapshotSink {
    /** Bytes that are handed over at a time. */
    private static final int PIECE_BYTES = 64 * 1024;

    /** Pieces that may wait for the slowest replica. */
    private static final int PIECES_MAX = 8;

    private final Owner owner;
    private final List<Replica> replicas;
    private final byte[] mark;
    private final Semaphore room = new Semaphore(PIECES_MAX);
    private byte[] piece = new byte[PIECE_BYTES];
    private int used;
    private volatile boolean isAbandoned;

    /**
     * Prepares a transfer.
     *
     * @param replicas who gets the snapshot
     * @param mark forty characters that come by chance in no snapshot
     */
    SocketTransfer(Owner owner, List<Replica> replicas, String mark) {
        this.owner = owner;
        this.replicas = new ArrayList<>(replicas);
        this.mark = mark.getBytes(StandardCharsets.US_ASCII);
    }

    /** Announces the snapshot. On the owner. */
    void begin() {
        String text = new String(mark, StandardCharsets.US_ASCII);
        for (Replica replica : replicas) {
            replica.send("$EOF:" + text + "\r\n");
        }
    }

    /** Who still gets it. On the owner. */
    List<Replica> replicas() {
        return replicas;
    }

    /**
     * A replica has gone. On the owner.
     *
     * @return whether it was one of these and the last one
     */
    boolean left(Replica replica) {
        boolean isLast = replicas.remove(replica) && replicas.isEmpty();
        isAbandoned |= isLast;
        return isLast;
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            int part = Math.min(left, PIECE_BYTES - used);
            System.arraycopy(content, from, piece, used, part);
            used += part;
            from += part;
            left -= part;
            if (used == PIECE_BYTES) {
                handOver();
            }
        }
    }

    private void handOver() throws IOException {
        byte[] full = used == PIECE_BYTES ? piece : Arrays.copyOf(piece, used);
        piece = new byte[PIECE_BYTES];
        used = 0;
        acquire(1);
        owner.execute(() -> send(full));
    }

    private void acquire(int permits) throws IOException {
        try {
            room.acquire(permits);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while replicas take a snapshot");
        }
        if (isAbandoned) {
            room.release(permits);
            throw new IOException("no replica is left");
        }
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

    @Override
    public void finish() throws IOException {
        write(mark, 0, mark.length);
        if (used > 0) {
            handOver();
        }
        // All of it has been taken when there is room for everything again.
        acquire(PIECES_MAX);
    }

    @Override
    public void abort() {
        piece = null;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.memory.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An input whose bytes arrive over time. What is fed is copied and never refused; whoever feeds
 * looks at {@link #pendingBytes} and stops for a while when that is much. Any thread.
 */
public final class LoadStream implements LoadSource {
    private final long bytesTotal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private int headUsed;
    private long pendingBytes;
    private boolean ended;
    private String failure;

    LoadStream(long bytesTotal) {
        this.bytesTotal = bytesTotal;
    }

    long bytesTotal() {
        return bytesTotal;
    }

    /** Adds bytes. */
    public void feed(byte[] content, int offset, int length) {
        byte[] piece = new byte[length];
        System.arraycopy(content, offset, piece, 0, length);
        add(piece);
    }

    /** Adds bytes from off the heap. */
    public void feed(long address, int length) {
        byte[] piece = new byte[length];
        Memory.copy(address, piece, 0, length);
        add(piece);
    }

    private void add(byte[] piece) {
        if (piece.length == 0) {
            return;
        }
        lock.lock();
        try {
            pieces.add(piece);
            pendingBytes += piece.length;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Says that no more comes. An input that is not complete then is refused. */
    public void end() {
        finish(null);
    }

    /** Says that no more comes because something went wrong. */
    public void fail(String reason) {
        finish(reason);
    }

    private void finish(String reason) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                failure = reason;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that were fed and have not been read. */
    public long pendingBytes() {
        lock.lock();
        try {
            return pendingBytes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The bytes that were fed after the end of the data, once {@code done} has heard of it; each is
     * handed out once.
     */
    public byte[] takeRest() {
        lock.lock();
        try {
            byte[] rest = new byte[Math.toIntExact(pendingBytes)];
            int at = 0;
            while (!pieces.isEmpty()) {
                byte[] head = pieces.element();
                int count = head.length - headUsed;
                System.arraycopy(head, headUsed, rest, at, count);
                took(head, count);
                at += count;
            }
            return rest;
        } finally {
            lock.unlock();
        }
    }

    /** Puts bytes back that were read too far, before all others. */
    void giveBack(byte[] piece) {
        if (piece.length == 0) {
            return;
        }
        lock.lock();
        try {
            if (headUsed > 0) {
                byte[] head = pieces.remove();
                byte[] left = new byte[head.length - headUsed];
                System.arraycopy(head, headUsed, left, 0, left.length);
                pieces.addFirst(left);
                headUsed = 0;
            }
            pieces.addFirst(piece);
            pendingBytes += piece.length;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for bytes and takes some.
     *
     * @return how many; -1 at the end
     * @throws IOException when the feeder said that something went wrong
     */
    int read(ByteBuffer into) throws IOException, InterruptedException {
        lock.lock();
        try {
            while (pieces.isEmpty() && !ended) {
                changed.await();
            }
            if (failure != null) {
                throw new IOException(failure);
            }
            if (pieces.isEmpty()) {
                return -1;
            }
            byte[] head = pieces.element();
            int count = Math.min(into.remaining(), head.length - headUsed);
            into.put(head, headUsed, count);
            took(head, count);
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void took(byte[] head, int count) {
        headUsed += count;
        pendingBytes -= count;
        if (headUsed == head.length) {
            pieces.remove();
            headUsed = 0;
        }
    }
}

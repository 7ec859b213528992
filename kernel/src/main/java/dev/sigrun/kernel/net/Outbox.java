// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.memory.Memory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * What was pushed to a client and cannot be put behind its replies yet, since these are being
 * written or are on another loop. The owner fills it, and whoever has the replies next, owner or
 * loop, empties it. So what was pushed first leaves first, and nothing overtakes a reply. Any
 * thread.
 */
final class Outbox {
    private static final int BYTES_FIRST = 512;

    private final ByteBufAllocator allocator;
    private ByteBuf content;
    private boolean announced;
    private boolean closed;

    Outbox(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * Bytes that wait. Asked at every batch and so without the lock: the owner knows what it has
     * added, and a loop is told of it.
     */
    int bytes() {
        ByteBuf all = content;
        return all == null ? 0 : all.readableBytes();
    }

    /**
     * Adds bytes.
     *
     * @return whether the loop does not know yet that something is here
     */
    synchronized boolean add(long address, int length) {
        if (closed) {
            return false;
        }
        if (content == null) {
            content = allocator.directBuffer(Math.max(length, BYTES_FIRST));
        }
        content.ensureWritable(length);
        int end = content.writerIndex();
        Memory.copy(address, content.memoryAddress() + end, length);
        content.writerIndex(end + length);
        boolean isNews = !announced;
        announced = true;
        return isNews;
    }

    /** Takes everything out; null when nothing is here. The reference goes over. */
    synchronized ByteBuf take() {
        ByteBuf all = content;
        content = null;
        announced = false;
        return all;
    }

    /** Moves everything behind replies. */
    void moveTo(ReplyBuffer reply) {
        ByteBuf all = take();
        if (all != null) {
            reply.encoded(all.memoryAddress(), all.readableBytes());
            all.release();
        }
    }

    /** The connection is over, and takes nothing any more. */
    synchronized void release() {
        closed = true;
        ByteBuf all = take();
        if (all != null) {
            all.release();
        }
    }
}

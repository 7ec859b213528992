// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.wire.ReplySpace;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A buffer that replies are written to before it is handed to the socket. One thread at a time. */
final class Output implements ReplySpace {
    static final int BYTES_FIRST = 64 * 1024;

    /** A buffer that has grown beyond this is not kept. */
    private static final int BYTES_KEPT_MAX = 1 << 20;

    private final ByteBufAllocator allocator;
    private ByteBuf buffer;

    Output(ByteBufAllocator allocator) {
        this.allocator = allocator;
        this.buffer = allocator.directBuffer(BYTES_FIRST);
    }

    @Override
    public long address() {
        return buffer.memoryAddress();
    }

    @Override
    public int capacity() {
        return buffer.capacity();
    }

    @Override
    public void grow(int used, int needed) {
        long wished = Math.max((long) used + needed, buffer.capacity() * 2L);
        int capacity = (int) Math.min(wished, Integer.MAX_VALUE - 64);
        if (capacity - used < needed) {
            throw new IllegalStateException("a single reply may not exceed 2 GiB");
        }
        ByteBuf larger = allocator.directBuffer(capacity);
        buffer.writerIndex(used);
        larger.writeBytes(buffer, 0, used);
        larger.writerIndex(0);
        buffer.release();
        buffer = larger;
    }

    /** The content for one write, which keeps a reference of its own. */
    ByteBuf lend(int used) {
        return buffer.setIndex(0, used).retain();
    }

    /** A copy of just the content, for a connection that already has unsent replies. */
    ByteBuf copy(int used) {
        return allocator.directBuffer(used).writeBytes(buffer, 0, used);
    }

    /** Makes the buffer ready for the next replies, in fresh memory if it is still being sent. */
    void recycle() {
        if (buffer.refCnt() > 1 || buffer.capacity() > BYTES_KEPT_MAX) {
            buffer.release();
            buffer = allocator.directBuffer(BYTES_FIRST);
        } else {
            buffer.clear();
        }
    }

    void release() {
        buffer.release();
    }
}

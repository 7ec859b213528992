// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.read;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes that are all there. */
public final class MemoryFeed implements Feed {
    private final ByteBuffer content;
    private volatile boolean stopped;

    public MemoryFeed(byte[] content) {
        this.content = ByteBuffer.wrap(content);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (stopped) {
            throw new IOException("The reading was stopped.");
        }
        int count = Math.min(into.remaining(), content.remaining());
        if (count == 0) {
            return -1;
        }
        into.put(content.slice(content.position(), count));
        content.position(content.position() + count);
        return count;
    }

    @Override
    public long bytesTotal() {
        return content.capacity();
    }

    @Override
    public void giveBack(ByteBuffer rest) {}

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void close() {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.load.read.Feed;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes that arrive over time. */
final class StreamFeed implements Feed {
    private final LoadStream stream;

    StreamFeed(LoadStream stream) {
        this.stream = stream;
    }

    @Override
    public int read(ByteBuffer into) throws IOException, InterruptedException {
        return stream.read(into);
    }

    @Override
    public boolean wouldWait() {
        return stream.pendingBytes() == 0;
    }

    @Override
    public long bytesTotal() {
        return stream.bytesTotal();
    }

    @Override
    public void giveBack(ByteBuffer rest) {
        byte[] piece = new byte[rest.remaining()];
        rest.get(piece);
        stream.giveBack(piece);
    }

    @Override
    public void stop() {
        stream.fail("The reading was stopped.");
    }

    @Override
    public void close() {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a file. */
public final class FileFeed implements Feed {
    private final FileChannel channel;
    private final long bytesTotal;
    private volatile boolean stopped;

    public FileFeed(Path path) throws IOException {
        channel = FileChannel.open(path, StandardOpenOption.READ);
        bytesTotal = channel.size();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (stopped) {
            throw new IOException("The reading of the file was stopped.");
        }
        return channel.read(into);
    }

    @Override
    public long bytesTotal() {
        return bytesTotal;
    }

    /** Whoever goes on behind the data opens the file anew. */
    @Override
    public void giveBack(ByteBuffer rest) {}

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

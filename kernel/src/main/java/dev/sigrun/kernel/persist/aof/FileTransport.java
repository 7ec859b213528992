// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.command.Transport;
import dev.sigrun.kernel.wire.ReplyBuffer;

/** Behind the session whose commands come from a file nobody listens. Owner thread only. */
enum FileTransport implements Transport {
    /** The only one. */
    INSTANCE;

    @Override
    public String remoteAddress() {
        return "?:0";
    }

    @Override
    public String localAddress() {
        return "?:0";
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public int descriptor() {
        return -1;
    }

    @Override
    public void close() {
        // There is nothing to close.
    }

    @Override
    public void beginAnswer() {
        throw new IllegalStateException("a command from a file does not wait");
    }

    @Override
    public void endAnswer() {
        throw new IllegalStateException("a command from a file does not wait");
    }

    @Override
    public void push(long address, int length) {
        // Nobody hears it.
    }

    @Override
    public void takePushes(ReplyBuffer reply) {
        // There are none.
    }

    @Override
    public void resume() {
        throw new IllegalStateException("a command from a file does not wait");
    }

    @Override
    public long queryBytes() {
        return 0;
    }

    @Override
    public long queryBytesFree() {
        return 0;
    }

    @Override
    public long outputBytes() {
        return 0;
    }

    @Override
    public long memoryBytes() {
        return 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.wire.ReplyBuffer;

/**
 * The connection behind the session in which scripts call commands: that of the client who runs the
 * script, as far as it is asked who that is. Nothing is ever sent over it. Owner thread only.
 */
final class CallerTransport implements Transport {
    private Transport caller;

    /** Says who runs a script. */
    void caller(Transport transport) {
        caller = transport;
    }

    @Override
    public String remoteAddress() {
        return caller.remoteAddress();
    }

    @Override
    public String localAddress() {
        return caller.localAddress();
    }

    @Override
    public boolean isLocal() {
        return caller.isLocal();
    }

    @Override
    public int descriptor() {
        return caller.descriptor();
    }

    @Override
    public void close() {
        caller.close();
    }

    @Override
    public void beginAnswer() {
        throw new IllegalStateException("a script does not wait");
    }

    @Override
    public void endAnswer() {
        throw new IllegalStateException("a script does not wait");
    }

    @Override
    public void push(long address, int length) {
        caller.push(address, length);
    }

    @Override
    public void takePushes(ReplyBuffer reply) {
        throw new IllegalStateException("a script has no reply to write behind");
    }

    @Override
    public void resume() {
        throw new IllegalStateException("a script does not wait");
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

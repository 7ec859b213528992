// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.base.Link;
import dev.sigrun.kernel.command.Transport;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.kernel.wire.ScratchSpace;

/**
 * The connection behind the session in which a primary's commands run. A primary hears no replies.
 * Owner thread only.
 */
final class PrimaryTransport implements Transport {
    private final Link link;
    private final ReplyBuffer reply;
    private final ScratchSpace unheard = new ScratchSpace();
    private AppliedStream stream;

    PrimaryTransport(Link link, ReplyBuffer reply) {
        this.link = link;
        this.reply = reply;
    }

    /** Says whose connection it is; once. */
    void stream(AppliedStream applied) {
        stream = applied;
    }

    void free() {
        unheard.free();
    }

    @Override
    public String remoteAddress() {
        return link.remoteAddress();
    }

    @Override
    public String localAddress() {
        return link.localAddress();
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public int descriptor() {
        return -1;
    }

    @Override
    public void close() {
        stream.killed();
    }

    @Override
    public void beginAnswer() {
        reply.wrap(unheard, 0);
    }

    @Override
    public void endAnswer() {
        unheard.trim();
    }

    @Override
    public void push(long address, int length) {
        // A primary has subscribed to nothing.
    }

    @Override
    public void takePushes(ReplyBuffer ignored) {
        // There are none.
    }

    @Override
    public void resume() {
        stream.runLater();
    }

    @Override
    public long queryBytes() {
        return stream == null ? 0 : stream.waitingBytes();
    }

    @Override
    public long queryBytesFree() {
        return 0;
    }

    @Override
    public long outputBytes() {
        return link.pendingBytes();
    }

    @Override
    public long memoryBytes() {
        return queryBytes() + outputBytes();
    }
}

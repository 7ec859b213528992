// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.replication.Upstream;

/** The link to a primary as {@code INFO} and {@code ROLE} show it. Owner thread only. */
final class UpstreamView implements Upstream {
    private final Follower follower;
    private final Clock clock;

    UpstreamView(Follower follower, Clock clock) {
        this.follower = follower;
        this.clock = clock;
    }

    @Override
    public String host() {
        return follower.host();
    }

    @Override
    public int port() {
        return follower.port();
    }

    @Override
    public String state() {
        return follower.state().text();
    }

    @Override
    public boolean isUp() {
        return follower.state() == LinkState.CONNECTED;
    }

    @Override
    public long lastIoSeconds() {
        AppliedStream stream = follower.stream();
        return stream == null ? -1 : seconds(stream.lastIoMillis());
    }

    private long seconds(long sinceMillis) {
        return clock.unixMillis() / 1000 - sinceMillis / 1000;
    }

    @Override
    public long downSeconds() {
        long since = follower.downSinceMillis();
        return since == 0 ? -1 : seconds(since);
    }

    @Override
    public boolean isSyncing() {
        return follower.state() == LinkState.TRANSFER;
    }

    @Override
    public long syncTotalBytes() {
        FullSync sync = follower.sync();
        return sync == null ? 0 : sync.totalBytes();
    }

    @Override
    public long syncReadBytes() {
        FullSync sync = follower.sync();
        return sync == null ? 0 : sync.readBytes();
    }

    @Override
    public long syncLastIoSeconds() {
        return seconds(follower.lastTransferMillis());
    }

    @Override
    public long readOffset() {
        AppliedStream stream = follower.stream();
        return stream == null ? offset() : offset() + stream.waitingBytes();
    }

    @Override
    public long offset() {
        return follower.offset();
    }

    @Override
    public int db() {
        return follower.db();
    }

    @Override
    public long pendingBytes() {
        return follower.keptBytes();
    }

    @Override
    public long pendingBytesMax() {
        return follower.keptBytesMax();
    }

    @Override
    public void acknowledge() {
        follower.acknowledge();
    }

    @Override
    public void takeOver() {
        follower.lead();
    }
}

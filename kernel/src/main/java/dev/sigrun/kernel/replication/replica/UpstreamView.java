// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.replication.Upstream;

/** The link to a primary as {@code INFO} and {@code ROLE} show it. Owner thread only. */
final class UpstreamView implements Upstream {
    private final Follower follower;
    private final PrimaryLink link;
    private final Clock clock;

    UpstreamView(Follower follower, PrimaryLink link, Clock clock) {
        this.follower = follower;
        this.link = link;
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
        return link.state().text();
    }

    @Override
    public boolean isUp() {
        return link.state() == LinkState.CONNECTED;
    }

    @Override
    public long lastIoSeconds() {
        AppliedStream stream = link.stream();
        return stream == null ? -1 : seconds(stream.lastIoMillis());
    }

    private long seconds(long sinceMillis) {
        return clock.unixMillis() / 1000 - sinceMillis / 1000;
    }

    @Override
    public long downSeconds() {
        long since = link.downSinceMillis();
        return since == 0 ? -1 : seconds(since);
    }

    @Override
    public boolean isSyncing() {
        return link.state() == LinkState.TRANSFER;
    }

    @Override
    public long syncTotalBytes() {
        FullSync sync = link.resync().sync();
        return sync == null ? 0 : sync.totalBytes();
    }

    @Override
    public long syncReadBytes() {
        FullSync sync = link.resync().sync();
        return sync == null ? 0 : sync.readBytes();
    }

    @Override
    public long syncLastIoSeconds() {
        return seconds(link.lastTransferMillis());
    }

    @Override
    public long readOffset() {
        AppliedStream stream = link.stream();
        return stream == null ? offset() : offset() + stream.waitingBytes();
    }

    @Override
    public long offset() {
        return link.offset();
    }

    @Override
    public int db() {
        return link.db();
    }

    @Override
    public long pendingBytes() {
        return link.resync().keptBytes();
    }

    @Override
    public long pendingBytesMax() {
        return link.resync().keptBytesMax();
    }

    @Override
    public void acknowledge() {
        link.acknowledge();
    }

    @Override
    public void takeOver() {
        follower.lead();
    }
}

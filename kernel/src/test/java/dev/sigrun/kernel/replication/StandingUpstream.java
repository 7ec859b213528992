// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication;

/** A primary of which nothing is heard. */
final class StandingUpstream implements Upstream {
    @Override
    public String host() {
        return "192.0.2.1";
    }

    @Override
    public int port() {
        return 6379;
    }

    @Override
    public String state() {
        return "connect";
    }

    @Override
    public boolean isUp() {
        return false;
    }

    @Override
    public long lastIoSeconds() {
        return -1;
    }

    @Override
    public long downSeconds() {
        return -1;
    }

    @Override
    public boolean isSyncing() {
        return false;
    }

    @Override
    public long syncTotalBytes() {
        return -1;
    }

    @Override
    public long syncReadBytes() {
        return 0;
    }

    @Override
    public long syncLastIoSeconds() {
        return 0;
    }

    @Override
    public long readOffset() {
        return 0;
    }

    @Override
    public long offset() {
        return 0;
    }

    @Override
    public long pendingBytes() {
        return 0;
    }

    @Override
    public void acknowledge() {}

    @Override
    public int db() {
        return -1;
    }

    @Override
    public void takeOver() {}

    @Override
    public long pendingBytesMax() {
        return 0;
    }
}

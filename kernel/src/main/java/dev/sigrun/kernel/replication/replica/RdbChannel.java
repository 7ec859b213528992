// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.base.Link;
import dev.sigrun.kernel.base.Links;
import dev.sigrun.spi.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The second connection to a primary, over which nothing but data comes. Owner thread only. */
final class RdbChannel implements Link.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(RdbChannel.class);

    private final DualChannel dual;
    private final RdbHandshake handshake;
    private final LineReader lines = new LineReader();
    private Link link;
    private FullSync sync;
    private boolean gone;

    RdbChannel(DualChannel dual, Introduction introduction) {
        this.dual = dual;
        this.handshake = new RdbHandshake(introduction, this::send);
    }

    void open(Links links, String host, int port, int timeoutMillis) {
        link = links.open(host, port, timeoutMillis, this);
    }

    Link link() {
        return link;
    }

    private void send(byte[] content) {
        link.send(content);
    }

    /** What comes next is data. */
    void take(FullSync takes) {
        sync = takes;
    }

    /** Closes at once; nothing is heard any more. */
    void close() {
        gone = true;
        link.close();
    }

    @Override
    public void connected() {
        handshake.begin();
    }

    @Override
    public void received(Bytes content) {
        dual.received(content.length());
        int at = 0;
        while (at < content.length() && !gone) {
            at = take(content, at);
        }
    }

    private int take(Bytes content, int from) {
        if (sync != null) {
            // Behind the data there is nothing to come.
            return sync.isReceived() ? content.length() : sync.take(content, from);
        }
        int next = lines.take(content, from);
        if (lines.isTooLong()) {
            lost("a line has no end");
        } else if (lines.isComplete()) {
            if (!handshake.line(lines.line())) {
                lost("the primary has refused");
            } else if (handshake.end() != null) {
                dual.begins(handshake.end());
            }
        }
        return next;
    }

    private void lost(String reason) {
        link.close();
        closed(reason);
    }

    @Override
    public void closed(String reason) {
        if (gone) {
            return;
        }
        gone = true;
        if (sync == null) {
            LOG.warn("Dual channel sync failed with error {}", reason);
        }
        dual.lost();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.base.Link;
import dev.sigrun.kernel.base.Links;
import dev.sigrun.spi.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to a primary that the stream comes over, and what comes before it: lines, then
 * perhaps data, then the stream. Owner thread only.
 */
final class MainChannel implements Link.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(MainChannel.class);

    private static final long BEHIND_DATA_BYTES_MAX = 1 << 20;

    private final PrimaryLink primary;
    private final Handshake handshake;
    private final LineReader lines = new LineReader();
    private Link link;
    private FullSync sync;
    private StreamBuffer buffer;
    private long bufferBytesMax;
    private boolean full;
    private AppliedStream stream;
    private boolean held;
    private boolean gone;

    MainChannel(PrimaryLink primary, Introduction introduction) {
        this.primary = primary;
        this.handshake = new Handshake(introduction, primary.resync()::psync, this::send);
    }

    void open(Links links, String host, int port, int timeoutMillis) {
        link = links.open(host, port, timeoutMillis, this);
    }

    Link link() {
        return link;
    }

    /** Whether the connection has ended by itself. */
    boolean isGone() {
        return gone;
    }

    void send(byte[] content) {
        link.send(content);
    }

    /** Nothing is to come before the other connection is ready. */
    void hold() {
        held = true;
    }

    /** The other connection brings data: the stream behind it is wanted here. */
    void goOn(String rdbClientId) {
        held = false;
        handshake.beginAgain(rdbClientId);
    }

    /** What comes next is data, and behind it the stream, of which little is kept meanwhile. */
    void take(FullSync takes, StreamBuffer keeps) {
        sync = takes;
        buffer = keeps;
        bufferBytesMax = BEHIND_DATA_BYTES_MAX;
    }

    /**
     * What comes next is the stream, and is kept.
     *
     * @param bytesMax how much at most, after which it stays with the primary; 0 for any
     */
    void take(StreamBuffer keeps, long bytesMax) {
        buffer = keeps;
        bufferBytesMax = bytesMax;
    }

    /** What comes next is the stream, and is executed. */
    void take(AppliedStream applies) {
        stream = applies;
        sync = null;
        if (full) {
            full = false;
            link.reading(true);
        }
    }

    /** Closes at once; nothing is heard any more. */
    void close() {
        gone = true;
        link.close();
    }

    @Override
    public void connected() {
        primary.connected();
        handshake.begin();
    }

    @Override
    public void received(Bytes content) {
        primary.received(content.length());
        int at = 0;
        while (at < content.length() && !gone) {
            at = take(content, at);
        }
    }

    private int take(Bytes content, int from) {
        if (stream != null) {
            stream.take(content, from);
            return content.length();
        }
        if (sync != null && !sync.isReceived()) {
            return sync.take(content, from);
        }
        if (buffer != null) {
            keep(content, from);
            return content.length();
        }
        int next = lines.take(content, from);
        if (lines.isTooLong()) {
            lost("a line has no end");
        } else if (lines.isComplete()) {
            line(lines.line());
        }
        return next;
    }

    private void line(String line) {
        if (held) {
            if (!line.isEmpty()) {
                lost("it spoke unasked");
            }
            return;
        }
        if (!handshake.line(line)) {
            lost(null);
        } else if (handshake.reply() != null) {
            primary.resync().answered(handshake.reply());
        }
    }

    private void keep(Bytes content, int from) {
        buffer.add(content, from);
        boolean isTooMuch = bufferBytesMax > 0 && buffer.bytes() > bufferBytesMax;
        if (isTooMuch && !full) {
            full = true;
            if (sync == null) {
                LOG.info(
                        "Dual channel replication: Replication buffer limit reached ({} bytes),"
                                + " stopping buffering. Further accumulation will occur on primary"
                                + " side.",
                        bufferBytesMax);
            }
            link.reading(false);
        }
    }

    private void lost(String reason) {
        link.close();
        closed(reason);
    }

    @Override
    public void closed(String reason) {
        if (!gone) {
            gone = true;
            primary.mainLost(reason);
        }
    }
}

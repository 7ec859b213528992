// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.survey;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.load.read.Feed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Bytes of another feed, with a line on a terminal that says how far the reading is. */
public final class ProgressFeed implements Feed {
    private static final long PAUSE_NANOS = 200_000_000;
    private static final int BAR_WIDTH = 30;
    private static final double MEBIBYTE = 1 << 20;

    private final Feed source;
    private final Clock clock;
    private final PrintStream terminal;
    private final long beginNanos;
    private long shownNanos;
    private long done;

    /** Shows how far the reading of a feed is. */
    public ProgressFeed(Feed source, Clock clock, PrintStream terminal) {
        this.source = source;
        this.clock = clock;
        this.terminal = terminal;
        this.beginNanos = clock.nanos();
        this.shownNanos = beginNanos;
    }

    @Override
    public int read(ByteBuffer into) throws IOException, InterruptedException {
        int count = source.read(into);
        done += Math.max(count, 0);
        long now = clock.nanos();
        if (now - shownNanos >= PAUSE_NANOS) {
            shownNanos = now;
            terminal.print("\r" + line(now - beginNanos));
            terminal.flush();
        }
        return count;
    }

    private String line(long nanos) {
        double share = Math.min(1, (double) done / Math.max(1, bytesTotal()));
        double seconds = nanos / 1e9;
        int filled = (int) (share * BAR_WIDTH);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f %%  %.0f MB/s  %.0f s left ",
                "#".repeat(filled),
                ".".repeat(BAR_WIDTH - filled),
                share * 100,
                done / MEBIBYTE / seconds,
                seconds * (1 - share) / Math.max(share, 1e-9));
    }

    @Override
    public long bytesTotal() {
        return source.bytesTotal();
    }

    @Override
    public void giveBack(ByteBuffer rest) {
        source.giveBack(rest);
    }

    @Override
    public void stop() {
        source.stop();
    }

    /** Wipes the line away. */
    @Override
    public void close() throws IOException {
        if (shownNanos != beginNanos) {
            terminal.print("\r\u001b[K");
            terminal.flush();
        }
        source.close();
    }
}

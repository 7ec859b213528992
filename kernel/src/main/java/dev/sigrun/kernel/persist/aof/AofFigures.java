// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

/**
 * What is known of an append-only file in numbers: its size, its syncs, its rewrites. Owner only.
 */
public final class AofFigures {
    private final AppendBuffer buffer;
    private final AofWriter writer;
    private final AofSync sync;
    private final AofRewrite rewrite;
    private long settledBytes;
    private long settledEnd;
    private long baseBytes;

    AofFigures(AppendBuffer buffer, AofWriter writer, AofSync sync, AofRewrite rewrite) {
        this.buffer = buffer;
        this.writer = writer;
        this.sync = sync;
        this.rewrite = rewrite;
    }

    // ---- what happens to the files ----

    /**
     * The size of the files is known.
     *
     * @param bytes what they have
     * @param end how far the content reached when they had as much
     */
    void settle(long bytes, long end) {
        settledBytes = bytes;
        settledEnd = end;
    }

    /** This is the size from which growth is counted. */
    void base(long bytes) {
        baseBytes = bytes;
    }

    /** Zeroes the counts. */
    public void reset() {
        rewrite.resetCounts();
        sync.resetDelayed();
    }

    // ---- what is asked ----

    /** Bytes of all files that would be loaded. */
    public long currentBytes() {
        return settledBytes + Math.max(writer.writtenEnd() - settledEnd, 0);
    }

    /** Bytes of all files after the last rewrite. */
    public long baseBytes() {
        return baseBytes;
    }

    /** Bytes that have not been written to the file. */
    public long bufferBytes() {
        return buffer.bytes() + writer.waitingBytes();
    }

    /** Syncs that are under way. */
    public int pendingSyncs() {
        return sync.pending();
    }

    /** Syncs that took too long. */
    public long delayedSyncs() {
        return sync.delayed();
    }

    /** Whether a base is being written. */
    public boolean isRewriting() {
        return rewrite.isUnderWay();
    }

    /** Whether a base is to be written as soon as that is possible. */
    public boolean isRewriteScheduled() {
        return rewrite.isScheduled();
    }

    /** Whether the last base could not be written. */
    public boolean hasRewriteFailed() {
        return rewrite.hasLastFailed();
    }

    /** How long the last rewrite took; -1 when there was none. */
    public long lastRewriteSeconds() {
        return rewrite.lastSeconds();
    }

    /** How long the rewrite under way has taken; -1 when there is none. */
    public long currentRewriteSeconds() {
        return rewrite.currentSeconds();
    }

    /** Rewrites that have begun. */
    public long rewrites() {
        return rewrite.rewrites();
    }

    /** Rewrites in a row that have failed. */
    public long rewriteFailures() {
        return rewrite.limit().failures();
    }

    /** Whether what was last written is in the file, and synced where that was tried. */
    public boolean isWriteOk() {
        return writer.error() == null && sync.error() == null;
    }
}

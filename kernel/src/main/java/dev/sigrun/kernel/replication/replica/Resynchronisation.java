// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.base.Link;
import dev.sigrun.kernel.replication.Replication;
import java.nio.file.Path;
import org.slf4j.Logger;

/**
 * How a replica comes to have what its primary has: by the rest of a stream that it knows, or by
 * all data, over one connection or two. Owner thread only.
 */
final class Resynchronisation {
    private static final Logger LOG = Follower.LOG;

    /** What is less counts as given back at once. */
    private static final long LAZY_BYTES_MIN = 1 << 20;

    /** Where the stream can be continued: what is left of a link that was up. */
    private record Cached(String id, long offset, int db) {}

    private final PrimaryLink link;
    private final Follower follower;
    private final FollowerParts parts;
    private final Replication replication;
    private final Standing standing;
    private DualChannel dual;
    private FullSync sync;
    private StreamBuffer buffer = new StreamBuffer();
    private Cached cached;
    private String primaryId;
    private long primaryOffset;
    private long keptBytesMax;

    Resynchronisation(PrimaryLink link, Follower follower, Standing standing) {
        this.link = link;
        this.follower = follower;
        this.parts = follower.parts();
        this.replication = parts.replication();
        this.standing = standing;
    }

    // ---- what there is to know ----

    /** Whether data and stream come over two connections. */
    boolean isDual() {
        return dual != null;
    }

    /** The taking over of all data; null for none. */
    FullSync sync() {
        return sync;
    }

    /** Offset up to which the stream was executed that can be continued, as it is shown. */
    long offset() {
        return cached == null ? 1 : cached.offset();
    }

    /** The database that that stream has selected; -1 when nobody knows. */
    int db() {
        return cached == null ? -1 : cached.db();
    }

    /** Bytes of the stream that are kept until the data is there. */
    long keptBytes() {
        return buffer.bytes();
    }

    /** The most there ever were of {@link #keptBytes}. */
    long keptBytesMax() {
        return Math.max(keptBytesMax, buffer.bytesMax());
    }

    // ---- going on ----

    /**
     * The stream can be continued.
     *
     * @param db the database that it has selected; -1 when it will say so
     */
    void remember(String id, long offset, int db) {
        cached = new Cached(id, offset, db);
    }

    /** The stream cannot be continued. */
    void forget() {
        if (cached != null) {
            LOG.info("Discarding previously cached primary state.");
            cached = null;
        }
    }

    /** What to ask the primary for. */
    byte[] psync() {
        if (dual != null) {
            return dual.psync();
        }
        boolean takeOver = follower.isHandingOver();
        if (cached != null) {
            LOG.info(
                    "Trying a partial resynchronization (request {}:{}).",
                    cached.id(),
                    cached.offset() + 1);
            return Requests.psync(cached.id(), cached.offset() + 1, takeOver);
        }
        LOG.info("Partial resynchronization not possible (no cached primary)");
        return Requests.psync("?", -1, takeOver);
    }

    // ---- what the primary has answered ----

    /** The primary has answered to {@code PSYNC}. */
    void answered(PsyncReply reply) {
        if (dual != null) {
            dual.answered(reply);
            return;
        }
        if (follower.isHandingOver() && !follower.handsOverTo(reply.kind())) {
            return;
        }
        switch (reply.kind()) {
            case CONTINUE -> goOn(reply);
            case FULL -> takeAll(reply);
            case DUAL_CHANNEL -> {
                link.main().hold();
                dual = new DualChannel(link, standing.introduction());
                dual.open(follower.host(), follower.port(), standing.timeoutMillis());
            }
            case LATER -> {
                LOG.info(
                        "Primary is currently unable to PSYNC but should be in the future: {}",
                        reply.line());
                link.retryLater();
            }
            default -> {
                if (reply.line().startsWith("-ERR")) {
                    LOG.info(
                            "Primary does not support PSYNC or is in error state (reply: {})",
                            reply.line());
                } else {
                    LOG.warn("Unexpected reply to PSYNC from primary: {}", reply.line());
                }
                LOG.info("Retrying with SYNC...");
                link.main().send(Requests.SYNC);
                takeAll(null, -1);
            }
        }
    }

    /** The rest of the stream follows. */
    private void goOn(PsyncReply reply) {
        if (cached == null) {
            LOG.warn("Unexpected reply to PSYNC from primary: {}", reply.line());
            link.retryLater();
            return;
        }
        LOG.info("Successful partial resynchronization with primary.");
        if (reply.id() != null && !reply.id().equals(cached.id())) {
            LOG.info("Primary replication ID changed to {}", reply.id());
            replication.history().shift(reply.id());
            replication.downstream().disconnectAll();
        }
        int db = cached.db();
        cached = null;
        link.acknowledges(true);
        replication.backlog().create();
        up(db);
        LOG.info("PRIMARY <-> REPLICA sync: Primary accepted a Partial Resynchronization.");
    }

    private void takeAll(PsyncReply reply) {
        if (reply.id() == null) {
            LOG.warn("Primary replied with wrong +FULLRESYNC syntax.");
        } else {
            LOG.info("Full resync from primary: {}:{}", reply.id(), reply.offset());
        }
        takeAll(reply.id(), reply.offset());
    }

    /** All data follows over the main connection. */
    private void takeAll(String id, long offset) {
        MainChannel main = link.main();
        main.take(expect(main.link(), id, offset, new MainOutcome()), buffer);
        link.transferring();
    }

    private final class MainOutcome implements FullSync.Outcome {
        @Override
        public void attaching() {
            attach();
        }

        @Override
        public void synced(int streamDb) {
            synchronised(streamDb);
        }

        @Override
        public void failed() {
            link.retryNow();
        }
    }

    /**
     * All data is about to come.
     *
     * @param from the connection that it comes over
     * @param id the history that it stands in; null when the primary does not know such
     * @param offset where it stands; -1 when the primary does not know
     */
    FullSync expect(Link from, String id, long offset, FullSync.Outcome outcome) {
        primaryId = id;
        primaryOffset = offset;
        link.acknowledges(offset >= 0);
        sync = new FullSync(parts, from, replication.history().id().equals(id), outcome);
        return sync;
    }

    /** The stream comes already, and is kept until the data is there. */
    void keepStream() {
        link.main().take(buffer, standing.keptBytesMax());
        link.transferring();
    }

    /** The data is about to be another: nobody can go on from the old. */
    void attach() {
        forget();
        replication.downstream().disconnectAll();
        replication.backlog().free();
        parts.store().ownExpiries().clear();
    }

    /** All data is there. */
    void synchronised(int streamDb) {
        boolean isDual = dual != null;
        Path snapshot = sync.settleFile(parts.server().fileTakesSnapshot());
        sync = null;
        dual = null;
        keptBytesMax = Math.max(keptBytesMax, buffer.bytesMax());
        String id = primaryId == null ? parts.server().newId() : primaryId;
        replication.history().adopt(id, Math.max(primaryOffset, 0));
        replication.backlog().create();
        boolean isLinkGone = link.main().isGone();
        up(streamDb);
        link.acknowledge();
        LOG.info("PRIMARY <-> REPLICA sync: Finished with success");
        if (isDual) {
            DualChannel.caughtUp();
        }
        parts.server().restartFile(snapshot);
        if (isLinkGone) {
            link.streamLost(true);
        }
    }

    private void up(int db) {
        StreamBuffer kept = buffer;
        buffer = new StreamBuffer();
        link.up(db, kept);
    }

    // ---- it comes to nothing ----

    /** The connection of the stream is gone, while that of the data may be there. */
    void mainLost() {
        dual.mainLost();
    }

    /** The connection is gone that data is to come over. */
    void dataLost() {
        if (sync != null && !sync.isReceived()) {
            sync.linkLost();
        }
    }

    /** Gives up what is under way. */
    void abandon() {
        if (dual != null) {
            dual.abort();
            dual = null;
        }
        if (sync != null) {
            sync.stop();
            sync = null;
        }
        if (buffer.bytes() > LAZY_BYTES_MIN) {
            // The heap gives this back by and by, and nobody waits for it.
            parts.store().stats().lazyfreedObjects += buffer.pieces();
        }
        buffer = new StreamBuffer();
    }
}

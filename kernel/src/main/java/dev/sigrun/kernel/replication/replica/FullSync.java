// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.base.Link;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.config.TlsParameters;
import dev.sigrun.kernel.load.LoadSource;
import dev.sigrun.kernel.load.LoadStream;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over all data of a primary: into a file that is loaded then, or straight into memory, in
 * the place of the old data or beside it. Owner thread only.
 */
final class FullSync implements BulkPayload.Taker, SyncLoad.Outcome {
    private static final Logger LOG = LoggerFactory.getLogger(FullSync.class);
    private static final long PENDING_BYTES_MAX = 8L << 20;
    private static final long LOOK_MILLIS = 2;

    /** Hears what comes of it. */
    interface Outcome {
        /** New data takes the place of the old: nobody can continue with that any more. */
        void attaching();

        /**
         * All data is there.
         *
         * @param streamDb the database that the stream has selected; -1 when it will say so
         */
        void synced(int streamDb);

        /** It came to nothing; the log says why. */
        void failed();
    }

    private final FollowerParts parts;
    private final Link link;
    private final Outcome outcome;
    private final BulkPayload payload = new BulkPayload(this);
    private final SyncLoad load;
    private final boolean toFile;
    private ReceivedFile file;
    private LoadStream stream;
    private long lastIoMillis;
    private boolean isWritten;
    private boolean throttled;
    private boolean ended;

    /**
     * Waits for the data.
     *
     * @param link that it comes over
     * @param sameHistory whether the old data is that of the same primary at another time
     */
    FullSync(FollowerParts parts, Link link, boolean sameHistory, Outcome outcome) {
        this.parts = parts;
        this.link = link;
        this.outcome = outcome;
        String how = parts.config().choice(ReplicationParameters.REPL_DISKLESS_LOAD);
        toFile = !isDiskless(parts);
        boolean beside = !toFile && how.equals("swapdb");
        load = new SyncLoad(parts, beside, sameHistory, toFile, this);
        lastIoMillis = parts.clock().unixMillis();
    }

    /** Whether data that came now would go straight into memory. */
    static boolean isDiskless(FollowerParts parts) {
        return switch (parts.config().choice(ReplicationParameters.REPL_DISKLESS_LOAD)) {
            case "disabled" -> false;
            case "on-empty-db" -> isEmpty(parts);
            default -> true;
        };
    }

    /** Whether the connection has sums of its own, so that those of the data are of no use. */
    static boolean needsNoChecksum(FollowerParts parts) {
        return parts.config().booleanValue(TlsParameters.TLS_REPLICATION);
    }

    private static boolean isEmpty(FollowerParts parts) {
        for (int i = 0; i < parts.store().databaseCount(); i++) {
            if (parts.store().database(i).size() > 0) {
                return false;
            }
        }
        return true;
    }

    long totalBytes() {
        return payload.totalBytes();
    }

    long readBytes() {
        return payload.readBytes();
    }

    /** When something came last, in Unix milliseconds. */
    long lastIoMillis() {
        return lastIoMillis;
    }

    /** Whether all bytes have come, so that the link has nothing more to do with it. */
    boolean isReceived() {
        return payload.isComplete();
    }

    /** Whether data is being loaded, so that the primary has to see that this side is alive. */
    boolean isLoading() {
        return load.isUnderWay();
    }

    // ---- receiving ----

    /**
     * Takes bytes up to the end of the data.
     *
     * @return where to go on
     */
    int take(Bytes content, int from) {
        lastIoMillis = parts.clock().unixMillis();
        int next = payload.take(content, from);
        if (ended) {
            return content.length();
        }
        if (payload.isFailed()) {
            LOG.warn("Failed to read sync metadata");
            fail();
            return content.length();
        }
        if (payload.isComplete()) {
            received();
        } else {
            throttle();
        }
        return next;
    }

    @Override
    public void begins(long bytesTotal) {
        String size =
                bytesTotal == 0
                        ? "streamed RDB from primary with EOF"
                        : bytesTotal + " bytes from primary";
        String where = toFile ? "disk" : "parser";
        LOG.info("PRIMARY <-> REPLICA sync: receiving {} to {}", size, where);
        if (toFile) {
            Path folder = parts.config().directory();
            long now = parts.clock().unixMillis();
            String unique = now / 1000 + "." + ProcessHandle.current().pid() + "." + now % 1000;
            file =
                    new ReceivedFile(
                            folder.resolve("temp-" + unique + ".rdb"),
                            parts.background(),
                            failure -> parts.owner().execute(() -> written(failure)));
        } else {
            stream = LoadSource.stream(bytesTotal);
            load.begin(stream);
        }
    }

    @Override
    public void data(long address, int length) {
        if (file != null && length > 0) {
            byte[] piece = new byte[length];
            Memory.copy(address, piece, 0, length);
            file.add(piece);
        } else if (stream != null) {
            stream.feed(address, length);
        }
    }

    @Override
    public void data(byte[] content, int offset, int length) {
        if (file != null) {
            byte[] piece = new byte[length];
            System.arraycopy(content, offset, piece, 0, length);
            file.add(piece);
        } else if (stream != null) {
            stream.feed(content, offset, length);
        }
    }

    private void received() {
        if (throttled) {
            throttled = false;
            link.reading(true);
        }
        if (file != null) {
            LOG.info("Replica bio thread: Done downloading RDB");
            file.end();
        } else {
            stream.end();
        }
    }

    /** Reads no faster than what comes can be kept. */
    private void throttle() {
        if (!throttled && pendingBytes() > PENDING_BYTES_MAX) {
            throttled = true;
            link.reading(false);
            parts.owner().after(LOOK_MILLIS, this::look);
        }
    }

    private void look() {
        if (!throttled || ended) {
            return;
        }
        lastIoMillis = parts.clock().unixMillis();
        if (pendingBytes() > PENDING_BYTES_MAX / 2) {
            parts.owner().after(LOOK_MILLIS, this::look);
        } else {
            throttled = false;
            link.reading(true);
        }
    }

    private long pendingBytes() {
        return file != null ? file.pendingBytes() : stream == null ? 0 : stream.pendingBytes();
    }

    /** The connection is gone before all has come. */
    void linkLost() {
        if (ended) {
            return;
        }
        LOG.warn("I/O error trying to sync with PRIMARY: connection lost");
        if (stream == null) {
            fail();
        } else {
            // What has come may be enough for more than one reason to refuse it: the load says so.
            stream.fail("connection lost");
        }
    }

    private void written(String problem) {
        if (ended) {
            return;
        }
        isWritten = problem == null;
        String failure = problem;
        if (isWritten && !ReceivedFile.isFree(target())) {
            // Better now than when the old data is gone.
            failure =
                    "Failed trying to rename the temp DB into "
                            + target().getFileName()
                            + " in PRIMARY <-> REPLICA synchronization: Is a directory";
        }
        if (failure != null) {
            LOG.warn("{}", failure);
            LOG.warn("Replica main thread detected RDB download failure in Bio thread");
            fail();
            return;
        }
        LOG.info("Replica main thread detected RDB download completion in Bio thread");
        LOG.info("Loading the RDB and finalizing primary-replica sync...");
        load.begin(LoadSource.file(file.path()));
    }

    // ---- loading ----

    @Override
    public void attaching() {
        outcome.attaching();
    }

    @Override
    public void complete(int streamDb) {
        ended = true;
        outcome.synced(streamDb);
    }

    @Override
    public void refused() {
        fail();
    }

    private void fail() {
        stop();
        outcome.failed();
    }

    // ---- the end ----

    /**
     * All is well with the data that was synchronised: what its file becomes, if there is one, is
     * said here, unless somebody wants to have it.
     *
     * @param isWanted whether somebody does
     * @return the file for whoever wants it, who has to see to it from now on; null when there is
     *     none
     */
    Path settleFile(boolean isWanted) {
        ReceivedFile settled = file;
        file = null;
        if (settled == null) {
            return null;
        }
        if (isWanted) {
            return settled.path();
        }
        if (parts.config().booleanValue(PersistenceParameters.RDB_DEL_SYNC_FILES)
                && !parts.server().isPersistent()) {
            LOG.info(
                    "Removing the RDB file obtained from the primary. This replica has persistence"
                            + " disabled");
            settled.remove();
        } else {
            settled.keep(target());
        }
        return null;
    }

    private Path target() {
        String name = parts.config().text(PersistenceParameters.DBFILENAME);
        return parts.config().directory().resolve(name);
    }

    /** Ends it, whatever has come; the outcome hears nothing more. */
    void stop() {
        if (ended) {
            // The data may be there, and only the stream behind it is missing.
            Path _ = settleFile(false);
            return;
        }
        ended = true;
        load.stop();
        if (file != null) {
            dropFile();
        }
        if (stream != null) {
            stream.fail("the synchronisation was ended");
        }
    }

    private void dropFile() {
        if (isWritten) {
            file.remove();
        } else {
            file.abandon();
        }
        file = null;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.base.Link;
import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.config.TlsParameters;
import dev.sigrun.kernel.load.Load;
import dev.sigrun.kernel.load.LoadEnd;
import dev.sigrun.kernel.load.LoadHooks;
import dev.sigrun.kernel.load.LoadPlan;
import dev.sigrun.kernel.load.LoadSource;
import dev.sigrun.kernel.load.LoadStream;
import dev.sigrun.kernel.load.read.LoadFailure;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over all data of a primary: into a file that is loaded then, or straight into memory, in
 * the place of the old data or beside it. Owner thread only.
 */
final class FullSync implements BulkPayload.Taker {
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
    private final boolean sameHistory;
    private final Outcome outcome;
    private final BulkPayload payload = new BulkPayload(this);
    private final List<byte[]> libraries = new ArrayList<>();
    private final boolean toFile;
    private final boolean beside;
    private ReceivedFile file;
    private LoadStream stream;
    private Load load;
    private long lastIoMillis;
    private boolean throttled;
    private boolean attached;
    private boolean loading;
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
        this.sameHistory = sameHistory;
        this.outcome = outcome;
        String how = parts.config().choice(ReplicationParameters.REPL_DISKLESS_LOAD);
        toFile = !isDiskless(parts);
        beside = how.equals("swapdb");
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
        return loading;
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
                            target(),
                            parts.background(),
                            failure -> parts.owner().execute(() -> written(failure)));
        } else {
            stream = LoadSource.stream(bytesTotal);
            load(stream);
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

    private void written(String failure) {
        if (ended) {
            return;
        }
        if (failure != null) {
            LOG.warn("{}", failure);
            LOG.warn("Replica main thread detected RDB download failure in Bio thread");
            fail();
            return;
        }
        LOG.info("Replica main thread detected RDB download completion in Bio thread");
        LOG.info("Loading the RDB and finalizing primary-replica sync...");
        load(LoadSource.file(target()));
    }

    // ---- loading ----

    private void load(LoadSource source) {
        if (ended) {
            return;
        }
        if (parts.loads().active() != null) {
            // One that was ended before its time has not heard of it yet.
            parts.owner().after(LOOK_MILLIS, () -> load(source));
            return;
        }
        boolean besideNow = beside && !toFile;
        Condition.Loading how =
                besideNow && sameHistory ? Condition.Loading.BESIDE : Condition.Loading.IN_PLACE;
        parts.server().stopFile();
        if (!besideNow) {
            outcome.attaching();
        }
        LOG.info("PRIMARY <-> REPLICA sync: Loading DB in memory");
        loading = true;
        parts.server().loading(how, null);
        LoadPlan.Target target = besideNow ? LoadPlan.Target.BESIDE : LoadPlan.Target.IN_PLACE;
        LoadPlan plan =
                parts.server().plan().to(target).on(LoadPlan.Expired.KEEP).with(new Hooks());
        if (!toFile && needsNoChecksum(parts)) {
            plan = plan.on(LoadPlan.Checksum.LEFT_OUT);
        }
        load = parts.loads().begin(plan, source, this::loaded);
        parts.server().loading(how, load);
    }

    /** Hears what is in the data beside keys. */
    private final class Hooks implements LoadHooks {
        private final LoadHooks others = parts.server().plan().hooks();

        @Override
        public void accepted(int version) {
            if (!ended && !(beside && !toFile)) {
                attached = true;
                flush();
            }
            others.accepted(version);
        }

        @Override
        public void field(String name, String value) {
            others.field(name, value);
        }

        @Override
        public void library(Bytes code) {
            // They take their place when all data is there, and then all together.
            libraries.add(code.copy());
        }
    }

    private void flush() {
        boolean lazily = parts.config().booleanValue(ReplicationParameters.REPLICA_LAZY_FLUSH);
        for (int i = 0; i < parts.store().databaseCount(); i++) {
            parts.store().flush(i, lazily);
        }
    }

    private void loaded(LoadEnd end) {
        loading = false;
        if (ended) {
            if (attached) {
                flush();
            }
            drop(end);
            parts.server().loaded(false);
            return;
        }
        String failure =
                end.isComplete()
                        ? parts.server().replaceLibraries(libraries)
                        : end.failure().toString();
        if (failure != null) {
            refused(end, failure);
            return;
        }
        if (end.beside() != null) {
            outcome.attaching();
            LOG.info("PRIMARY <-> REPLICA sync: Swapping active DB with loaded DB");
            end.beside().exchange(true);
            LOG.info("PRIMARY <-> REPLICA sync: Discarding old DB in background");
        }
        ended = true;
        parts.store().stats().dirty++; // It is not saved under its own name.
        parts.server().loaded(true);
        removeFile();
        outcome.synced(end.facts().streamDatabase());
    }

    /** Nobody wants the data on the disk where nothing else of it is. */
    private void removeFile() {
        boolean isWanted =
                !toFile
                        || !parts.config().booleanValue(PersistenceParameters.RDB_DEL_SYNC_FILES)
                        || parts.server().isPersistent();
        if (!isWanted) {
            LOG.info(
                    "Removing the RDB file obtained from the primary. This replica has persistence"
                            + " disabled");
            Path unwanted = target();
            parts.background().run("remove-file", () -> ReceivedFile.delete(unwanted));
        }
    }

    private Path target() {
        String name = parts.config().text(PersistenceParameters.DBFILENAME);
        return parts.config().directory().resolve(name);
    }

    private void refused(LoadEnd end, String failure) {
        LOG.warn("{}", failure);
        LOG.warn(
                "Failed trying to load the PRIMARY synchronization DB from {}, check server logs.",
                toFile ? "disk" : "socket");
        if (beside && !toFile) {
            LOG.info("PRIMARY <-> REPLICA sync: Discarding temporary DB in background");
        } else if (!attached) {
            LOG.info(
                    end.failure() != null && isForeign(end.failure())
                            ? "PRIMARY <-> REPLICA sync: RDB version or signature incompatible, old"
                                    + " data preserved"
                            : "PRIMARY <-> REPLICA sync: Skipping flush, no new data was loaded.");
        } else {
            LOG.info("PRIMARY <-> REPLICA sync: Discarding the half-loaded data");
            flush();
        }
        drop(end);
        LOG.warn("Failed to load RDB");
        fail();
    }

    private static boolean isForeign(LoadFailure failure) {
        return failure.kind() == LoadFailure.Kind.VERSION
                || failure.kind() == LoadFailure.Kind.SIGNATURE;
    }

    private static void drop(LoadEnd end) {
        if (end.beside() != null) {
            end.beside().drop();
        }
    }

    private void fail() {
        stop();
        outcome.failed();
    }

    /** Ends it, whatever has come; the outcome hears nothing more. */
    void stop() {
        if (ended) {
            return;
        }
        ended = true;
        if (file != null) {
            file.abandon();
        }
        if (stream != null) {
            stream.fail("the synchronisation was ended");
        }
        if (loading) {
            load.cancel(); // What has been loaded goes when that has ended.
        } else if (load != null) {
            parts.server().loaded(false);
        }
    }
}

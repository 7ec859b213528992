// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import org.slf4j.Logger;

/**
 * A full synchronisation over two connections: the second one brings the data, and meanwhile the
 * stream behind it comes over the first one and is kept here, rather than by the primary. Owner
 * thread only.
 */
final class DualChannel implements FullSync.Outcome {
    private static final Logger LOG = Follower.LOG;
    private static final String PREFIX = "Dual channel replication: ";

    private final PrimaryLink primary;
    private final Resynchronisation resync;
    private final RdbChannel rdb;
    private RdbHandshake.EndOffset end;
    private boolean loaded;

    DualChannel(PrimaryLink primary, Introduction introduction) {
        this.primary = primary;
        this.resync = primary.resync();
        this.rdb = new RdbChannel(this, introduction);
    }

    /** Opens the second connection. */
    void open(String host, int port, int timeoutMillis) {
        LOG.info(PREFIX + "PSYNC is not possible, initialize RDB channel.");
        rdb.open(primary.parts().links(), host, port, timeoutMillis);
    }

    /** What to ask for over the first connection. */
    byte[] psync() {
        primary.parts().server().dataBegins();
        LOG.info(
                PREFIX + "Trying a partial resynchronization using main channel (request {}:{}).",
                end.id(),
                end.offset() + 1);
        return Requests.psync(end.id(), end.offset() + 1, false);
    }

    /** Gives up. */
    void abort() {
        LOG.info(PREFIX + "Aborting dual channel sync");
        rdb.close();
    }

    // ---- the second connection ----

    /** Something has come. */
    void received(int bytes) {
        primary.received(bytes);
    }

    /** The primary says where the data stands that it will bring. */
    void begins(RdbHandshake.EndOffset where) {
        end = where;
        rdb.take(resync.expect(rdb.link(), end.id(), end.offset(), this));
        primary.main().goOn(end.clientId());
    }

    /** The connection is gone, or of no use. */
    void lost() {
        if (end == null) {
            primary.retryLater();
        } else {
            resync.dataLost();
        }
    }

    @Override
    public void attaching() {
        resync.attach();
    }

    @Override
    public void synced(int streamDb) {
        loaded = true;
        if (primary.state() == LinkState.TRANSFER) {
            done();
        }
    }

    @Override
    public void failed() {
        primary.retryNow();
    }

    // ---- the first connection ----

    /** The first connection is gone. */
    void mainLost() {
        LOG.warn(PREFIX + "Provisional primary closed connection");
        primary.retryNow();
    }

    /** The primary has answered over the first connection. */
    void answered(PsyncReply reply) {
        if (reply.kind() != PsyncReply.Kind.CONTINUE) {
            LOG.warn(
                    PREFIX + "Aborting dual channel sync. Main channel psync result {}",
                    reply.kind());
            primary.retryNow();
            return;
        }
        LOG.info(
                PREFIX
                        + "PRIMARY <-> REPLICA sync: Primary accepted a Partial"
                        + " Resynchronization{}",
                loaded ? "." : ", RDB load in background.");
        if (loaded) {
            LOG.debug(PREFIX + "Psync established after rdb load");
            done();
        } else {
            resync.keepStream();
        }
    }

    private void done() {
        rdb.close();
        resync.synchronised(end.db());
    }

    /** What was kept has been executed. */
    static void caughtUp() {
        LOG.info(PREFIX + "Successfully streamed replication data into memory");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication;

/**
 * The replication of one server: where its data stands, whom it follows and who follows it. Owner
 * thread only.
 */
public final class Replication {
    private final History history;
    private final Backlog backlog;
    private final ReplicationFeed feed;
    private Downstream downstream = Downstream.NOBODY;
    private Upstream upstream;
    private FailoverState failover = FailoverState.NO_FAILOVER;

    /** How far a failover is that this server was asked for. */
    public enum FailoverState {
        /** None is under way. */
        NO_FAILOVER("no-failover"),
        /** Writes are stopped until the replica has everything. */
        WAIT_FOR_SYNC("waiting-for-sync"),
        /** The replica has been asked to take over. */
        FAILOVER_IN_PROGRESS("failover-in-progress");

        private final String text;

        FailoverState(String text) {
            this.text = text;
        }

        /** As {@code INFO} shows it. */
        public String text() {
            return text;
        }
    }

    /**
     * Begins as a primary without replicas.
     *
     * @param id the name of the history, forty hexadecimal digits
     * @param backlogBytes what {@code repl-backlog-size} says
     */
    public Replication(String id, long backlogBytes) {
        history = new History(id);
        backlog = new Backlog(history, backlogBytes);
        feed = new ReplicationFeed(history, backlog);
    }

    /** Where the data stands. */
    public History history() {
        return history;
    }

    /** The end of the stream of changes. */
    public Backlog backlog() {
        return backlog;
    }

    /** What writes the stream of changes. */
    public ReplicationFeed feed() {
        return feed;
    }

    /** Who follows this server. */
    public Downstream downstream() {
        return downstream;
    }

    /** Says who follows this server; once, when the server is wired. */
    public void downstream(Downstream followers) {
        downstream = followers;
    }

    /** The primary that this server follows; null when it is one itself. */
    public Upstream upstream() {
        return upstream;
    }

    /**
     * The database that the stream of changes is at, for those who go on from here with a copy of
     * the data.
     *
     * @return -1 when nobody could, since no history is kept
     */
    public int streamDb() {
        if (upstream != null) {
            return upstream.db();
        }
        return backlog.isPresent() ? Math.max(feed.db(), 0) : -1;
    }

    /**
     * The data was loaded from a file, as that of a primary that goes on serving those who followed
     * it. The backlog has to be there, with what has become of the data while it was loaded.
     */
    public void restore(String oldId, long oldOffset) {
        backlog.shift(oldOffset);
        history.restore(oldId, oldOffset);
        downstream.changed();
    }

    /** Whether this server follows a primary. */
    public boolean isReplica() {
        return upstream != null;
    }

    /**
     * Follows a primary from now on, or nobody. What becomes of the history and of those who follow
     * this server is the caller's to say.
     *
     * @param primary null for nobody
     */
    public void follow(Upstream primary) {
        upstream = primary;
        feed.relays(primary != null);
        if (primary == null) {
            feed.forgetDatabase();
        }
        downstream.changed();
    }

    /** How far a failover is that this server was asked for. */
    public FailoverState failover() {
        return failover;
    }

    /** Takes note of how far a failover is. */
    public void failover(FailoverState state) {
        failover = state;
    }
}

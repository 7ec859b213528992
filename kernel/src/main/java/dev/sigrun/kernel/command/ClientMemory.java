// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the clients take of memory altogether, and who has to go when that is too much: those who
 * take most. Where there is no limit on memory nothing is counted. Owner thread only.
 *
 * <p>A client is counted anew when something of it has run or could not be sent, and all of them
 * from time to time, so the sum may lag a little behind.
 */
public final class ClientMemory {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** A smaller limit would leave no client to raise it. */
    private static final long LIMIT_BYTES_MIN = 128 * 1024;

    private final Sessions sessions;
    private final ServerStats stats;
    private final Executor afterTurn;
    private final Runnable evict = this::evict;
    private long limitBytes;
    private long bytes;
    private volatile boolean counts;
    private boolean pending;

    ClientMemory(Sessions sessions, ServerStats stats, Executor afterTurn) {
        this.sessions = sessions;
        this.stats = stats;
        this.afterTurn = afterTurn;
    }

    /**
     * Sets the limit.
     *
     * @param maxBytes {@code maxmemory-clients} in bytes; 0 for no limit
     * @param forMaxmemory whether the sum is wanted even so
     */
    public void limit(long maxBytes, boolean forMaxmemory) {
        limitBytes = maxBytes == 0 ? 0 : Math.max(maxBytes, LIMIT_BYTES_MIN);
        counts = limitBytes > 0 || forMaxmemory;
        if (counts) {
            countAll();
        } else {
            sessions.all().forEach(this::gone);
        }
    }

    /** Whether clients are counted. Any thread may ask. */
    public boolean counts() {
        return counts;
    }

    /** What all clients take in bytes; 0 where they are not counted. */
    public long bytes() {
        return bytes;
    }

    /** Something has happened that may have changed what a client takes. */
    public void count(Session session) {
        if (!counts || session.isReplica() || session.isReplicated()) {
            return;
        }
        long now = session.memoryBytes();
        bytes += now - session.countedBytes;
        session.countedBytes = now;
        if (limitBytes > 0 && bytes > limitBytes && !pending) {
            pending = true;
            afterTurn.execute(evict);
        }
    }

    /** A client has gone. */
    void gone(Session session) {
        bytes -= session.countedBytes;
        session.countedBytes = 0;
    }

    /** Counts every client anew; from time to time. */
    public void countAll() {
        if (counts) {
            sessions.all().forEach(this::count);
        }
    }

    /** Lets those go who take most, if all take too much; the client at hand may be among them. */
    public void evict() {
        pending = false;
        if (limitBytes == 0 || bytes <= limitBytes) {
            return;
        }
        List<Session> largest = new ArrayList<>(sessions.all());
        largest.removeIf(Session::isNoEvict);
        largest.sort(Comparator.<Session>comparingLong(one -> one.countedBytes).reversed());
        for (Session session : largest) {
            if (bytes <= limitBytes) {
                return;
            }
            LOG.info("Evicting client: {}", sessions.describe(session));
            stats.evictedClients++;
            sessions.kill(session);
        }
        if (bytes > limitBytes) {
            LOG.warn("Over client maxmemory after evicting all evictable clients");
        }
    }
}

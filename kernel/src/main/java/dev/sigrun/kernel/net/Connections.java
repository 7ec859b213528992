// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.loop.Owner;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all connections share: the dispatcher behind them, the limits, and what happens when one is
 * reached. Owner thread only where not said otherwise.
 */
final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** A client that has never authenticated needs no more than room for a few errors. */
    private static final long ANONYMOUS_OUTPUT_BYTES_MAX = 64 * 1024;

    private final Owner owner;
    private final Dispatcher dispatcher;
    private final Clock clock;
    private final NetLimits limits = new NetLimits();
    private final AtomicInteger openCount = new AtomicInteger();
    private final Map<Session, Long> overSoftLimitSince = new HashMap<>();
    private final Loops loops;
    private long bytesOut;

    Connections(Owner owner, Loops loops, Dispatcher dispatcher, Clock clock) {
        this.owner = owner;
        this.loops = loops;
        this.dispatcher = dispatcher;
        this.clock = clock;
    }

    /** Any thread. */
    Owner owner() {
        return owner;
    }

    /** Any thread. */
    Loops loops() {
        return loops;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    /** Any thread. */
    NetLimits limits() {
        return limits;
    }

    /** Number of clients that were let in and are still connected. Any thread. */
    AtomicInteger openCount() {
        return openCount;
    }

    void countOutput(int bytes) {
        bytesOut += bytes;
    }

    long bytesOut() {
        return bytesOut;
    }

    void closed(Connection connection) {
        Session session = connection.session();
        overSoftLimitSince.remove(session);
        dispatcher.sessions().remove(session);
    }

    void protocolError(Session session, String what) {
        dispatcher.reply().error("ERR Protocol error: " + what);
        dispatcher.stats().countError("ERR");
        LOG.debug("Protocol error ({}) from client {}", what, session.transport().remoteAddress());
        session.closeAfterReply();
    }

    /**
     * What is not part of a stream would be taken for a part of it.
     *
     * @param error what the reply says; null when it is no error
     */
    void strayReply(Session session, String error) {
        String command =
                session.lastCommand() == null ? "<unknown>" : session.lastCommand().fullName();
        if (error != null) {
            LOG.warn(
                    "== CRITICAL == This primary is sending an error to its replica: '{}' after"
                            + " processing the command '{}'",
                    error,
                    command);
            dispatcher.stats().internalErrors++;
        }
        LOG.warn(
                "Replica generated a reply to command '{}', disconnecting it: {}",
                command,
                dispatcher.sessions().describe(session));
        dispatcher.sessions().kill(session);
    }

    /** On the connection's loop. */
    void queryLimitReached(Connection connection) {
        owner.execute(() -> dispatcher.stats().queryLimitDisconnections++);
        LOG.warn(
                "Closing client that reached max query buffer length: id={} addr={}",
                connection.session().id(),
                connection.transport().remoteAddress());
        connection.transport().close();
    }

    /** On the connection's loop, when replies are left that the client has not taken. */
    void checkOutputLimit(Connection connection) {
        if (owner.isOwner()) {
            enforceOutputLimit(connection);
        } else {
            owner.execute(() -> enforceOutputLimit(connection));
        }
    }

    private void enforceOutputLimit(Connection connection) {
        Session session = connection.session();
        if (session.isReplica()) {
            return; // Its limit is another one, and watched where its stream is.
        }
        dispatcher.clientMemory().count(session);
        if (isOverLimit(session, connection.transport().outputBytes())) {
            dispatcher.stats().outputLimitDisconnections++;
            LOG.warn(
                    "Client {} closed for overcoming of output buffer limits.",
                    dispatcher.sessions().describe(session));
            dispatcher.sessions().kill(session);
        }
    }

    private boolean isOverLimit(Session session, long pending) {
        if (!session.wasAuthenticated() && pending > ANONYMOUS_OUTPUT_BYTES_MAX) {
            return true;
        }
        OutputLimit limit = limits.output(session.isSubscribed());
        long hard = limit.hardBytes();
        if (hard > 0 && pending > hard) {
            return true;
        }
        long soft = limit.softBytes();
        if (soft == 0 || pending <= soft) {
            overSoftLimitSince.remove(session);
            return false;
        }
        long now = clock.unixMillis();
        Long since = overSoftLimitSince.putIfAbsent(session, now);
        return since != null && now - since > limit.softSeconds() * 1000;
    }

    /** Looks again at those that were over the soft limit; called from time to time. */
    void recheckOutputLimits() {
        for (Session session : overSoftLimitSince.keySet().toArray(new Session[0])) {
            if (isOverLimit(session, session.transport().outputBytes())) {
                dispatcher.stats().outputLimitDisconnections++;
                dispatcher.sessions().kill(session);
            }
        }
    }

    /** Any loop. */
    void fault(Connection connection, Throwable cause) {
        LOG.error("Closing client {} after a fault", connection.transport().remoteAddress(), cause);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes clients whose replies are larger than the hard limits of {@code
 * client-output-buffer-limit} while they are still being written; what the socket does not take is
 * looked at where it is sent. Owner thread only.
 *
 * <p>A command that changes data runs to its end, so that data and what is said of it agree; one
 * that only reads is stopped when it exceeds the limit, so that it cannot take all memory.
 */
public final class ReplyLimits {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Execution execution;
    private final Sessions sessions;
    private final ServerStats stats;
    private long normalBytes = Long.MAX_VALUE;
    private long subscriberBytes = Long.MAX_VALUE;

    ReplyLimits(Execution execution, Sessions sessions, ServerStats stats) {
        this.execution = execution;
        this.sessions = sessions;
        this.stats = stats;
        execution.replyBuffer().guard(this::grows);
    }

    /** Sets the hard limits in bytes, 0 for none. */
    public void limit(long normal, long subscribers) {
        normalBytes = normal == 0 ? Long.MAX_VALUE : normal;
        subscriberBytes = subscribers == 0 ? Long.MAX_VALUE : subscribers;
    }

    private long limit(Session session) {
        return session.isSubscribed() ? subscriberBytes : normalBytes;
    }

    private void grows(long bytes) {
        boolean mayStop = execution.isUnderWay() && execution.command().isRead;
        if (mayStop && bytes > limit(execution.session())) {
            throw ReplyTooLarge.INSTANCE;
        }
    }

    /** A command has run: closes its client if that has too much to read now. */
    void check(Session session, int replyBytes) {
        if (replyBytes > limit(session)) {
            close(session);
        }
    }

    /** Closes a client without its replies. */
    void close(Session session) {
        stats.outputLimitDisconnections++;
        LOG.warn(
                "Client {} closed for overcoming of output buffer limits.",
                sessions.describe(session));
        sessions.kill(session);
    }
}

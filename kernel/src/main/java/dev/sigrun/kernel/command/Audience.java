// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.pubsub.PubSub;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.tracking.ClientTracking;
import java.util.concurrent.Executor;

/**
 * Those who hear of what others do: subscribers, clients that keep what they have read, and those
 * who look on. Owner thread only.
 */
public final class Audience {
    private final PubSub pubSub = new PubSub();
    private final ClientTracking tracking;
    private final Onlookers onlookers;

    Audience(Store store, Clock clock, Sessions sessions, Redaction redaction, Executor afterTurn) {
        tracking = new ClientTracking(store.allocator(), store.random(), sessions::find, afterTurn);
        onlookers = new Onlookers(tracking, redaction, clock);
    }

    /** Who listens to which channel. */
    public PubSub pubSub() {
        return pubSub;
    }

    /** Who is told of changes to what it has read. */
    public ClientTracking tracking() {
        return tracking;
    }

    /** Who looks on. */
    public Onlookers onlookers() {
        return onlookers;
    }

    /** A client has gone, or starts anew: it hears of nothing any more. */
    public void forget(Session session) {
        if (session.isSubscribed()) {
            pubSub.forget(session);
        }
        tracking.off(session);
        onlookers.removeMonitor(session);
    }
}

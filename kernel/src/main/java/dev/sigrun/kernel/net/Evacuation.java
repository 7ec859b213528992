// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.loop.Owner;
import java.util.List;

/**
 * Sends the idle connections of an IO thread elsewhere because the thread is to end; those that are
 * active leave by themselves. Only a few go at a time, and the next when the owner has come to know
 * of them, so that ten thousand idle clients do not hold up the others.
 */
final class Evacuation implements Runnable {
    private static final int CONNECTIONS_AT_A_TIME = 32;

    private final LoopState from;
    private final List<Connection> connections;
    private final Owner owner;
    private int next;

    Evacuation(LoopState from, List<Connection> connections, Owner owner) {
        this.from = from;
        this.connections = connections;
        this.owner = owner;
    }

    /** Sends some; on the owner. */
    void go() {
        // Only the owner ends the thread, so it cannot end in between.
        if (next < connections.size() && !from.loop().isShuttingDown()) {
            from.loop().execute(this);
        }
    }

    @Override
    public void run() {
        int end = Math.min(next + CONNECTIONS_AT_A_TIME, connections.size());
        for (; next < end; next++) {
            Connection connection = connections.get(next);
            if (connection.home().state() == from) {
                connection.flow().moveIfIdle();
            }
        }
        owner.execute(this::go);
    }
}

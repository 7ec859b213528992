// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication;

import java.util.List;

/**
 * Those who follow this server, as the side that follows another one needs to see them. Owner
 * thread only.
 */
public interface Downstream {
    /** Nobody. */
    Downstream NOBODY =
            new Downstream() {
                @Override
                public int count() {
                    return 0;
                }

                @Override
                public List<Follower> followers() {
                    return List.of();
                }

                @Override
                public void disconnectAll() {}

                @Override
                public void changed() {}
            };

    /**
     * One that follows.
     *
     * @param host its address, as it says or as its connection shows
     * @param port the port that it listens on; 0 when it has not said
     * @param isOnline whether it has all data and gets the stream
     * @param offset up to which it has acknowledged the stream
     */
    record Follower(String host, int port, boolean isOnline, long offset) {}

    /** How many there are, in whatever state. */
    int count();

    /** All of them, in the order in which they came. */
    List<Follower> followers();

    /** Closes the connections to all, so that they come again and learn which history holds now. */
    void disconnectAll();

    /** The role of this server, its history or the state of its link has changed. */
    void changed();
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import java.util.ArrayList;
import java.util.List;

/**
 * The walks that are under way. Whoever changes a stream says so here before; mostly there is none
 * and nothing to be done. Owner thread only.
 */
public final class StreamWalks {
    /** Null when there are none. */
    private List<StreamWalk> walks;

    /** Makes one without walks. */
    public StreamWalks() {}

    void begin(StreamWalk walk) {
        if (walks == null) {
            walks = new ArrayList<>();
        }
        walks.add(walk);
    }

    void end(StreamWalk walk) {
        if (walks != null && walks.remove(walk) && walks.isEmpty()) {
            walks = null;
        }
    }

    private void tell(java.util.function.Consumer<StreamWalk> change) {
        for (StreamWalk walk : walks) {
            walk.note(change);
        }
    }

    /** A node of a stream is about to be made, to change or to go. */
    void beforeNode(long root, long ms, long seq) {
        if (walks != null) {
            tell(walk -> walk.beforeNode(root, ms, seq));
        }
    }

    /** A group is about to be made. */
    void beforeMade(long root, long name, int length) {
        if (walks != null) {
            byte[] bytes = LentName.read(name, length);
            tell(walk -> walk.beforeMade(root, bytes));
        }
    }

    /** The numbers of a group are about to change. */
    void beforeGroup(long group) {
        if (walks != null) {
            tell(walk -> walk.keep(group));
        }
    }

    /** A group is about to go with all that hangs on it. */
    void beforeGone(long group) {
        if (walks != null) {
            tell(walk -> walk.beforeGone(group));
        }
    }

    /** A consumer is about to be made. */
    void beforeConsumerMade(long group, long name, int length) {
        if (walks != null) {
            byte[] bytes = LentName.read(name, length);
            tell(walk -> walk.beforeConsumerMade(group, bytes));
        }
    }

    /** The numbers of a consumer are about to change. */
    void beforeConsumer(long group, long consumer) {
        if (walks != null) {
            tell(walk -> walk.keep(group, consumer));
        }
    }

    /** A consumer is about to go with all that it has. */
    void beforeDropped(long group, long consumer) {
        if (walks != null) {
            tell(walk -> walk.beforeDropped(group, consumer));
        }
    }

    /** An entry of a group is about to be pending, to be delivered again, or to be so no more. */
    void beforePending(long group, StreamId id, long nack) {
        if (walks != null) {
            tell(walk -> walk.beforePending(group, id, nack));
        }
    }

    /** A consumer is about to get an entry, or to lose it. */
    void beforeOwned(long group, long consumer, StreamId id, boolean isThere) {
        if (walks != null) {
            tell(walk -> walk.beforeOwned(group, consumer, id, isThere));
        }
    }
}

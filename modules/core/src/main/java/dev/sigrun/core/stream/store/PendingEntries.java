// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.idmap.IdCursor;
import dev.sigrun.memory.idmap.IdMap;

/**
 * Owner thread only. The entries that consumers got and have not yet acknowledged. Each has a block
 * ({@link Nack}) to which both the map of the group and that of the consumer lead.
 */
public final class PendingEntries {
    private final Blocks blocks;
    private final StreamWalks walks;
    private final IdMap maps;
    private final IdCursor cursor = new IdCursor();

    /**
     * Makes a flyweight for streams whose blocks come from {@code blocks}.
     *
     * @param walks are told of every change before it is made
     */
    public PendingEntries(Blocks blocks, StreamWalks walks) {
        this.blocks = blocks;
        this.walks = walks;
        this.maps = new IdMap(blocks);
    }

    /** What is known of an entry that a consumer of the group has, or 0. */
    public static long find(long group, StreamId id) {
        return IdMap.get(Group.pending(group), id.ms(), id.seq());
    }

    /**
     * Makes an entry pending, which is with no consumer of the group.
     *
     * @param time when it was delivered
     * @param count how many times it was
     * @return what is known of the entry from now on
     */
    public long add(long group, long consumer, StreamId id, long time, long count) {
        walks.beforePending(group, id, 0);
        walks.beforeOwned(group, consumer, id, false);
        long nack = blocks.allocate(Nack.BYTES);
        Nack.init(nack, time, count, consumer);
        int kept = 0;
        try {
            maps.put(Group.pending(group), id.ms(), id.seq(), nack);
            kept++;
            maps.put(Consumer.pending(consumer), id.ms(), id.seq(), nack);
            kept++;
            return nack;
        } finally {
            if (kept < 2) {
                maps.remove(Group.pending(group), id.ms(), id.seq());
                blocks.free(nack, Nack.BYTES);
            }
        }
    }

    /** Gives an entry that is pending already to a consumer, who may have it already. */
    public void move(long group, long consumer, StreamId id, long nack) {
        long before = Nack.consumer(nack);
        if (before != consumer) {
            walks.beforeOwned(group, before, id, true);
            walks.beforeOwned(group, consumer, id, false);
            maps.put(Consumer.pending(consumer), id.ms(), id.seq(), nack);
            maps.remove(Consumer.pending(before), id.ms(), id.seq());
            Nack.consumer(nack, consumer);
        }
    }

    /** Notes that an entry is delivered once more. */
    public void delivered(long group, StreamId id, long nack, long time, long count) {
        walks.beforePending(group, id, nack);
        Nack.delivered(nack, time, count);
    }

    /** Makes an entry no longer pending; whether it was. */
    public boolean remove(long group, StreamId id) {
        long nack = find(group, id);
        if (nack == 0) {
            return false;
        }
        walks.beforePending(group, id, nack);
        walks.beforeOwned(group, Nack.consumer(nack), id, true);
        maps.remove(Group.pending(group), id.ms(), id.seq());
        maps.remove(Consumer.pending(Nack.consumer(nack)), id.ms(), id.seq());
        blocks.free(nack, Nack.BYTES);
        return true;
    }

    /** Makes everything that a consumer has no longer pending. */
    void dropAll(long group, long consumer) {
        long owned = Consumer.pending(consumer);
        while (cursor.last(owned)) {
            long ms = cursor.ms();
            long seq = cursor.seq();
            blocks.free(cursor.value(), Nack.BYTES);
            maps.remove(Group.pending(group), ms, seq);
            maps.remove(owned, ms, seq);
        }
    }

    // ---- for values from a payload and for copies, which come group first, consumers later ----

    /**
     * Adds an entry to a group, which is with no consumer for the moment.
     *
     * @return false when the group has the entry already
     */
    public boolean addUnowned(long group, StreamId id, long time, long count) {
        if (find(group, id) != 0) {
            return false;
        }
        long nack = blocks.allocate(Nack.BYTES);
        Nack.init(nack, time, count, 0);
        boolean kept = false;
        try {
            maps.put(Group.pending(group), id.ms(), id.seq(), nack);
            kept = true;
            return true;
        } finally {
            if (!kept) {
                blocks.free(nack, Nack.BYTES);
            }
        }
    }

    /**
     * Gives an entry of a group to a consumer.
     *
     * @return false when the group does not have the entry, or a consumer has it already
     */
    public boolean own(long group, long consumer, StreamId id) {
        long nack = find(group, id);
        if (nack == 0 || Nack.consumer(nack) != 0) {
            return false;
        }
        maps.put(Consumer.pending(consumer), id.ms(), id.seq(), nack);
        Nack.consumer(nack, consumer);
        return true;
    }

    /** A copy of what is known of an entry, which is with no consumer for the moment. */
    long copy(long nack) {
        long copy = blocks.allocate(Nack.BYTES);
        Nack.init(copy, Nack.time(nack), Nack.count(nack), 0);
        return copy;
    }

    /** Gives the entries that a consumer has to a copy of it, in a copy of the group. */
    void copyOwned(long consumer, long groupCopy, long consumerCopy) {
        StreamId id = new StreamId();
        boolean more = cursor.first(Consumer.pending(consumer));
        while (more) {
            own(groupCopy, consumerCopy, id.set(cursor.ms(), cursor.seq()));
            more = cursor.next();
        }
    }
}

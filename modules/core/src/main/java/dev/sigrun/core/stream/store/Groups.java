// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.idmap.IdMap;
import dev.sigrun.spi.Bytes;
import java.util.function.LongConsumer;

/**
 * Owner thread only. The groups of a stream and the consumers of a group: finding, making and
 * dropping them. A group or consumer is known by the address of its block, which stays the same for
 * as long as there is one.
 */
public final class Groups {
    private final Blocks blocks;
    private final StreamWalks walks;
    private final IdMap maps;
    private final NameIndex groups;
    private final NameIndex consumers;
    private final PendingEntries pending;
    private final LongConsumer freeNack;

    /**
     * Makes a flyweight for streams whose blocks come from {@code blocks}.
     *
     * @param walks are told of every change before it is made
     */
    public Groups(Blocks blocks, StreamWalks walks) {
        this.blocks = blocks;
        this.walks = walks;
        this.maps = new IdMap(blocks);
        this.groups = new NameIndex(blocks, Group.NAME_AT);
        this.consumers = new NameIndex(blocks, Consumer.NAME_AT);
        this.pending = new PendingEntries(blocks, walks);
        this.freeNack = nack -> blocks.free(nack, Nack.BYTES);
    }

    /** Number of groups. */
    public static int count(long root) {
        return NameIndex.size(StreamRoot.groups(root));
    }

    /** Number of consumers of a group. */
    public static int consumerCount(long group) {
        return NameIndex.size(Group.consumers(group));
    }

    /** The group with a name, or 0. */
    public long find(long root, Bytes name) {
        return groups.find(StreamRoot.groups(root), name.address(), name.length());
    }

    /** The consumer with a name, or 0. */
    public long findConsumer(long group, Bytes name) {
        return consumers.find(Group.consumers(group), name.address(), name.length());
    }

    /**
     * Makes a group; there must be none with the name.
     *
     * @param last up to which entry the group counts as served
     * @param entriesRead how many entries that were, or {@link Group#UNKNOWN}
     */
    public long create(long root, Bytes name, StreamId last, long entriesRead) {
        long group = create(root, name.address(), name.length());
        Group.lastId(group, last.ms(), last.seq());
        Group.entriesRead(group, entriesRead);
        return group;
    }

    private long create(long root, long name, int length) {
        walks.beforeMade(root, name, length);
        long group = named(name, length, Group.NAME_AT);
        Group.init(group);
        return index(groups, StreamRoot.groups(root), group, Group.NAME_AT);
    }

    private long named(long name, int length, int nameAt) {
        long block = blocks.allocate((long) nameAt + length);
        NameIndex.nameLength(block, length);
        Memory.copy(name, block + nameAt, length);
        return block;
    }

    private long index(NameIndex names, long index, long block, int nameAt) {
        boolean kept = false;
        try {
            names.add(index, block);
            kept = true;
            return block;
        } finally {
            if (!kept) {
                freeNamed(block, nameAt);
            }
        }
    }

    private void freeNamed(long block, int nameAt) {
        blocks.free(block, (long) nameAt + NameIndex.nameLength(block));
    }

    /** Sets the identifier delivered last. */
    public void lastId(long group, long ms, long seq) {
        walks.beforeGroup(group);
        Group.lastId(group, ms, seq);
    }

    /** Sets how many entries were delivered, or {@link Group#UNKNOWN}. */
    public void entriesRead(long group, long count) {
        walks.beforeGroup(group);
        Group.entriesRead(group, count);
    }

    /** Notes that a group is served the next entry. */
    public void advance(long root, long group, StreamId id) {
        walks.beforeGroup(group);
        ReadCounter.advance(root, group, id.ms(), id.seq());
    }

    /** Notes that a consumer asks for something. */
    public void seen(long group, long consumer, long unixMillis) {
        walks.beforeConsumer(group, consumer);
        Consumer.seenMillis(consumer, unixMillis);
    }

    /** Notes that a consumer gets something. */
    public void active(long group, long consumer, long unixMillis) {
        walks.beforeConsumer(group, consumer);
        Consumer.activeMillis(consumer, unixMillis);
    }

    /** Makes a consumer; there must be none with the name. */
    public long createConsumer(long group, Bytes name, long nowMillis) {
        return createConsumer(group, name.address(), name.length(), nowMillis);
    }

    private long createConsumer(long group, long name, int length, long nowMillis) {
        walks.beforeConsumerMade(group, name, length);
        long consumer = named(name, length, Consumer.NAME_AT);
        Consumer.init(consumer, nowMillis);
        return index(consumers, Group.consumers(group), consumer, Consumer.NAME_AT);
    }

    /**
     * Drops a consumer with everything that it has not acknowledged.
     *
     * @return how many entries that were
     */
    public long dropConsumer(long group, long consumer) {
        walks.beforeDropped(group, consumer);
        long dropped = IdMap.size(Consumer.pending(consumer));
        pending.dropAll(group, consumer);
        consumers.remove(Group.consumers(group), consumer);
        freeNamed(consumer, Consumer.NAME_AT);
        return dropped;
    }

    /** Drops a group with everything that hangs on it. */
    public void drop(long root, long group) {
        walks.beforeGone(group);
        freeSome(group, Long.MAX_VALUE);
        groups.remove(StreamRoot.groups(root), group);
        freeNamed(group, Group.NAME_AT);
    }

    /**
     * Drops a part of the groups of a stream that nobody uses any more.
     *
     * @param steps how many blocks to give back at most, roughly
     * @return how many were given back
     */
    long dropSome(long root, long steps) {
        long taken = 0;
        while (taken < steps && count(root) > 0) {
            long group = NameIndex.last(StreamRoot.groups(root));
            taken += freeSome(group, steps - taken);
            if (taken < steps) {
                drop(root, group);
                taken++;
            }
        }
        return taken;
    }

    /** Frees what hangs on a group; with less than {@code steps} taken nothing is left. */
    private long freeSome(long group, long steps) {
        long taken = maps.freeSome(Group.pending(group), steps, freeNack);
        while (taken < steps && consumerCount(group) > 0) {
            long consumer = NameIndex.last(Group.consumers(group));
            taken += maps.freeSome(Consumer.pending(consumer), steps - taken, nack -> {});
            if (taken < steps) {
                consumers.remove(Group.consumers(group), consumer);
                freeNamed(consumer, Consumer.NAME_AT);
                taken++;
            }
        }
        return taken;
    }

    /** Adds copies of all groups of a stream to one that has none. */
    void copy(long source, long target) {
        NameCursor names = new NameCursor().groups(source);
        for (long group = names.next(); group != 0; group = names.next()) {
            long copy = create(target, Group.name(group), Group.nameLength(group));
            Group.lastId(copy, Group.lastMs(group), Group.lastSeq(group));
            Group.entriesRead(copy, Group.entriesRead(group));
            maps.copy(Group.pending(group), Group.pending(copy), pending::copy);
            copyConsumers(group, copy);
        }
    }

    private void copyConsumers(long group, long target) {
        NameCursor names = new NameCursor().consumers(group);
        for (long consumer = names.next(); consumer != 0; consumer = names.next()) {
            long copy =
                    createConsumer(
                            target,
                            Consumer.name(consumer),
                            Consumer.nameLength(consumer),
                            Consumer.seenMillis(consumer));
            Consumer.activeMillis(copy, Consumer.activeMillis(consumer));
            pending.copyOwned(consumer, target, copy);
        }
    }

    /**
     * Bytes that the groups take with everything that hangs on them.
     *
     * @param samples how many groups, and consumers of each, to look at; the others are taken to be
     *     alike
     */
    long memoryBytes(long root, long samples, NameIndex.BlockSize size) {
        long index = StreamRoot.groups(root);
        NameCursor names = new NameCursor().groups(root);
        long bytes = 0;
        long seen = 0;
        for (long group = names.next(); group != 0 && seen < samples; group = names.next()) {
            bytes += size.of(Group.NAME_AT + (long) Group.nameLength(group));
            bytes += IdMap.memoryBytes(Group.pending(group));
            bytes += IdMap.size(Group.pending(group)) * size.of(Nack.BYTES);
            bytes += consumers.memoryBytes(Group.consumers(group), size);
            bytes += consumerBytes(group, samples, size);
            seen++;
        }
        return scaled(bytes, seen, count(root)) + groups.memoryBytes(index, size);
    }

    private static long consumerBytes(long group, long samples, NameIndex.BlockSize size) {
        NameCursor names = new NameCursor().consumers(group);
        long bytes = 0;
        long seen = 0;
        for (long one = names.next(); one != 0 && seen < samples; one = names.next()) {
            bytes += size.of(Consumer.NAME_AT + (long) Consumer.nameLength(one));
            bytes += IdMap.memoryBytes(Consumer.pending(one));
            seen++;
        }
        return scaled(bytes, seen, consumerCount(group));
    }

    private static long scaled(long bytes, long seen, long all) {
        return seen == all ? bytes : (long) ((double) bytes / seen * all);
    }
}

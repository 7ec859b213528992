// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.idmap.IdCursor;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Shows the groups that a stream has when a walk begins, with all that hangs on them, as they are
 * then. What is about to change ahead of the walk is kept as it was. Owner thread only.
 */
final class GroupWalk {
    private static final int FREE_STEP = 64;

    private enum Stage {
        NEXT_GROUP,
        PENDING,
        NEXT_CONSUMER,
        OWNED
    }

    private final Blocks blocks;
    private final StreamVisitor visitor;
    private final NameIndex groupNames;
    private final NameIndex consumerNames;
    private final LentName lent = new LentName();
    private final NameCursor names = new NameCursor();
    private final IdMerge ids = new IdMerge();
    private final IdMerge.Sink showPending = this::showPending;
    private final IdMerge.Sink showOwned;

    /** Groups ahead of the walk that have changed. */
    private final TreeMap<byte[], KeptGroup> kept = new TreeMap<>(Arrays::compareUnsigned);

    private Stage stage = Stage.NEXT_GROUP;
    private boolean ended;
    private int groupsLeft;
    private int consumersLeft;
    private long idsLeft;

    // Where the walk is, and the names that it came to last; null for none.
    private KeptGroup group;
    private KeptConsumer consumer;
    private byte[] lastGroup;
    private byte[] lastConsumer;

    GroupWalk(long root, StreamVisitor visitor, Blocks blocks) {
        this.blocks = blocks;
        this.visitor = visitor;
        groupNames = new NameIndex(blocks, Group.NAME_AT);
        consumerNames = new NameIndex(blocks, Consumer.NAME_AT);
        showOwned = (ms, seq, word) -> visitor.owned(ms, seq);
        groupsLeft = Groups.count(root);
    }

    // ---- walking ----

    /** Shows what comes next; says whether there may be more. */
    boolean step(long root) {
        switch (stage) {
            case NEXT_GROUP -> nextGroup(root);
            case PENDING -> pending();
            case NEXT_CONSUMER -> nextConsumer();
            default -> owned();
        }
        return !ended;
    }

    private void nextGroup(long root) {
        long live = after(groupNames, StreamRoot.groups(root), lastGroup);
        byte[] liveName =
                live == 0 ? null : LentName.read(Group.name(live), Group.nameLength(live));
        Map.Entry<byte[], KeptGroup> change =
                lastGroup == null ? kept.firstEntry() : kept.higherEntry(lastGroup);
        if (live == 0 && change == null) {
            ended = true;
            require(groupsLeft, "groups");
            return;
        }
        if (isFirst(change, liveName)) {
            group = change.getValue();
            kept.remove(group.name);
        } else {
            group = KeptGroup.of(liveName, live, blocks);
        }
        lastGroup = group.name;
        if (group.wasThere) {
            groupsLeft--;
            showGroup();
        } else {
            group = null;
        }
    }

    /** The next one of those that are there; 0 when there is none. */
    private long after(NameIndex index, long at, byte[] last) {
        return last == null ? NameIndex.first(at) : index.after(at, lent.of(last), last.length);
    }

    /** Whether what was kept comes first, or stands for what is there. */
    private static boolean isFirst(Map.Entry<byte[], ?> change, byte[] liveName) {
        return change != null
                && (liveName == null || Arrays.compareUnsigned(change.getKey(), liveName) <= 0);
    }

    private static void require(long left, String what) {
        if (left != 0) {
            throw new IllegalStateException(left + " " + what + " of a stream were not found");
        }
    }

    private void showGroup() {
        visitor.group(
                lent.of(group.name),
                group.name.length,
                group.lastMs,
                group.lastSeq,
                group.entriesRead,
                group.pendingCount);
        idsLeft = group.pendingCount;
        ids.begin();
        stage = Stage.PENDING;
    }

    private void pending() {
        if (!ids.isEnded()) {
            long map = group.live == 0 ? 0 : Group.pending(group.live);
            idsLeft -= ids.step(map, group.pending, showPending);
        } else if (group.pending.freeSome(FREE_STEP)) {
            require(idsLeft, "pending entries");
            visitor.consumers(group.consumerCount);
            consumersLeft = group.consumerCount;
            lastConsumer = null;
            stage = Stage.NEXT_CONSUMER;
        }
    }

    private void showPending(long ms, long seq, long nack) {
        visitor.pending(ms, seq, Nack.time(nack), Nack.count(nack));
    }

    private void nextConsumer() {
        long live =
                group.live == 0
                        ? 0
                        : after(consumerNames, Group.consumers(group.live), lastConsumer);
        byte[] liveName =
                live == 0 ? null : LentName.read(Consumer.name(live), Consumer.nameLength(live));
        Map.Entry<byte[], KeptConsumer> change =
                lastConsumer == null
                        ? group.consumers.firstEntry()
                        : group.consumers.higherEntry(lastConsumer);
        if (live == 0 && change == null) {
            require(consumersLeft, "consumers");
            group = null;
            stage = Stage.NEXT_GROUP;
            return;
        }
        if (isFirst(change, liveName)) {
            consumer = change.getValue();
            group.consumers.remove(consumer.name);
        } else {
            consumer = KeptConsumer.of(liveName, live, blocks);
        }
        lastConsumer = consumer.name;
        if (consumer.wasThere) {
            consumersLeft--;
            showConsumer();
        } else {
            consumer = null;
        }
    }

    private void showConsumer() {
        visitor.consumer(
                lent.of(consumer.name),
                consumer.name.length,
                consumer.seenMillis,
                consumer.activeMillis,
                consumer.count);
        idsLeft = consumer.count;
        ids.begin();
        stage = Stage.OWNED;
    }

    private void owned() {
        if (!ids.isEnded()) {
            long map = consumer.live == 0 ? 0 : Consumer.pending(consumer.live);
            idsLeft -= ids.step(map, consumer.owned, showOwned);
        } else if (consumer.owned.freeSome(FREE_STEP)) {
            require(idsLeft, "entries of a consumer");
            consumer = null;
            stage = Stage.NEXT_CONSUMER;
        }
    }

    /** Frees what is kept. */
    void close() {
        ended = true;
        if (consumer != null) {
            consumer.owned.freeSome(Long.MAX_VALUE);
        }
        if (group != null) {
            group.free();
        }
        kept.values().forEach(KeptGroup::free);
        kept.clear();
    }

    // ---- changes ----

    /** A group is about to be made. */
    void beforeMade(byte[] name) {
        if (!isBehind(name)) {
            kept.computeIfAbsent(name, absent -> KeptGroup.absent(name, blocks));
        }
    }

    private boolean isBehind(byte[] name) {
        return ended || (lastGroup != null && Arrays.compareUnsigned(name, lastGroup) <= 0);
    }

    /**
     * Finds what is kept of a group, from now on if it was not yet.
     *
     * @return null when the group is none of those that the walk has still to show something of
     */
    KeptGroup keep(long root, long changed) {
        int length = Group.nameLength(changed);
        if (ended
                || groupNames.find(StreamRoot.groups(root), Group.name(changed), length)
                        != changed) {
            return null;
        }
        if (group != null && group.live == changed) {
            return group;
        }
        byte[] name = LentName.read(Group.name(changed), length);
        if (isBehind(name)) {
            return null;
        }
        KeptGroup one = kept.computeIfAbsent(name, absent -> KeptGroup.of(name, changed, blocks));
        return one.live == changed ? one : null;
    }

    /** A consumer of a kept group is about to be made. */
    void beforeConsumerMade(KeptGroup of, byte[] name) {
        if (!isBehind(of, name)) {
            of.consumers.computeIfAbsent(name, absent -> KeptConsumer.absent(name, blocks));
        }
    }

    private boolean isBehind(KeptGroup of, byte[] name) {
        return of == group
                && stage != Stage.PENDING
                && lastConsumer != null
                && Arrays.compareUnsigned(name, lastConsumer) <= 0;
    }

    /** As {@link #keep(long, long)}, of a consumer of a kept group. */
    KeptConsumer keepConsumer(KeptGroup of, long changed) {
        if (of == group && consumer != null && consumer.live == changed) {
            return consumer;
        }
        byte[] name = LentName.read(Consumer.name(changed), Consumer.nameLength(changed));
        if (isBehind(of, name)) {
            return null;
        }
        KeptConsumer one =
                of.consumers.computeIfAbsent(
                        name, absent -> KeptConsumer.of(name, changed, blocks));
        return one.live == changed ? one : null;
    }

    /**
     * A pending entry of a kept group is about to come, to change or to go.
     *
     * @param nack what is known of it; 0 when it comes
     */
    void beforePending(KeptGroup of, long ms, long seq, long nack) {
        boolean isOver = of == group && (stage != Stage.PENDING || ids.isPast(ms, seq));
        if (isOver || of.pending.has(ms, seq)) {
            return;
        }
        if (nack == 0) {
            of.pending.put(ms, seq, KeptIds.ABSENT);
        } else {
            of.pending.putCopy(ms, seq, nack);
        }
    }

    /** A kept consumer is about to get an entry or to lose it. */
    void beforeOwned(KeptConsumer of, long ms, long seq, boolean isThere) {
        boolean isOver = of == consumer && ids.isPast(ms, seq);
        if (!isOver && !of.owned.has(ms, seq)) {
            of.owned.put(ms, seq, isThere ? KeptIds.PRESENT : KeptIds.ABSENT);
        }
    }

    /** A consumer is about to go with all that it has. */
    void beforeDropped(KeptGroup of, long dropped) {
        KeptConsumer one = keepConsumer(of, dropped);
        IdCursor cursor = new IdCursor();
        boolean more = cursor.first(Consumer.pending(dropped));
        while (more) {
            beforePending(of, cursor.ms(), cursor.seq(), cursor.value());
            if (one != null) {
                beforeOwned(one, cursor.ms(), cursor.seq(), true);
            }
            more = cursor.next();
        }
        if (one != null) {
            one.live = 0;
        }
    }

    /** A group is about to go with all that hangs on it. */
    void beforeGone(KeptGroup gone) {
        names.consumers(gone.live);
        for (long one = names.next(); one != 0; one = names.next()) {
            beforeDropped(gone, one);
        }
        gone.live = 0;
    }
}

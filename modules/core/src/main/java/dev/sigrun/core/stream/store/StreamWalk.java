// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.LongSupplier;

/**
 * Shows a whole stream as it is when the walk begins, in steps between which it may change. Owner
 * thread only.
 *
 * <p>A node that is about to change is shown before it does, since nodes may come in any order.
 * Groups, consumers and pending entries that change ahead of the walk are kept as they were, off
 * the heap, and take their turn: some fifty bytes for a pending entry. What comes in between costs
 * no more than a look at what was kept.
 */
public final class StreamWalk implements AutoCloseable {
    private enum Stage {
        NODES,
        NUMBERS,
        GROUPS,
        DONE
    }

    private final StreamWalks walks;
    private final LongSupplier root;
    private final StreamVisitor visitor;
    private final MemorySegment numbers = Arena.ofAuto().allocate(StreamRoot.BYTES);
    private final int groupCount;
    private final NodeWalk nodes;
    private final GroupWalk groups;
    private Stage stage = Stage.NODES;
    private Throwable failure;

    /**
     * Begins a walk, of which there may be several at a time.
     *
     * @param walks where everybody who changes the stream says so
     * @param root says where the stream stands now
     * @param blocks give the memory for what is kept
     */
    public StreamWalk(StreamWalks walks, LongSupplier root, StreamVisitor visitor, Blocks blocks) {
        this.walks = walks;
        this.root = root;
        this.visitor = visitor;
        long now = root.getAsLong();
        Memory.copy(now, numbers.address(), StreamRoot.BYTES);
        groupCount = Groups.count(now);
        nodes = new NodeWalk(now, visitor, blocks);
        groups = new GroupWalk(now, visitor, blocks);
        walks.begin(this);
    }

    /**
     * Shows the next part.
     *
     * @return whether there is more
     * @throws IllegalStateException when a part could not be shown or kept, now or before
     */
    public boolean step() {
        if (failure != null) {
            throw new IllegalStateException("a part of a stream could not be kept", failure);
        }
        switch (stage) {
            case NODES -> {
                if (!nodes.step(root.getAsLong())) {
                    stage = Stage.NUMBERS;
                }
            }
            case NUMBERS -> {
                visitor.numbers(numbers.address(), groupCount);
                stage = Stage.GROUPS;
            }
            case GROUPS -> {
                if (!groups.step(root.getAsLong())) {
                    stage = Stage.DONE;
                }
            }
            case DONE -> {}
        }
        return stage != Stage.DONE;
    }

    /** Ends the walk; the stream goes on without it. */
    @Override
    public void close() {
        stage = Stage.DONE;
        walks.end(this);
        nodes.close();
        groups.close();
    }

    // ---- changes ----

    /** Takes note of a change, which goes on even if that fails. */
    void note(java.util.function.Consumer<StreamWalk> change) {
        if (failure != null || stage == Stage.DONE) {
            return;
        }
        try {
            change.accept(this);
        } catch (RuntimeException | OutOfMemoryError e) {
            failure = e;
        }
    }

    void beforeNode(long changedRoot, long ms, long seq) {
        if (root.getAsLong() == changedRoot) {
            nodes.beforeChange(changedRoot, ms, seq);
        }
    }

    void beforeMade(long changedRoot, byte[] name) {
        if (root.getAsLong() == changedRoot) {
            groups.beforeMade(name);
        }
    }

    KeptGroup keep(long group) {
        return groups.keep(root.getAsLong(), group);
    }

    void beforeGone(long group) {
        KeptGroup kept = keep(group);
        if (kept != null) {
            groups.beforeGone(kept);
        }
    }

    void beforeConsumerMade(long group, byte[] name) {
        KeptGroup kept = keep(group);
        if (kept != null) {
            groups.beforeConsumerMade(kept, name);
        }
    }

    KeptConsumer keep(long group, long consumer) {
        KeptGroup kept = keep(group);
        return kept == null ? null : groups.keepConsumer(kept, consumer);
    }

    void beforeDropped(long group, long consumer) {
        KeptGroup kept = keep(group);
        if (kept != null) {
            groups.beforeDropped(kept, consumer);
        }
    }

    void beforePending(long group, StreamId id, long nack) {
        KeptGroup kept = keep(group);
        if (kept != null) {
            groups.beforePending(kept, id.ms(), id.seq(), nack);
        }
    }

    void beforeOwned(long group, long consumer, StreamId id, boolean isThere) {
        KeptConsumer kept = keep(group, consumer);
        if (kept != null) {
            groups.beforeOwned(kept, id.ms(), id.seq(), isThere);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.idmap.IdCursor;
import dev.sigrun.memory.idmap.IdMap;
import dev.sigrun.memory.pack.Listpack;

/**
 * Owner thread only. Removes entries: single ones, and those at the beginning of a stream. An entry
 * is marked and stays in its node, until the node has no other entries and goes as a whole. Nothing
 * here allocates.
 */
public final class Eraser {
    private final Blocks blocks;
    private final IdMap maps;
    private final StreamWalks walks;
    private final EntryCursor entries = new EntryCursor();
    private final IdCursor nodes = new IdCursor();
    private final StreamId edge = new StreamId();

    /**
     * Makes a flyweight for streams whose blocks come from {@code blocks}.
     *
     * @param walks are told of every change before it is made
     */
    public Eraser(Blocks blocks, StreamWalks walks) {
        this.blocks = blocks;
        this.maps = new IdMap(blocks);
        this.walks = walks;
    }

    /**
     * Removes an entry, and notes it as deleted. The first identifier is not touched; see {@link
     * #refreshFirst}.
     *
     * @return whether there was one
     */
    public boolean delete(long root, StreamId id) {
        if (!entries.open(root, id, id, false).next()) {
            return false;
        }
        long node = entries.node();
        walks.beforeNode(root, entries.nodeMs(), entries.nodeSeq());
        if (StreamNode.liveCount(node) == 1) {
            removeNode(root, entries.nodeMs(), entries.nodeSeq(), node);
        } else {
            StreamNode.markDeleted(entries.entry());
            StreamNode.countDeleted(node, 1);
        }
        StreamRoot.length(root, StreamRoot.length(root) - 1);
        if (id.compareTo(StreamRoot.deletedMs(root), StreamRoot.deletedSeq(root)) > 0) {
            StreamRoot.deletedId(root, id.ms(), id.seq());
        }
        return true;
    }

    private void removeNode(long root, long ms, long seq, long node) {
        long map = StreamRoot.nodes(root);
        long bytes = StreamNode.blockBytes(node);
        if (nodes.last(map) && nodes.value() == node && StreamRoot.tailBytes(root) != 0) {
            bytes = StreamRoot.tailBytes(root);
            StreamRoot.tailBytes(root, 0);
        }
        maps.remove(map, ms, seq);
        blocks.free(node, bytes);
    }

    /** Finds out which entry is the first, after some were removed. */
    public void refreshFirst(long root) {
        if (StreamRoot.length(root) == 0) {
            StreamRoot.firstId(root, 0, 0);
        } else {
            firstEntry(root, false, edge);
            StreamRoot.firstId(root, edge.ms(), edge.seq());
        }
    }

    /**
     * Finds the first entry; the highest identifier when there is none.
     *
     * @param withDeleted whether one counts that is deleted but still there
     */
    public void firstEntry(long root, boolean withDeleted, StreamId found) {
        entries.openAll(root);
        if (withDeleted) {
            entries.withDeleted();
        }
        if (entries.next()) {
            found.set(entries.ms(), entries.seq());
        } else {
            found.set(-1, -1);
        }
    }

    /**
     * Removes entries from the beginning on.
     *
     * @return how many
     */
    public long trim(long root, TrimRule rule) {
        long deleted = 0;
        while (!rule.isMetBy(StreamRoot.length(root)) && nodes.first(StreamRoot.nodes(root))) {
            long node = nodes.value();
            long live = StreamNode.liveCount(node);
            if (rule.limit() != 0 && deleted + live > rule.limit()) {
                break;
            }
            if (dropsNode(root, rule, node, live)) {
                walks.beforeNode(root, nodes.ms(), nodes.seq());
                removeNode(root, nodes.ms(), nodes.seq(), node);
                StreamRoot.length(root, StreamRoot.length(root) - live);
                deleted += live;
            } else {
                deleted += rule.isWholeNodes() ? 0 : trimNode(root, rule, node);
                break;
            }
        }
        if (deleted > 0) {
            refreshFirst(root);
        }
        return deleted;
    }

    private boolean dropsNode(long root, TrimRule rule, long node, long live) {
        long lastMs = 0;
        long lastSeq = 0;
        long last = StreamNode.entryBefore(node, Listpack.end(node));
        if (last != 0) {
            long element = Listpack.behind(last);
            lastMs = nodes.ms() + Listpack.integer(element);
            lastSeq = nodes.seq() + Listpack.integer(Listpack.behind(element));
        }
        return rule.dropsNode(StreamRoot.length(root), live, lastMs, lastSeq);
    }

    /** Removes entries from the beginning of the first node. */
    private long trimNode(long root, TrimRule rule, long node) {
        walks.beforeNode(root, nodes.ms(), nodes.seq());
        long length = StreamRoot.length(root);
        long deleted = 0;
        entries.openAll(root).withDeleted();
        while (entries.next()
                && entries.node() == node
                && !rule.keeps(length - deleted, entries.ms(), entries.seq())) {
            if ((StreamNode.flags(entries.entry()) & StreamNode.DELETED) == 0) {
                StreamNode.markDeleted(entries.entry());
                deleted++;
            }
        }
        StreamNode.countDeleted(node, deleted);
        StreamRoot.length(root, length - deleted);
        return deleted;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.idmap.IdCursor;
import dev.sigrun.memory.idmap.IdMap;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.spi.memory.OffHeap;
import java.util.function.LongConsumer;

/**
 * Owner thread only. A stream as a whole: taking in nodes that exist already, copying, freeing, and
 * saying what it takes.
 */
public final class StreamLife {
    private static final int GROUPS_LOOKED_AT = 64;

    private final Blocks blocks;
    private final IdMap maps;
    private final Groups groups;
    private final IdCursor nodes = new IdCursor();
    private final LongConsumer freeNode = this::freeNode;

    /** The stream that is being freed. */
    private long going;

    /**
     * Makes a flyweight for streams whose blocks come from {@code blocks}.
     *
     * @param walks are told of every change before it is made
     */
    public StreamLife(Blocks blocks, StreamWalks walks) {
        this.blocks = blocks;
        this.maps = new IdMap(blocks);
        this.groups = new Groups(blocks, walks);
    }

    /**
     * Adds a copy of a node that {@link NodeCheck} has found sound; does not count its entries.
     *
     * @param id under which the map is to have the node
     * @return false when there is a node under this identifier
     */
    public boolean addNode(long root, StreamId id, long node) {
        long map = StreamRoot.nodes(root);
        if (IdMap.get(map, id.ms(), id.seq()) != 0) {
            return false;
        }
        long copy = copyNode(node);
        boolean kept = false;
        try {
            maps.put(map, id.ms(), id.seq(), copy);
            kept = true;
            return true;
        } finally {
            if (!kept) {
                blocks.free(copy, StreamNode.blockBytes(copy));
            }
        }
    }

    private long copyNode(long node) {
        long copy = blocks.allocate(StreamNode.blockBytes(node));
        Memory.copy(node, copy, Listpack.bytes(node));
        return copy;
    }

    /** Fills an empty stream with everything that another one has. */
    public void copy(long source, long target) {
        maps.copy(StreamRoot.nodes(source), StreamRoot.nodes(target), this::copyNode);
        StreamRoot.length(target, StreamRoot.length(source));
        StreamRoot.lastId(target, StreamRoot.lastMs(source), StreamRoot.lastSeq(source));
        StreamRoot.firstId(target, StreamRoot.firstMs(source), StreamRoot.firstSeq(source));
        StreamRoot.deletedId(target, StreamRoot.deletedMs(source), StreamRoot.deletedSeq(source));
        StreamRoot.added(target, StreamRoot.added(source));
        groups.copy(source, target);
    }

    /** Frees everything that hangs on a stream. */
    public void free(long root) {
        freeSome(root, Long.MAX_VALUE);
    }

    /**
     * Frees a part of what hangs on a stream.
     *
     * @param steps how many blocks to give back at most, roughly
     * @return whether nothing is left
     */
    public boolean freeSome(long root, long steps) {
        going = root;
        long taken = maps.freeSome(StreamRoot.nodes(root), steps, freeNode);
        taken += groups.dropSome(root, steps - taken);
        return taken < steps;
    }

    /** Nodes go from the last to the first, so only the first of them may have room to grow. */
    private void freeNode(long node) {
        long bytes = StreamRoot.tailBytes(going);
        blocks.free(node, bytes == 0 ? StreamNode.blockBytes(node) : bytes);
        StreamRoot.tailBytes(going, 0);
    }

    /** How many steps freeing takes; of the groups the first ones alone are looked at. */
    public static long freeEffort(long root) {
        NameCursor groups = new NameCursor().groups(root);
        long effort = IdMap.size(StreamRoot.nodes(root)) + 1 + Groups.count(root);
        for (int looked = 0; looked < GROUPS_LOOKED_AT; looked++) {
            long group = groups.next();
            if (group == 0) {
                return effort;
            }
            effort += IdMap.size(Group.pending(group)) + Groups.consumerCount(group);
        }
        return effort;
    }

    /**
     * Bytes that hang on a stream.
     *
     * @param samples how many nodes, groups and consumers to look at; the others are taken to be
     *     alike
     */
    public long memoryBytes(long root, long samples, OffHeap memory) {
        long map = StreamRoot.nodes(root);
        long bytes = 0;
        long seen = 0;
        boolean more = nodes.first(map);
        while (more && seen < samples) {
            bytes += memory.usableBytes(StreamNode.blockBytes(nodes.value()));
            seen++;
            more = nodes.next();
        }
        long size = IdMap.size(map);
        if (seen < size) {
            bytes = (long) ((double) bytes / Math.max(seen, 1) * size);
        }
        return bytes
                + tailRoom(root, memory)
                + IdMap.memoryBytes(map)
                + groups.memoryBytes(root, samples, memory::usableBytes);
    }

    /** What the last node's block has beyond what the node takes. */
    private long tailRoom(long root, OffHeap memory) {
        int bytes = StreamRoot.tailBytes(root);
        if (bytes == 0 || !nodes.last(StreamRoot.nodes(root))) {
            return 0;
        }
        return memory.usableBytes(bytes) - memory.usableBytes(StreamNode.blockBytes(nodes.value()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.idmap.IdCursor;
import dev.sigrun.memory.idmap.IdMap;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;

/**
 * Owner thread only. Adds entries at the end of a stream.
 *
 * <p>The last node's block grows by a half each time, so that most entries are written where there
 * is room already. When the node is full by the configured limits, its block is cut to size and a
 * new node begins. All blocks are had before the first byte changes.
 */
public final class Appender {
    private final Blocks blocks;
    private final IdMap maps;
    private final NodeLimits limits;
    private final StreamWalks walks;
    private final IdCursor tail = new IdCursor();

    // The entry at hand.
    private Args args;
    private int first;
    private int fields;
    private long contentBytes;

    /**
     * Makes a flyweight for streams whose blocks come from {@code blocks}.
     *
     * @param walks are told of every change before it is made
     */
    public Appender(Blocks blocks, NodeLimits limits, StreamWalks walks) {
        this.blocks = blocks;
        this.maps = new IdMap(blocks);
        this.limits = limits;
        this.walks = walks;
    }

    /**
     * Takes up the content of an entry.
     *
     * @param first position of the first field, behind which come its value and the other fields
     */
    public void entry(Args arguments, int first) {
        this.args = arguments;
        this.first = first;
        fields = (arguments.count() - first) / 2;
        contentBytes = 0;
        for (int i = 0; i < 2 * fields; i++) {
            contentBytes += arguments.bytes(first + i).length();
        }
    }

    /** Whether the entry is too large for any node. */
    public boolean isTooLarge() {
        return contentBytes > StreamNode.BYTES_MAX;
    }

    /**
     * Adds the entry.
     *
     * @param id above the identifier given out last
     * @return false when there is a node that begins behind {@code id}, which only a payload made
     *     by hand can bring about; nothing has changed then
     */
    public boolean append(long root, StreamId id) {
        long map = StreamRoot.nodes(root);
        boolean any = tail.last(map);
        if (any && !isFull(tail.value())) {
            walks.beforeNode(root, tail.ms(), tail.seq());
            addToTail(root, id);
        } else if (any && id.compareTo(tail.ms(), tail.seq()) <= 0) {
            return false;
        } else {
            if (any) {
                close(root);
            }
            walks.beforeNode(root, id.ms(), id.seq());
            addNode(root, id);
        }
        args = null;
        StreamRoot.length(root, StreamRoot.length(root) + 1);
        StreamRoot.added(root, StreamRoot.added(root) + 1);
        StreamRoot.lastId(root, id.ms(), id.seq());
        if (StreamRoot.length(root) == 1) {
            StreamRoot.firstId(root, id.ms(), id.seq());
        }
        return true;
    }

    private boolean isFull(long node) {
        if (Listpack.bytes(node) + contentBytes >= limits.bytesMax()) {
            return true;
        }
        long entriesMax = limits.entriesMax();
        return entriesMax > 0
                && StreamNode.liveCount(node) + StreamNode.deletedCount(node) >= entriesMax;
    }

    /** Gives back the room that the last node does not need. */
    private void close(long root) {
        long node = tail.value();
        long exact = StreamNode.blockBytes(node);
        long bytes = StreamRoot.tailBytes(root);
        if (bytes != 0 && bytes != exact) {
            tail.value(blocks.resize(node, bytes, exact));
        }
        StreamRoot.tailBytes(root, 0);
    }

    private void addToTail(long root, StreamId id) {
        long node = tail.value();
        boolean same = hasFieldsOf(node);
        long ms = id.ms() - tail.ms();
        long seq = id.seq() - tail.seq();
        long bytes =
                Listpack.bytes(node) + StreamNode.countGrowth(node) + entryBytes(ms, seq, same);
        node = makeRoom(root, node, StreamNode.blockBytesWith(node, bytes, 1));
        StreamNode.countOneMore(node);
        writeEntry(node, ms, seq, same);
    }

    /** Makes the last node's block large enough, and somewhat larger. */
    private long makeRoom(long root, long node, long bytes) {
        long now = StreamRoot.tailBytes(root);
        if (now == 0) {
            now = StreamNode.blockBytes(node);
        }
        if (bytes <= now) {
            return node;
        }
        long room = Math.max(bytes, Math.min(bytes + (bytes >> 1), limits.bytesMax()));
        long moved = blocks.resize(node, now, room);
        tail.value(moved);
        StreamRoot.tailBytes(root, room);
        return moved;
    }

    private boolean hasFieldsOf(long node) {
        if (StreamNode.fieldCount(node) != fields) {
            return false;
        }
        long element = StreamNode.firstField(node);
        for (int i = 0; i < fields; i++) {
            Bytes field = args.bytes(first + 2 * i);
            if (!Listpack.equalsContent(element, field.address(), field.length())) {
                return false;
            }
            element = Listpack.behind(element);
        }
        return true;
    }

    private void addNode(long root, StreamId id) {
        long bytes =
                Listpack.EMPTY_BYTES
                        + Listpack.entryBytes(1)
                        + Listpack.entryBytes(0)
                        + Listpack.entryBytes(fields)
                        + elementBytes(0)
                        + Listpack.entryBytes(0)
                        + entryBytes(0, 0, true);
        long node = blocks.allocate(bytes);
        boolean kept = false;
        try {
            maps.put(StreamRoot.nodes(root), id.ms(), id.seq(), node);
            kept = true;
        } finally {
            if (!kept) {
                blocks.free(node, bytes);
            }
        }
        Listpack.create(node);
        Listpack.append(node, 1);
        Listpack.append(node, 0);
        Listpack.append(node, fields);
        for (int i = 0; i < fields; i++) {
            append(node, first + 2 * i);
        }
        Listpack.append(node, 0);
        writeEntry(node, 0, 0, true);
    }

    private static void append(long node, Bytes content) {
        Listpack.append(node, content.address(), content.length());
    }

    private void append(long node, int argument) {
        append(node, args.bytes(argument));
    }

    /** Bytes of all fields, or of all values. */
    private long elementBytes(int offset) {
        long bytes = 0;
        for (int i = 0; i < fields; i++) {
            Bytes content = args.bytes(first + 2 * i + offset);
            bytes += Listpack.entryBytes(content.address(), content.length());
        }
        return bytes;
    }

    private int elements(boolean same) {
        return StreamNode.PLAIN_ELEMENTS + (same ? fields : 2 * fields + 1);
    }

    private long entryBytes(long ms, long seq, boolean same) {
        long bytes =
                Listpack.entryBytes(0)
                        + Listpack.entryBytes(ms)
                        + Listpack.entryBytes(seq)
                        + elementBytes(1)
                        + Listpack.entryBytes(elements(same));
        return same ? bytes : bytes + Listpack.entryBytes(fields) + elementBytes(0);
    }

    private void writeEntry(long node, long ms, long seq, boolean same) {
        Listpack.append(node, same ? StreamNode.SAME_FIELDS : 0);
        Listpack.append(node, ms);
        Listpack.append(node, seq);
        if (!same) {
            Listpack.append(node, fields);
        }
        for (int i = 0; i < fields; i++) {
            if (!same) {
                append(node, first + 2 * i);
            }
            append(node, first + 2 * i + 1);
        }
        Listpack.append(node, elements(same));
    }
}

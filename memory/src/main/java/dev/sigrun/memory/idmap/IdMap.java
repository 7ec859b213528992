// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.idmap;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;

/**
 * Owner thread only. An ordered map from identifiers of 128 bits, compared as unsigned numbers, to
 * a word each, which is not 0 and in most cases the address of a block.
 *
 * <p>A map is {@value #ROOT_BYTES} bytes of the caller's memory, which may be moved about, and the
 * nodes that hang on them; this object is a flyweight that works on any number of maps. What the
 * words stand for belongs to the caller.
 *
 * <p>Every operation takes logarithmic time. A node that fills up because of an entry at its end
 * stays full, and the entry begins the next node; so a map that is filled in order has full nodes.
 * A map of few entries is one node with room for few.
 */
public final class IdMap {
    /** Bytes of a map in the caller's memory. */
    public static final int ROOT_BYTES = 24;

    private static final int SIZE_AT = 8;
    private static final int BYTES_AT = 16;

    /** A node with fewer entries looks for another one to join with. */
    private static final int ENTRIES_MIN = IdNode.ENTRIES_MAX / 4;

    /** Joined nodes have at most so many entries, so that they do not split again at once. */
    private static final int JOINED_MAX = IdNode.ENTRIES_MAX * 3 / 4;

    private final Blocks blocks;
    private final IdPath path = new IdPath();

    /** Nodes allocated ahead of an insertion, so that it cannot fail half-way. */
    private final long[] spares = new long[IdPath.LEVELS_MAX + 1];

    private int spareCount;

    // The entry on its way from the leaf up: the new one, then each node that a split has made.
    private long risingMs;
    private long risingSeq;
    private long risingWord;

    /** Makes a flyweight for maps whose nodes come from {@code blocks}. */
    public IdMap(Blocks blocks) {
        this.blocks = blocks;
    }

    /** Makes an empty map of {@value #ROOT_BYTES} bytes at an address. */
    public static void init(long map) {
        Memory.set(map, ROOT_BYTES, (byte) 0);
    }

    /** Number of entries. */
    public static long size(long map) {
        return Memory.getLong(map + SIZE_AT);
    }

    /** Bytes that the nodes take; the map's own {@value #ROOT_BYTES} are not among them. */
    public static long memoryBytes(long map) {
        return Memory.getLong(map + BYTES_AT);
    }

    static long top(long map) {
        return Memory.getLong(map);
    }

    static void requireValue(long value) {
        if (value == 0) {
            throw new IllegalArgumentException("0 stands for no value.");
        }
    }

    /** The value of an identifier; 0 when there is none. */
    public static long get(long map, long ms, long seq) {
        long node = top(map);
        if (node == 0) {
            return 0;
        }
        while (IdNode.level(node) > 0) {
            node = IdNode.word(node, IdNode.childIndex(node, ms, seq));
        }
        int index = IdNode.lowerBound(node, ms, seq);
        return IdNode.isAt(node, index, ms, seq) ? IdNode.word(node, index) : 0;
    }

    /**
     * Gives an identifier a value.
     *
     * @param value not 0
     * @return the value that it had before; 0 when there was none
     */
    public long put(long map, long ms, long seq, long value) {
        requireValue(value);
        path.seek(top(map), ms, seq);
        if (path.depth() > 0 && IdNode.isAt(path.leaf(), path.leafIndex(), ms, seq)) {
            long before = IdNode.word(path.leaf(), path.leafIndex());
            IdNode.word(path.leaf(), path.leafIndex(), value);
            return before;
        }
        if (lacksRoom()) {
            growLoneLeaf(map);
            path.seek(top(map), ms, seq);
        }
        allocateSpares(map);
        insert(map, ms, seq, value);
        Memory.putLong(map + SIZE_AT, size(map) + 1);
        return 0;
    }

    /** Whether there is no node, or a single one that is full but not of full size. */
    private boolean lacksRoom() {
        if (path.depth() == 0) {
            return true;
        }
        int room = IdNode.room(path.leaf());
        return room < IdNode.ENTRIES_MAX && IdNode.count(path.leaf()) == room;
    }

    /** Makes the only node, or gives it more room. */
    private void growLoneLeaf(long map) {
        if (path.depth() == 0) {
            Memory.putLong(map, newNode(map, 1, 0));
        } else {
            resizeLoneLeaf(map, Math.min(2 * IdNode.room(path.leaf()), IdNode.ENTRIES_MAX));
        }
    }

    private void resizeLoneLeaf(long map, int room) {
        long leaf = top(map);
        int oldBytes = IdNode.bytes(IdNode.room(leaf));
        leaf = blocks.resize(leaf, oldBytes, IdNode.bytes(room));
        IdNode.room(leaf, room);
        Memory.putLong(map, leaf);
        addBytes(map, IdNode.bytes(room) - oldBytes);
    }

    private long newNode(long map, int room, int level) {
        long node = blocks.allocate(IdNode.bytes(room));
        IdNode.init(node, room, level);
        addBytes(map, IdNode.bytes(room));
        return node;
    }

    private void freeNode(long map, long node) {
        int bytes = IdNode.bytes(IdNode.room(node));
        blocks.free(node, bytes);
        addBytes(map, -bytes);
    }

    private static void addBytes(long map, int bytes) {
        Memory.putLong(map + BYTES_AT, memoryBytes(map) + bytes);
    }

    /** Allocates a node for each one on the path that is full, and another when all of them are. */
    private void allocateSpares(long map) {
        int level = 0;
        boolean done = false;
        try {
            while (level < path.depth() && isFull(path.depth() - 1 - level)) {
                addSpare(map, level);
                level++;
            }
            if (level == path.depth()) {
                addSpare(map, level);
            }
            done = true;
        } finally {
            while (!done && spareCount > 0) {
                freeNode(map, spares[--spareCount]);
            }
        }
    }

    private void addSpare(long map, int level) {
        spares[spareCount] = newNode(map, IdNode.ENTRIES_MAX, level);
        spareCount++;
    }

    private boolean isFull(int at) {
        return IdNode.count(path.node(at)) == IdNode.ENTRIES_MAX;
    }

    /** Inserts at the place of the path; each full node on the way takes its spare and splits. */
    private void insert(long map, long ms, long seq, long value) {
        risingMs = ms;
        risingSeq = seq;
        risingWord = value;
        int at = path.depth() - 1;
        int index = path.leafIndex();
        for (int level = 0; level < spareCount && at >= 0; level++) {
            long right = spares[level];
            split(path.node(at), right, index);
            risingMs = IdNode.ms(right, 0);
            risingSeq = IdNode.seq(right, 0);
            risingWord = right;
            at--;
            index = at < 0 ? 0 : path.index(at) + 1;
        }
        if (at >= 0) {
            insertRising(path.node(at), index);
        } else {
            growUp(map, spares[spareCount - 1]);
        }
        spareCount = 0;
    }

    private void insertRising(long node, int index) {
        IdNode.insert(node, index, risingMs, risingSeq, risingWord);
    }

    /** Inserts into a full node, which gives a part of its entries to a new one behind it. */
    private void split(long left, long right, int index) {
        int half = IdNode.ENTRIES_MAX / 2;
        if (index == IdNode.ENTRIES_MAX) {
            insertRising(right, 0);
        } else if (index <= half) {
            IdNode.moveTail(left, half, right);
            insertRising(left, index);
        } else {
            IdNode.moveTail(left, half, right);
            insertRising(right, index - half);
        }
    }

    private void growUp(long map, long root) {
        long left = top(map);
        IdNode.insert(root, 0, IdNode.ms(left, 0), IdNode.seq(left, 0), left);
        insertRising(root, 1);
        Memory.putLong(map, root);
    }

    /**
     * Takes an identifier out.
     *
     * @return the value that it had; 0 when there was none
     */
    public long remove(long map, long ms, long seq) {
        path.seek(top(map), ms, seq);
        if (path.depth() == 0 || !IdNode.isAt(path.leaf(), path.leafIndex(), ms, seq)) {
            return 0;
        }
        long value = IdNode.word(path.leaf(), path.leafIndex());
        IdNode.remove(path.leaf(), path.leafIndex());
        Memory.putLong(map + SIZE_AT, size(map) - 1);
        mend(map);
        return value;
    }

    /** After an entry has gone from the path's leaf: drops what is empty, joins what is sparse. */
    private void mend(long map) {
        for (int at = path.depth() - 1; at > 0; at--) {
            long node = path.node(at);
            if (IdNode.count(node) == 0) {
                IdNode.remove(path.node(at - 1), path.index(at - 1));
                freeNode(map, node);
            } else if (IdNode.count(node) >= ENTRIES_MIN || !join(map, at)) {
                break;
            }
        }
        lowerTop(map);
    }

    /** Joins a node with one beside it under the same parent, when there is one sparse enough. */
    private boolean join(long map, int at) {
        long parent = path.node(at - 1);
        int index = path.index(at - 1);
        if (index > 0 && joinInto(map, parent, index)) {
            return true;
        }
        return index + 1 < IdNode.count(parent) && joinInto(map, parent, index + 1);
    }

    /** Moves what is in a child into the one before it. */
    private boolean joinInto(long map, long parent, int index) {
        long left = IdNode.word(parent, index - 1);
        long right = IdNode.word(parent, index);
        if (IdNode.count(left) + IdNode.count(right) > JOINED_MAX) {
            return false;
        }
        // A first entry's identifier bounds nothing, but now it is to be no first one.
        if (IdNode.level(right) > 0) {
            IdNode.key(right, 0, IdNode.ms(parent, index), IdNode.seq(parent, index));
        }
        IdNode.moveTail(right, 0, left);
        IdNode.remove(parent, index);
        freeNode(map, right);
        return true;
    }

    /** Drops top nodes that lead to one node only, and lets the last one go or shrink. */
    private void lowerTop(long map) {
        long node = top(map);
        while (IdNode.level(node) > 0 && IdNode.count(node) == 1) {
            long child = IdNode.word(node, 0);
            freeNode(map, node);
            Memory.putLong(map, child);
            node = child;
        }
        if (IdNode.count(node) == 0) {
            freeNode(map, node);
            Memory.putLong(map, 0);
        } else if (IdNode.level(node) == 0 && IdNode.count(node) * 4 <= IdNode.room(node)) {
            shrinkLoneLeaf(map);
        }
    }

    private void shrinkLoneLeaf(long map) {
        try {
            resizeLoneLeaf(map, IdNode.room(top(map)) / 2);
        } catch (MemoryExhausted | OutOfMemoryError e) {
            // The smaller block could not be had. Taking out must not fail, so the room stays.
            return;
        }
    }

    /**
     * Takes some entries out, the last one first, in the cheapest way.
     *
     * @param steps how many at most
     * @param release is told the value of each
     * @return how many were taken out; fewer than asked for when the map is empty now
     */
    public long freeSome(long map, long steps, LongConsumer release) {
        long taken = 0;
        while (taken < steps && size(map) > 0) {
            path.last(top(map));
            long leaf = path.leaf();
            int count = IdNode.count(leaf);
            int kept = (int) Math.max(0, count - (steps - taken));
            for (int i = count - 1; i >= kept; i--) {
                release.accept(IdNode.word(leaf, i));
            }
            IdNode.truncate(leaf, kept);
            Memory.putLong(map + SIZE_AT, size(map) - (count - kept));
            taken += count - kept;
            if (kept == 0) {
                dropLast(map);
            }
        }
        return taken;
    }

    /** Frees the last leaf, which is empty, and all nodes above it that led to nothing else. */
    private void dropLast(long map) {
        int at = path.depth() - 1;
        freeNode(map, path.node(at));
        while (at > 0) {
            long parent = path.node(at - 1);
            int count = IdNode.count(parent);
            IdNode.truncate(parent, count - 1);
            if (count > 1) {
                return;
            }
            freeNode(map, parent);
            at--;
        }
        Memory.putLong(map, 0);
    }

    /**
     * Fills an empty map with the entries of another one, in order.
     *
     * @param source the other map
     * @param target the empty map; it holds what was copied so far when {@code value} or an
     *     allocation throws
     * @param value gives the value for the target from the one in the source
     */
    public void copy(long source, long target, LongUnaryOperator value) {
        IdCursor cursor = new IdCursor();
        boolean more = cursor.first(source);
        while (more) {
            put(target, cursor.ms(), cursor.seq(), value.applyAsLong(cursor.value()));
            more = cursor.next();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.memory.pack.ListpackSplice;
import dev.sigrun.memory.pack.Sought;
import dev.sigrun.memory.quicklist.Fill;
import dev.sigrun.memory.quicklist.ListCursor;
import dev.sigrun.memory.quicklist.Quicklist;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.ValueContext;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;

/**
 * What can be done to the cell of a list in either form, and when the form changes. Content that is
 * given lies outside of the list. One instance serves all lists. Owner thread only.
 */
final class Lists {
    /** Bytes of an empty list, which only becomes a key's when something is added. */
    static final int EMPTY_BYTES = 1 + Listpack.EMPTY_BYTES;

    private static final int LARGE_BYTES = 1 + Quicklist.ROOT_BYTES;
    private static final byte SMALL = 0;
    private static final byte LARGE = 1;

    private final Quicklist quicklists;
    private final ListLimits limits;

    /** A root on its way between a cell and its absence; off every account, as it is no value. */
    private final MemorySegment spareRoot = Arena.ofAuto().allocate(Quicklist.ROOT_BYTES);

    private final MemorySegment digits = Arena.ofAuto().allocate(Decimal.BYTES_MAX);

    Lists(CoreMemory memory, ListLimits limits) {
        this.quicklists = new Quicklist(memory);
        this.limits = limits;
    }

    // ---- what there is ----

    static boolean isLarge(Bytes cell) {
        return Memory.getByte(cell.address()) == LARGE;
    }

    /** The listpack of a small list, the root of a large one. */
    static long content(Bytes cell) {
        return cell.address() + 1;
    }

    Quicklist quicklists() {
        quicklists.fill(limits.listpackSize());
        quicklists.compressDepth(limits.compressDepth());
        return quicklists;
    }

    long length(Bytes cell) {
        return isLarge(cell) ? quicklists.count(content(cell)) : Listpack.count(content(cell));
    }

    /** Number of nodes; a small list counts as one. */
    long nodes(Bytes cell) {
        return isLarge(cell) ? quicklists.nodes(content(cell)) : 1;
    }

    /** What is told about a large list for debugging, in Valkey's words. */
    String details(Bytes cell, boolean fast) {
        long root = content(cell);
        long nodes = quicklists.nodes(root);
        double average = (double) quicklists.count(root) / nodes;
        String details =
                String.format(
                        Locale.ROOT,
                        " ql_nodes:%d ql_avg_node:%.2f ql_listpack_max:%d ql_compressed:%d",
                        nodes,
                        average,
                        Fill.clamped(limits.listpackSize()),
                        limits.compressDepth() == 0 ? 0 : 1);
        return fast ? details : details + " ql_uncompressed_size:" + expandedBytes(root);
    }

    private long expandedBytes(long root) {
        long bytes = 0;
        for (long node = quicklists.firstNode(root); node != 0; node = quicklists.nextNode(node)) {
            bytes += quicklists.contentBytes(node);
        }
        return bytes;
    }

    /**
     * Goes to an element.
     *
     * @param index from 0 on or, backwards from the last, from -1 on
     * @return whether there is one
     */
    static boolean seek(ListCursor cursor, Bytes cell, long index) {
        return isLarge(cell)
                ? cursor.open(content(cell), index)
                : cursor.openListpack(content(cell), index);
    }

    // ---- adding ----

    /** Writes an empty list into a cell of {@link #EMPTY_BYTES}. */
    static void create(Cell cell) {
        Memory.putByte(cell.address(), SMALL);
        Listpack.create(content(cell));
    }

    /**
     * Turns a small list into a large one when it will be too much for a listpack.
     *
     * @param bytes length of what is about to be added, in all
     * @param count number of elements that are about to be added
     */
    void expect(Cell cell, long bytes, long count) {
        if (isLarge(cell)) {
            return;
        }
        long lp = content(cell);
        long newBytes = Listpack.bytes(lp) + bytes;
        long newCount = Listpack.count(lp) + count;
        if (Fill.isExceeded(limits.listpackSize(), newBytes, newCount)) {
            enlarge(cell);
        }
    }

    private void enlarge(Cell cell) {
        long root = spareRoot.address();
        quicklists().create(root);
        boolean done = false;
        try {
            quicklists.appendListpack(root, content(cell));
            cell.resize(LARGE_BYTES);
            done = true;
        } finally {
            if (!done) {
                quicklists.free(root);
            }
        }
        adopt(cell, root);
    }

    private static void adopt(Cell cell, long root) {
        Memory.putByte(cell.address(), LARGE);
        Memory.copy(root, content(cell), Quicklist.ROOT_BYTES);
    }

    void push(Cell cell, Side side, long address, long length) {
        if (!isLarge(cell)) {
            long offset = side == Side.LEFT ? Listpack.HEADER_BYTES : end(cell);
            insertSmall(cell, offset, address, length);
        } else if (side == Side.LEFT) {
            quicklists().pushHead(content(cell), address, length);
        } else {
            quicklists().pushTail(content(cell), address, length);
        }
    }

    private static long end(Bytes cell) {
        return Listpack.bytes(content(cell)) - 1;
    }

    private static void insertSmall(Cell cell, long offset, long address, long length) {
        cell.resize((int) (cell.length() + Listpack.entryBytes(address, length)));
        Listpack.insert(content(cell), content(cell) + offset, address, length);
    }

    /** Inserts beside the element at the cursor, which is to be opened again afterwards. */
    void insert(Cell cell, ListCursor place, boolean after, long address, long length) {
        if (!isLarge(cell)) {
            long at = after ? Listpack.behind(place.entry()) : place.entry();
            insertSmall(cell, at - content(cell), address, length);
        } else if (after) {
            quicklists().insertAfter(content(cell), place, address, length);
        } else {
            quicklists().insertBefore(content(cell), place, address, length);
        }
    }

    /** Replaces the element at the cursor, which is to be opened again afterwards. */
    void replace(Cell cell, ListCursor place, long address, long length) {
        if (isLarge(cell)) {
            quicklists().replace(content(cell), place, address, length);
            return;
        }
        long offset = place.entry() - content(cell);
        long more = Listpack.entryBytes(address, length) - Listpack.storedBytes(place.entry());
        cell.resize((int) (cell.length() + Math.max(0, more)));
        Listpack.replace(content(cell), content(cell) + offset, address, length);
        fit(cell);
    }

    private static void fit(Cell cell) {
        int bytes = (int) Listpack.bytes(content(cell)) + 1;
        if (bytes != cell.length()) {
            cell.resize(bytes);
        }
    }

    // ---- removing; afterwards the list may be empty, and then its key has to go ----

    /**
     * Removes elements.
     *
     * @param start index of the first one, from 0 on
     * @param count how many; all of them are there
     */
    void delete(Cell cell, long start, long count) {
        if (count == 0) {
            return;
        }
        long content = content(cell);
        if (isLarge(cell)) {
            quicklists().delete(content, start, count);
        } else {
            Listpack.deleteRange(content, Listpack.seek(content, start), count);
            fit(cell);
        }
    }

    /** Removes the element at an end. */
    void pop(Cell cell, Side side) {
        if (!isLarge(cell)) {
            Listpack.delete(content(cell), Listpack.seek(content(cell), side.edge()));
            fit(cell);
        } else if (side == Side.LEFT) {
            quicklists().popHead(content(cell));
        } else {
            quicklists().popTail(content(cell));
        }
    }

    /** Removes elements with some content, and returns how many. */
    long removeAll(Cell cell, Sought sought, long max, boolean fromTail) {
        long content = content(cell);
        if (isLarge(cell)) {
            return quicklists().removeAll(content, sought, max, fromTail);
        }
        long skip = fromTail ? Math.max(0, ListpackSplice.count(content, sought) - max) : 0;
        long removed = ListpackSplice.removeAll(content, sought, skip, max);
        fit(cell);
        return removed;
    }

    /**
     * Turns a large list into a small one when it would be half of what a listpack may be, so that
     * a list about as large as the limit does not change its form again and again.
     */
    void shrunk(Cell cell) {
        long lp = isLarge(cell) ? quicklists.onlyListpack(content(cell)) : 0;
        if (lp == 0 || !fits(lp, 2)) {
            return;
        }
        // Whoever still goes over the nodes has to see the rest of them now.
        quicklists.endWalks(content(cell));
        long root = spareRoot.address();
        Memory.copy(content(cell), root, Quicklist.ROOT_BYTES);
        int bytes = (int) Listpack.bytes(lp);
        cell.resize(1 + bytes);
        takeListpack(cell, lp, bytes);
        quicklists.free(root);
    }

    private boolean fits(long lp, int share) {
        int fill = limits.listpackSize();
        boolean bytesFit = fill >= 0 || Listpack.bytes(lp) <= Fill.bytesMax(fill) / share;
        return bytesFit && Listpack.count(lp) <= Fill.countMax(fill) / share;
    }

    private static void takeListpack(Cell cell, long lp, int bytes) {
        Memory.putByte(cell.address(), SMALL);
        Memory.copy(lp, content(cell), bytes);
    }

    // ---- whole lists ----

    /** A root for a list that is being put together; there is one at a time. */
    long newRoot() {
        quicklists().create(spareRoot.address());
        return spareRoot.address();
    }

    /** Adds an integer at the end of a list that is being put together. */
    void pushInteger(long root, long value) {
        int length = Decimal.write(value, digits.address());
        quicklists().pushTail(root, digits.address(), length);
    }

    /** The root of a list that is put together further, and is a large one from now on. */
    long rootOf(Cell cell) {
        if (!isLarge(cell)) {
            enlarge(cell);
        }
        return content(cell);
    }

    /** Makes a value of a list that was put together, a small one when that is allowed and fits. */
    Cell toCell(ValueContext context, long root, boolean maybeSmall) {
        long lp = maybeSmall ? quicklists.onlyListpack(root) : 0;
        if (lp == 0 || !fits(lp, 1)) {
            Cell cell = context.newCell(LARGE_BYTES);
            adopt(cell, root);
            return cell;
        }
        int bytes = (int) Listpack.bytes(lp);
        Cell cell = context.newCell(1 + bytes);
        takeListpack(cell, lp, bytes);
        quicklists.free(root);
        return cell;
    }

    Cell copy(ValueContext context, Cell source) {
        Cell target = context.newCell(source.length());
        if (isLarge(source)) {
            Memory.putByte(target.address(), LARGE);
            quicklists().copy(content(source), content(target));
        } else {
            Memory.copy(source.address(), target.address(), source.length());
        }
        return target;
    }
}

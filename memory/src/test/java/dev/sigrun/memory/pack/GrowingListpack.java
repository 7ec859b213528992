// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

/** A listpack in a block that is always as long as it has to be, edited by index. */
final class GrowingListpack {
    private final OffHeapBytes memory;
    private long lp;
    private long room = Listpack.EMPTY_BYTES;

    GrowingListpack(OffHeapBytes memory) {
        this.memory = memory;
        lp = memory.allocate(room);
        Listpack.create(lp);
    }

    long address() {
        return lp;
    }

    byte[] content() {
        return OffHeapBytes.get(lp, Listpack.bytes(lp));
    }

    /** Inserts before an index; at the end when there is no such entry. */
    void insert(long index, byte[] content) {
        long source = memory.put(content);
        long offset = at(index) - lp;
        fit(room + Listpack.entryBytes(source, content.length));
        Listpack.insert(lp, lp + offset, source, content.length);
        memory.free(source, content.length);
    }

    void insert(long index, long value) {
        long offset = at(index) - lp;
        fit(room + Listpack.entryBytes(value));
        Listpack.insert(lp, lp + offset, value);
    }

    void replace(long index, byte[] content) {
        long source = memory.put(content);
        long offset = at(index) - lp;
        long more = Listpack.entryBytes(source, content.length) - Listpack.storedBytes(lp + offset);
        fit(room + Math.max(0, more));
        Listpack.replace(lp, lp + offset, source, content.length);
        memory.free(source, content.length);
        fit(Listpack.bytes(lp));
    }

    void replace(long index, long value) {
        long offset = at(index) - lp;
        long more = Listpack.entryBytes(value) - Listpack.storedBytes(lp + offset);
        fit(room + Math.max(0, more));
        Listpack.replace(lp, lp + offset, value);
        fit(Listpack.bytes(lp));
    }

    long delete(long index, long count) {
        long gone = Listpack.deleteRange(lp, at(index), count);
        fit(Listpack.bytes(lp));
        return gone;
    }

    void appendAll(GrowingListpack other) {
        fit(room + Listpack.bytes(other.lp) - Listpack.EMPTY_BYTES);
        ListpackSplice.appendAll(lp, other.lp);
    }

    /** Moves the entries from an index on into another one. */
    GrowingListpack split(long index) {
        GrowingListpack tail = new GrowingListpack(memory);
        tail.fit(ListpackSplice.tailBytes(lp, at(index)));
        ListpackSplice.moveTail(lp, at(index), tail.lp);
        fit(Listpack.bytes(lp));
        return tail;
    }

    void free() {
        memory.free(lp, room);
    }

    private long at(long index) {
        long entry = index < 0 ? 0 : Listpack.seek(lp, index);
        return entry == 0 ? Listpack.end(lp) : entry;
    }

    private void fit(long bytes) {
        lp = memory.resize(lp, room, bytes);
        room = bytes;
    }
}

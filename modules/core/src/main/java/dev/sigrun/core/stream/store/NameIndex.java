// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;

/**
 * Owner thread only. Blocks in the order of the names that they carry: the groups of a stream, the
 * consumers of a group. Mostly a handful, but somebody may have a million, so nothing takes time in
 * proportion to their number but walking them.
 *
 * <p>The addresses of the blocks stand in chunks of up to {@value #REFS_MAX}, those of the chunks
 * in one row, both sorted. An index is {@value #ROOT_BYTES} bytes of the caller's memory. A named
 * block begins with the length of its name, and has the name at a place that is the same for all
 * blocks of an index. The blocks belong to the caller.
 */
final class NameIndex {
    static final int ROOT_BYTES = 24;

    private static final int REFS_MAX = 127;
    private static final int SIZE_AT = 8;
    private static final int CHUNKS_AT = 12;
    private static final int ROW_ROOM_AT = 16;
    private static final int HEADER_BYTES = 8;
    private static final int ROOM_AT = 4;

    private final Blocks blocks;
    private final int nameAt;

    // Where a search has ended.
    private int chunkIndex;
    private int refIndex;

    /**
     * Makes a flyweight for indexes whose chunks come from {@code blocks}.
     *
     * @param nameAt where a block has its name
     */
    NameIndex(Blocks blocks, int nameAt) {
        this.blocks = blocks;
        this.nameAt = nameAt;
    }

    static void init(long index) {
        Memory.set(index, ROOT_BYTES, (byte) 0);
    }

    static int nameLength(long block) {
        return Memory.getInt(block);
    }

    static void nameLength(long block, int length) {
        Memory.putInt(block, length);
    }

    static int size(long index) {
        return Memory.getInt(index + SIZE_AT);
    }

    static int chunks(long index) {
        return Memory.getInt(index + CHUNKS_AT);
    }

    static long chunk(long index, int at) {
        return Memory.getLong(Memory.getLong(index) + 8L * at);
    }

    private static int rowRoom(long index) {
        return Memory.getInt(index + ROW_ROOM_AT);
    }

    static int count(long chunk) {
        return Memory.getInt(chunk);
    }

    private static int room(long chunk) {
        return Memory.getInt(chunk + ROOM_AT);
    }

    static long ref(long chunk, int at) {
        return Memory.getLong(chunk + HEADER_BYTES + 8L * at);
    }

    private static long chunkBytes(int room) {
        return HEADER_BYTES + 8L * room;
    }

    // ---- searching ----

    /** The block with a name, or 0. */
    long find(long index, long name, int length) {
        return search(index, name, length) ? ref(chunk(index, chunkIndex), refIndex) : 0;
    }

    /** Goes to a name or to the place where it would be; whether it is there. */
    private boolean search(long index, long name, int length) {
        chunkIndex = 0;
        refIndex = 0;
        if (size(index) == 0) {
            return false;
        }
        int low = 1;
        int high = chunks(index);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(ref(chunk(index, middle), 0), name, length) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        chunkIndex = low - 1;
        return searchChunk(chunk(index, chunkIndex), name, length);
    }

    private boolean searchChunk(long chunk, long name, int length) {
        int low = 0;
        int high = count(chunk);
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = compare(ref(chunk, middle), name, length);
            if (order == 0) {
                refIndex = middle;
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        refIndex = low;
        return false;
    }

    private int compare(long block, long name, int length) {
        return Memory.compare(block + nameAt, nameLength(block), name, length);
    }

    /** The block with the first name, or 0. */
    static long first(long index) {
        return size(index) == 0 ? 0 : ref(chunk(index, 0), 0);
    }

    /** The block with the first name behind the given one, or 0. */
    long after(long index, long name, int length) {
        if (search(index, name, length)) {
            refIndex++;
        }
        if (chunkIndex < chunks(index) && refIndex == count(chunk(index, chunkIndex))) {
            chunkIndex++;
            refIndex = 0;
        }
        return chunkIndex < chunks(index) ? ref(chunk(index, chunkIndex), refIndex) : 0;
    }

    /** The block with the last name; the index has one. */
    static long last(long index) {
        long chunk = chunk(index, chunks(index) - 1);
        return ref(chunk, count(chunk) - 1);
    }

    // ---- changing ----

    /** Adds a block with a name that is not there yet. */
    void add(long index, long block) {
        search(index, block + nameAt, nameLength(block));
        if (size(index) == 0) {
            addChunk(index, 0, 1);
        } else {
            makeRoom(index);
        }
        insert(chunk(index, chunkIndex), refIndex, block);
        Memory.putInt(index + SIZE_AT, size(index) + 1);
    }

    /** Makes room for one more in the chunk of the search, which may have to split for that. */
    private void makeRoom(long index) {
        long chunk = chunk(index, chunkIndex);
        int room = room(chunk);
        if (count(chunk) < room) {
            return;
        }
        if (room < REFS_MAX) {
            resizeChunk(index, chunkIndex, Math.min(2 * room, REFS_MAX));
            return;
        }
        addChunk(index, chunkIndex + 1, REFS_MAX);
        // Behind the last one nothing moves, so that names in order leave full chunks.
        int kept = refIndex == REFS_MAX ? REFS_MAX : REFS_MAX / 2;
        moveTail(chunk, kept, chunk(index, chunkIndex + 1));
        if (refIndex > kept || kept == REFS_MAX) {
            chunkIndex++;
            refIndex -= kept;
        }
    }

    /** Puts a new chunk into the row; all blocks are had before anything changes. */
    private void addChunk(long index, int at, int room) {
        int chunks = chunks(index);
        if (chunks == rowRoom(index)) {
            growRow(index);
        }
        long chunk = blocks.allocate(chunkBytes(room));
        Memory.putInt(chunk, 0);
        Memory.putInt(chunk + ROOM_AT, room);
        long place = Memory.getLong(index) + 8L * at;
        Memory.copy(place, place + 8, 8L * (chunks - at));
        Memory.putLong(place, chunk);
        Memory.putInt(index + CHUNKS_AT, chunks + 1);
    }

    private void growRow(long index) {
        int room = rowRoom(index);
        if (room == 0) {
            Memory.putLong(index, blocks.allocate(8));
            Memory.putInt(index + ROW_ROOM_AT, 1);
        } else {
            resizeRow(index, 2 * room);
        }
    }

    private void resizeRow(long index, int room) {
        Memory.putLong(index, blocks.resize(Memory.getLong(index), 8L * rowRoom(index), 8L * room));
        Memory.putInt(index + ROW_ROOM_AT, room);
    }

    private void resizeChunk(long index, int at, int room) {
        long chunk = chunk(index, at);
        long moved = blocks.resize(chunk, chunkBytes(room(chunk)), chunkBytes(room));
        Memory.putInt(moved + ROOM_AT, room);
        Memory.putLong(Memory.getLong(index) + 8L * at, moved);
    }

    private static void insert(long chunk, int at, long block) {
        int count = count(chunk);
        long place = chunk + HEADER_BYTES + 8L * at;
        Memory.copy(place, place + 8, 8L * (count - at));
        Memory.putLong(place, block);
        Memory.putInt(chunk, count + 1);
    }

    private static void moveTail(long chunk, int from, long target) {
        int moved = count(chunk) - from;
        Memory.copy(chunk + HEADER_BYTES + 8L * from, target + HEADER_BYTES, 8L * moved);
        Memory.putInt(target, moved);
        Memory.putInt(chunk, from);
    }

    /** Takes a block out, which must be there. Never fails. */
    void remove(long index, long block) {
        search(index, block + nameAt, nameLength(block));
        long chunk = chunk(index, chunkIndex);
        int count = count(chunk) - 1;
        long place = chunk + HEADER_BYTES + 8L * refIndex;
        Memory.copy(place + 8, place, 8L * (count - refIndex));
        Memory.putInt(chunk, count);
        Memory.putInt(index + SIZE_AT, size(index) - 1);
        try {
            shrink(index, chunk, count);
        } catch (MemoryExhausted | OutOfMemoryError e) {
            // A smaller block could not be had. Taking out must not fail, so the room stays.
            return;
        }
    }

    private void shrink(long index, long chunk, int count) {
        if (count == 0) {
            removeChunk(index, chunk);
        } else if (count * 4 <= room(chunk)) {
            resizeChunk(index, chunkIndex, room(chunk) / 2);
        }
    }

    private void removeChunk(long index, long chunk) {
        blocks.free(chunk, chunkBytes(room(chunk)));
        int chunks = chunks(index) - 1;
        long place = Memory.getLong(index) + 8L * chunkIndex;
        Memory.copy(place + 8, place, 8L * (chunks - chunkIndex));
        Memory.putInt(index + CHUNKS_AT, chunks);
        if (chunks == 0) {
            blocks.free(Memory.getLong(index), 8L * rowRoom(index));
            init(index);
        } else if (chunks * 4 <= rowRoom(index)) {
            resizeRow(index, rowRoom(index) / 2);
        }
    }

    /** How many blocks of which size an index has, for those who add sizes up. */
    long memoryBytes(long index, BlockSize size) {
        long bytes = rowRoom(index) == 0 ? 0 : size.of(8L * rowRoom(index));
        for (int i = 0; i < chunks(index); i++) {
            bytes += size.of(chunkBytes(room(chunk(index, i))));
        }
        return bytes;
    }

    /** Says what a block really takes. */
    @FunctionalInterface
    interface BlockSize {
        /** Bytes that a block of this size takes. */
        long of(long bytes);
    }
}

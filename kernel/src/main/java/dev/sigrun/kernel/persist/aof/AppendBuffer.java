// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Collects what goes to the file, and hands it over at the end of a turn or when it has become
 * much. Owner thread only.
 */
final class AppendBuffer {
    private final AofWriter writer;
    private final ChunkPool pool;
    private final LongSupplier replicationOffset;
    private Chunk open;
    private Chunk last;
    private long end;

    AppendBuffer(AofWriter writer, ChunkPool pool, LongSupplier replicationOffset) {
        this.writer = writer;
        this.pool = pool;
        this.replicationOffset = replicationOffset;
    }

    /** How far all that was ever collected reaches. */
    long end() {
        return end;
    }

    /** Adds bytes, which must not change any more. */
    void add(byte[] content) {
        if (content.length > Chunk.BYTES / 2) {
            flush();
            last = null;
            end += content.length;
            writer.write(Chunk.of(content).seal(end, replicationOffset.getAsLong()));
            return;
        }
        room(content.length).put(content);
        end += content.length;
    }

    /** Adds bytes that are lent until this returns. */
    void add(long address, int length) {
        if (length > Chunk.BYTES / 2) {
            byte[] content = new byte[length];
            Memory.copy(address, content, 0, length);
            add(content);
            return;
        }
        ByteBuffer bytes = room(length);
        int at = bytes.position();
        MemorySegment.copy(
                Memory.segment(address, length), 0, MemorySegment.ofBuffer(bytes), 0, length);
        bytes.position(at + length);
        end += length;
    }

    /** A chunk that has room for so many bytes. */
    private ByteBuffer room(int bytes) {
        if (open != null && open.bytes().remaining() < bytes) {
            flush();
        }
        if (open == null) {
            open = nextChunk(bytes);
        }
        return open.bytes();
    }

    /**
     * Where the disk is slow the last chunk still waits, and is filled up first: otherwise each
     * turn would take one of its own for the little that it has.
     */
    private Chunk nextChunk(int bytes) {
        Chunk before = last;
        last = null;
        boolean fits = before != null && before.room() >= bytes;
        return fits && writer.takeBack(before) ? before.unseal() : pool.take();
    }

    /** Hands over what there is. */
    void flush() {
        if (open != null) {
            last = open;
            open = null;
            writer.write(last.seal(end, replicationOffset.getAsLong()));
        }
    }

    /** Bytes that have not been handed over. */
    int bytes() {
        return open == null ? 0 : open.bytes().position();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import java.nio.ByteBuffer;

/**
 * Some bytes on their way to the file. The owner fills it and gives it away; the thread that writes
 * it may give it back.
 */
final class Chunk {
    static final int BYTES = 64 * 1024;

    private final ByteBuffer bytes;
    private final boolean reusable;
    private long end;
    private long offset;
    private int room;

    private Chunk(ByteBuffer bytes, boolean reusable) {
        this.bytes = bytes;
        this.reusable = reusable;
    }

    /** An empty one. */
    static Chunk empty() {
        return new Chunk(ByteBuffer.allocateDirect(BYTES), true);
    }

    /** One that is full of bytes that never change. */
    static Chunk of(byte[] content) {
        ByteBuffer all = ByteBuffer.wrap(content);
        all.position(content.length);
        return new Chunk(all, false);
    }

    /** What it holds; filled from the position, as long as it has not been given away. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** Whether it can be filled again. */
    boolean isReusable() {
        return reusable;
    }

    /**
     * Is full enough, and given away.
     *
     * @param newEnd how far all that was ever collected reaches with this
     * @param newOffset where replication stands with this
     */
    Chunk seal(long newEnd, long newOffset) {
        end = newEnd;
        offset = newOffset;
        room = bytes.remaining();
        bytes.flip();
        return this;
    }

    /** How much could still be added; the owner's. */
    int room() {
        return room;
    }

    /** Was given away and has come back before anybody looked at it: more can be added. */
    Chunk unseal() {
        int filled = bytes.limit();
        bytes.limit(bytes.capacity());
        bytes.position(filled);
        return this;
    }

    /** How far all that was ever collected reaches with this. */
    long end() {
        return end;
    }

    /** Where replication stands with this. */
    long offset() {
        return offset;
    }
}

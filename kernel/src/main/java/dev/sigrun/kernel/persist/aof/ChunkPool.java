// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import java.util.ArrayDeque;
import java.util.Deque;

/** Chunks to be filled again. Any thread. */
final class ChunkPool {
    private static final int KEPT_MAX = 16;

    private final Deque<Chunk> free = new ArrayDeque<>();

    /** An empty chunk. */
    Chunk take() {
        Chunk chunk;
        synchronized (free) {
            chunk = free.poll();
        }
        if (chunk == null) {
            return Chunk.empty();
        }
        chunk.bytes().clear();
        return chunk;
    }

    /** Takes one back that is of no more use. */
    void give(Chunk chunk) {
        if (chunk.isReusable()) {
            synchronized (free) {
                if (free.size() < KEPT_MAX) {
                    free.push(chunk);
                }
            }
        }
    }
}

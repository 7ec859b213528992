// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.idmap.IdMap;
import java.util.function.LongConsumer;

/**
 * What a walk keeps of the entries of a map that have changed since it began: each as it was then.
 * Owner thread only.
 */
final class KeptIds {
    /** Stands for an entry that was not there. */
    static final long ABSENT = 1;

    /** Stands for an entry that was there, of which nothing else is to be known. */
    static final long PRESENT = 2;

    private final Blocks blocks;
    private final IdMap maps;
    private final LongConsumer release = this::release;

    /** The map from identifiers to one of the two, or to a copy of a {@link Nack}; 0 for none. */
    private long map;

    KeptIds(Blocks blocks) {
        this.blocks = blocks;
        this.maps = new IdMap(blocks);
    }

    /** Where the map is; 0 when nothing has changed. */
    long map() {
        return map;
    }

    boolean has(long ms, long seq) {
        return map != 0 && IdMap.get(map, ms, seq) != 0;
    }

    /** Keeps whether an entry, which is not yet kept, was there. */
    void put(long ms, long seq, long word) {
        if (map == 0) {
            map = blocks.allocate(IdMap.ROOT_BYTES);
            IdMap.init(map);
        }
        maps.put(map, ms, seq, word);
    }

    /** Keeps what was known of an entry, which is not yet kept. */
    void putCopy(long ms, long seq, long nack) {
        long copy = blocks.allocate(Nack.BYTES);
        boolean kept = false;
        try {
            Memory.copy(nack, copy, Nack.BYTES);
            put(ms, seq, copy);
            kept = true;
        } finally {
            if (!kept) {
                blocks.free(copy, Nack.BYTES);
            }
        }
    }

    private void release(long word) {
        if (word > PRESENT) {
            blocks.free(word, Nack.BYTES);
        }
    }

    /** Frees some of it; says whether nothing is left. */
    boolean freeSome(long steps) {
        if (map == 0) {
            return true;
        }
        if (maps.freeSome(map, steps, release) == steps) {
            return false;
        }
        blocks.free(map, IdMap.ROOT_BYTES);
        map = 0;
        return true;
    }
}

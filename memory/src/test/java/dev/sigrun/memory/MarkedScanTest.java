// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class MarkedScanTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private final Allocator allocator = new Allocator();

    /** An entry here is a key of eight bytes and a mark. */
    private final EntryLayout layout =
            new EntryLayout() {
                @Override
                public long hash(long entry) {
                    return SipHash.hash12(entry, 8, 1, 2);
                }

                @Override
                public boolean matches(long entry, long key, int keyLength) {
                    return Memory.getLong(entry) == Memory.getLong(key);
                }

                @Override
                public boolean isMarked(long entry) {
                    return Memory.getLong(entry + 8) != 0;
                }
            };

    private final Table table = new Table(allocator, layout);
    private final Map<Long, Long> model = new HashMap<>();
    private final Set<Long> marked = new HashSet<>();

    @AfterEach
    void close() {
        allocator.close();
    }

    private long entry(long key, boolean mark) {
        long entry = allocator.allocate(16);
        Memory.putLong(entry, key);
        Memory.putLong(entry + 8, mark ? 1 : 0);
        return entry;
    }

    private void put(long key, boolean mark) {
        long fresh = entry(key, mark);
        Long old = model.put(key, fresh);
        if (old == null) {
            table.insert(layout.hash(fresh), fresh);
        } else {
            table.replace(layout.hash(fresh), old, fresh);
            allocator.free(old, 16);
        }
        if (mark) {
            marked.add(key);
        } else {
            marked.remove(key);
        }
    }

    private void remove(long key) {
        Long old = model.remove(key);
        if (old != null) {
            assertTrue(table.removeEntry(layout.hash(old), old));
            allocator.free(old, 16);
            marked.remove(key);
        }
    }

    private Set<Long> scanned() {
        Set<Long> found = new HashSet<>();
        long cursor = 0;
        do {
            cursor = table.scanMarked(cursor, entry -> found.add(Memory.getLong(entry)));
        } while (cursor != 0);
        return found;
    }

    @Test
    void findsExactlyTheMarkedEntriesThroughGrowthReplacementAndRemoval() {
        SplittableRandom random = SEED.random();
        for (int step = 0; step < 120_000; step++) {
            long key = random.nextInt(20_000);
            boolean shrinking = step > 80_000;
            if (random.nextInt(10) < (shrinking ? 8 : 2)) {
                remove(key);
            } else {
                put(key, random.nextInt(20) == 0);
            }
            if (step % 10_000 == 0) {
                assertEquals(marked, scanned());
            }
        }
        assertEquals(marked, scanned());
    }
}

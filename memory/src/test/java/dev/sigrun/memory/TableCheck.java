// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Looks into a table and proves its invariants. */
final class TableCheck {
    private TableCheck() {}

    static void check(Table table) {
        long size = 0;
        long bytes = 0;
        int deepest = 0;
        int width;
        for (int first = 0; first < table.directory.length; first += width) {
            long word = table.directory[first];
            width = table.width(word);
            deepest += width == 1 ? 1 : 0;
            assertEquals(0, first % width);
            for (int at = first; at < first + width; at++) {
                assertEquals(word, table.directory[at]);
                assertTrue(at == first || table.counts[at] == 0);
            }
            int found = segment(table, first, word);
            assertEquals(table.counts[first], found);
            size += found;
            int buckets = Segment.buckets(word);
            bytes += buckets == 0 ? 0 : Allocator.usableSize((long) buckets * Bucket.BYTES);
            bytes += Spill.memoryBytes(table.spillAt(first));
        }
        assertEquals(table.size(), size);
        assertEquals(table.memoryBytes(), bytes);
        assertEquals(table.deepest, deepest);
    }

    private static int segment(Table table, int first, long word) {
        int found = 0;
        int buckets = Segment.buckets(word);
        int[] passed = new int[buckets];
        for (int at = 0; at < buckets; at++) {
            long bucket = table.bucket(word, at);
            for (int slot = 0; slot < Bucket.SLOTS; slot++) {
                if (Bucket.tagAt(bucket, slot) != 0) {
                    long hash = table.layout.hash(table.entry(bucket, slot));
                    assertEquals(Bucket.tag(hash), Bucket.tagAt(bucket, slot));
                    assertEquals(first, table.first(table.index(hash)));
                    int home = Segment.home(word, hash);
                    assertTrue(home <= at);
                    for (int over = home; over < at; over++) {
                        passed[over]++;
                    }
                    found++;
                }
            }
        }
        for (int at = 0; at < buckets; at++) {
            assertEquals(passed[at], Bucket.passedAt(table.bucket(word, at)));
        }
        long list = table.spillAt(first);
        assertTrue(list == 0 || Segment.spilled(word));
        for (int at = 0; at < Spill.length(list); at++) {
            if (Spill.entry(list, at) != 0) {
                assertEquals(table.layout.hash(Spill.entry(list, at)), Spill.hash(list, at));
                assertEquals(first, table.first(table.index(Spill.hash(list, at))));
                found++;
            }
        }
        return found;
    }
}

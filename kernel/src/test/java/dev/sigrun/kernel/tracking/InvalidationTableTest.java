// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.tracking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Allocator;
import dev.sigrun.spi.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table off the heap does what a map of sets does, and gives all its memory back. */
final class InvalidationTableTest {
    @Test
    void anyOrderOfReadsAndChangesAgreesWithAMapOfSets() {
        long seed = Long.getLong("sigrun.test.seed", new Random().nextLong());
        System.out.println("InvalidationTableTest: -Dsigrun.test.seed=" + seed);
        Random random = new Random(seed);
        try (Allocator allocator = new Allocator()) {
            long before = allocator.usedBytes();
            InvalidationTable table = new InvalidationTable(allocator, new Random(seed));
            Map<String, TreeSet<Long>> model = new HashMap<>();
            for (int round = 0; round < 20_000; round++) {
                String name = name(random);
                Bytes key = Bytes.constant(name);
                int what = random.nextInt(100);
                if (what < 70) {
                    long client = 1L + random.nextInt(40);
                    table.add(key.address(), key.length(), client);
                    model.computeIfAbsent(name, any -> new TreeSet<>()).add(client);
                } else if (what < 99) {
                    assertReaders(model.remove(name), table.remove(key.address(), key.length()));
                } else if (!model.isEmpty()) {
                    byte[] any = table.anyKey();
                    String text = new String(any, StandardCharsets.ISO_8859_1);
                    assertTrue(model.containsKey(text), text);
                    assertReaders(model.remove(text), table.remove(any));
                }
                assertEquals(model.size(), table.keys());
                assertEquals(model.values().stream().mapToLong(TreeSet::size).sum(), table.items());
                if (random.nextInt(5000) == 0) {
                    table.clear();
                    model.clear();
                }
            }
            table.clear();
            assertEquals(before, allocator.usedBytes());
        }
    }

    /** Short and long names, numbers (which are kept in another form), and the empty one. */
    private static String name(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> Integer.toString(random.nextInt(200));
            case 2 -> "k".repeat(1 + random.nextInt(400));
            default -> "key:" + random.nextInt(300);
        };
    }

    private static void assertReaders(Set<Long> expected, long[] actual) {
        if (expected == null) {
            assertNull(actual);
        } else {
            assertArrayEquals(expected.stream().mapToLong(Long::longValue).toArray(), actual);
        }
    }
}

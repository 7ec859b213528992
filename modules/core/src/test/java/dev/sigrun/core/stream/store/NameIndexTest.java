// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NameIndexTest {
    private static final int NAME_AT = 8;

    private final Allocator allocator = new Allocator();
    private final NameIndex names = new NameIndex(allocator, NAME_AT);
    private final long root = allocator.allocate(StreamRoot.BYTES);
    private final TreeMap<String, Long> model = new TreeMap<>();

    NameIndexTest() {
        StreamRoot.init(root);
    }

    private long index() {
        return StreamRoot.groups(root);
    }

    @AfterEach
    void nothingIsLeft() {
        try (allocator) {
            new ArrayList<>(model.keySet()).forEach(this::remove);
            allocator.free(root, StreamRoot.BYTES);
            assertEquals(0, allocator.usedBytes());
        }
    }

    private long block(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        long block = allocator.allocate(NAME_AT + bytes.length);
        NameIndex.nameLength(block, bytes.length);
        Memory.copy(bytes, 0, block + NAME_AT, bytes.length);
        return block;
    }

    private void free(long block) {
        allocator.free(block, NAME_AT + NameIndex.nameLength(block));
    }

    private void add(String name) {
        long block = block(name);
        names.add(index(), block);
        model.put(name, block);
    }

    private void remove(String name) {
        long block = model.remove(name);
        names.remove(index(), block);
        free(block);
    }

    private long find(String name) {
        long block = block(name);
        long found = names.find(index(), block + NAME_AT, NameIndex.nameLength(block));
        free(block);
        return found;
    }

    private List<Long> walked() {
        List<Long> blocks = new ArrayList<>();
        NameCursor cursor = new NameCursor().groups(root);
        for (long block = cursor.next(); block != 0; block = cursor.next()) {
            blocks.add(block);
        }
        return blocks;
    }

    private void check() {
        assertEquals(List.copyOf(model.values()), walked());
        assertEquals(model.size(), NameIndex.size(index()));
        if (!model.isEmpty()) {
            assertEquals(model.lastEntry().getValue(), NameIndex.last(index()));
        }
    }

    @Test
    void blocksStandInTheOrderOfTheirNames() {
        long seed = Long.getLong("sigrun.test.seed", 20_261_123);
        System.out.println("NameIndexTest: -Dsigrun.test.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 1500; i++) {
                String name = name(random);
                assertEquals(model.getOrDefault(name, 0L), find(name));
                if (model.containsKey(name)) {
                    remove(name);
                } else if (random.nextInt(4) != round) {
                    add(name);
                } else if (!model.isEmpty()) {
                    remove(model.firstKey());
                }
            }
            check();
        }
    }

    private static String name(SplittableRandom random) {
        String end = Integer.toString(random.nextInt(3000));
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> "a-long-beginning-that-is-the-same-for-many-" + end;
            case 2 -> (char) random.nextInt(256) + end;
            default -> end;
        };
    }

    @Test
    void namesThatComeInOrderFillTheChunks() {
        for (int i = 0; i < 12_700; i++) {
            add(String.format("%06d", i));
        }
        check();
        assertEquals(100, NameIndex.chunks(index()));
    }

    @Test
    void namesThatComeBackwardsTakeTheirPlaces() {
        for (int i = 5000; i > 0; i--) {
            add(String.format("%06d", i));
        }
        check();
        for (int i = 1; i < 5000; i++) {
            remove(String.format("%06d", i));
        }
        check();
        assertTrue(names.memoryBytes(index(), bytes -> bytes) < 100, "little is left");
    }

    @Test
    void anAdditionThatFindsNoMemoryChangesNothing() {
        for (int i = 0; i < 127; i++) {
            add(String.format("%06d", i));
        }
        long more = block("0000005");
        allocator.ceilingBytes(allocator.usedBytes());
        assertThrows(MemoryExhausted.class, () -> names.add(index(), more));
        check();
        allocator.ceilingBytes(Long.MAX_VALUE);
        names.add(index(), more);
        model.put("0000005", more);
        check();
    }

    @Test
    void takingOutNeedsNoMemory() {
        for (int i = 0; i < 300; i++) {
            add(String.format("%06d", i));
        }
        allocator.ceilingBytes(1);
        for (int i = 0; i < 299; i++) {
            remove(String.format("%06d", i));
        }
        check();
        allocator.ceilingBytes(Long.MAX_VALUE);
    }
}

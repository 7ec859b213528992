// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.memory.idmap.IdMap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a stream, and of its blocks, while it grows. */
final class AppenderTest {
    private final Allocator allocator = new Allocator();
    private final StreamWalks walks = new StreamWalks();
    private final Appender appender = new Appender(allocator, new NodeLimits(), walks);
    private final Eraser eraser = new Eraser(allocator, walks);
    private final StreamLife life = new StreamLife(allocator, walks);
    private final EntryCursor cursor = new EntryCursor();
    private final long root = allocator.allocate(StreamRoot.BYTES);

    AppenderTest() {
        StreamRoot.init(root);
    }

    @AfterEach
    void nothingIsLeft() {
        try (allocator) {
            life.free(root);
            allocator.free(root, StreamRoot.BYTES);
            assertEquals(0, allocator.usedBytes());
        }
    }

    private void append(long ms, String... fields) {
        appender.entry(Fields.of(fields), 0);
        assertTrue(appender.append(root, new StreamId().set(ms, 0)));
    }

    private List<Long> times() {
        List<Long> times = new ArrayList<>();
        cursor.openAll(root);
        while (cursor.next()) {
            times.add(cursor.ms());
        }
        return times;
    }

    @Test
    void anEntryThatFindsNoMemoryChangesNothing() {
        int refused = 0;
        List<Long> expected = new ArrayList<>();
        for (long ms = 1; ms <= 220; ms++) {
            boolean done = false;
            long more = 0;
            while (!done) {
                allocator.ceilingBytes(allocator.usedBytes() + more);
                try {
                    append(ms, "field", "value" + ms, "other" + ms % 7, "1");
                    done = true;
                } catch (MemoryExhausted e) {
                    refused++;
                    more += 400;
                    assertEquals(expected, times());
                    assertEquals(expected.size(), StreamRoot.length(root));
                    assertEquals(expected.size(), StreamRoot.added(root));
                    assertEquals(ms - 1, StreamRoot.lastMs(root));
                }
            }
            expected.add(ms);
        }
        assertEquals(expected, times());
        assertEquals(3, IdMap.size(StreamRoot.nodes(root)));
        assertTrue(refused > 10, "too little was refused: " + refused);
    }

    @Test
    void removingNeedsNoMemory() {
        for (long ms = 1; ms <= 250; ms++) {
            append(ms, "field", "value" + ms);
        }
        allocator.ceilingBytes(0);
        for (long ms = 250; ms > 2; ms -= 2) {
            assertTrue(eraser.delete(root, new StreamId().set(ms, 0)));
        }
        TrimRule rule = new TrimRule();
        rule.toLength(10);
        assertEquals(116, eraser.trim(root, rule));
        assertEquals(10, times().size());
        rule.toLength(0);
        assertEquals(10, eraser.trim(root, rule));
        assertEquals(0, IdMap.size(StreamRoot.nodes(root)));
        allocator.ceilingBytes(Long.MAX_VALUE);
    }

    @Test
    void aFullNodeTakesNoMoreThanItNeeds() {
        for (long ms = 1; ms <= 101; ms++) {
            append(ms, "a", "1");
        }
        long node = IdMap.get(StreamRoot.nodes(root), 1, 0);
        long tail = IdMap.get(StreamRoot.nodes(root), 101, 0);
        long blocks = allocator.usedBytes() - StreamRoot.BYTES;
        assertEquals(
                Allocator.usableSize(StreamNode.blockBytes(node))
                        + Allocator.usableSize(StreamNode.blockBytes(tail))
                        + IdMap.memoryBytes(StreamRoot.nodes(root)),
                blocks);
    }
}

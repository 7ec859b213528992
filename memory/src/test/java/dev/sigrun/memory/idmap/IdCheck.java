// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.idmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

/** Goes through all nodes of a map and checks what must always hold of them. */
final class IdCheck {
    private final List<Id> keys = new ArrayList<>();
    private long bytes;

    private IdCheck() {}

    /** Checks a map and gives its keys in the order in which its leaves have them. */
    static List<Id> keys(long map) {
        IdCheck check = new IdCheck();
        long top = IdMap.top(map);
        if (top != 0) {
            check.walk(top, IdNode.level(top), null, null, true);
        }
        assertEquals(IdMap.size(map), check.keys.size(), "size");
        assertEquals(IdMap.memoryBytes(map), check.bytes, "bytes");
        for (int i = 1; i < check.keys.size(); i++) {
            assertTrue(check.keys.get(i - 1).compareTo(check.keys.get(i)) < 0, "order");
        }
        return check.keys;
    }

    /** Checks a node whose keys are not below {@code low} and below {@code high}. */
    private void walk(long node, int level, Id low, Id high, boolean top) {
        int count = IdNode.count(node);
        int room = IdNode.room(node);
        bytes += IdNode.bytes(room);
        assertEquals(level, IdNode.level(node), "level");
        assertTrue(count > 0 && count <= room, "count");
        if (!top || level > 0) {
            assertEquals(IdNode.ENTRIES_MAX, room, "room");
        }
        for (int i = 0; i < count; i++) {
            Id key = new Id(IdNode.ms(node, i), IdNode.seq(node, i));
            if (level == 0) {
                assertTrue(low == null || low.compareTo(key) <= 0, "lower bound");
                assertTrue(high == null || key.compareTo(high) < 0, "upper bound");
                keys.add(key);
            } else {
                Id next =
                        i + 1 < count
                                ? new Id(IdNode.ms(node, i + 1), IdNode.seq(node, i + 1))
                                : high;
                walk(IdNode.word(node, i), level - 1, i == 0 ? low : key, next, false);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class AclLogTest {
    private final AclLog log = new AclLog();

    private void add(String object, long nowMillis) {
        if (log.isToBeKept(Denial.KEY)) {
            log.add(Denial.KEY, AclLog.Context.TOPLEVEL, object, "u", "c" + nowMillis, nowMillis);
        }
    }

    private String shown() {
        return log.entries().stream()
                .map(entry -> entry.id() + ":" + entry.object() + "x" + entry.count())
                .collect(Collectors.joining(" "));
    }

    @Test
    void whatHappensAgainWithinAMinuteIsCounted() {
        add("a", 0);
        add("b", 10);
        add("a", 60_000);
        assertEquals("0:ax2 1:bx1", shown());
        assertEquals("c60000", log.entries().iterator().next().clientInfo());
        add("a", 120_001);
        assertEquals("2:ax1 0:ax2 1:bx1", shown());
        assertEquals(4, log.count(Denial.KEY));
    }

    @Test
    void onlyTheLatestTenAreLookedThrough() {
        for (int i = 0; i < 11; i++) {
            add("o" + i, i);
        }
        add("o0", 12);
        assertEquals(12, log.entries().size());
        add("o2", 13);
        assertEquals(12, log.entries().size());
    }

    @Test
    void thereAreNoMoreThanAreWanted() {
        log.entriesMax(2);
        List.of("a", "b", "c").forEach(object -> add(object, 0));
        assertEquals("2:cx1 1:bx1", shown());
        log.entriesMax(0);
        assertEquals("2:cx1 1:bx1", shown());
        assertFalse(log.isToBeKept(Denial.AUTH));
        assertEquals("", shown());
        assertEquals(1, log.count(Denial.AUTH));
        assertTrue(log.entries().isEmpty());
    }
}

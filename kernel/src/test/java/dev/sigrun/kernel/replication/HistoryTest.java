// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class HistoryTest {
    private static final String ONE = "a".repeat(40);
    private static final String OTHER = "b".repeat(40);

    private final History history = new History(ONE);

    @Test
    void goesOnForWhoHasTheSame() {
        history.advance(100);

        assertTrue(history.continues(ONE, 101));
        assertTrue(history.continues(ONE.toUpperCase(java.util.Locale.ROOT), 1));
        assertFalse(history.continues(OTHER, 1));
    }

    @Test
    void goesOnForWhoFollowedTheOldOneAndWasNotFurther() {
        history.advance(100);
        history.shift(OTHER);
        history.advance(50);

        assertEquals(101, history.secondOffset());
        assertTrue(history.continues(ONE, 101));
        assertFalse(history.continues(ONE, 102));
        assertTrue(history.continues(OTHER, 151));
    }

    @Test
    void forgetsTheOldOneWhenTheDataIsAnother() {
        history.shift(OTHER);
        history.adopt("c".repeat(40), 7);

        assertEquals(7, history.offset());
        assertEquals(History.NO_ID, history.secondId());
        assertEquals(-1, history.secondOffset());
        assertFalse(history.continues(ONE, 1));
    }

    @Test
    void goesOnWhereAFileSaysBehindWhatWasAddedWhileItWasLoaded() {
        Replication replication = new Replication(OTHER, 1 << 20);
        replication.backlog().create();
        replication.backlog().append(new byte[30]);
        replication.restore(ONE, 1000);

        History restored = replication.history();
        assertEquals(1030, restored.offset());
        assertTrue(restored.continues(ONE, 1001));
        assertFalse(restored.continues(ONE, 1002));
        assertEquals(1001, replication.backlog().firstOffset());
        Cursor cursor = replication.backlog().cursor(1001);
        assertEquals(30, cursor.waitingBytes());
        assertEquals(1001, cursor.offset());
        cursor.close();
        replication.backlog().free();
    }

    @Test
    void aFreshOneCannotBeContinued() {
        history.advance(10);
        history.fresh(OTHER);

        assertEquals(10, history.offset());
        assertFalse(history.continues(ONE, 11));
    }
}

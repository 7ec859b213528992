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
    void aFreshOneCannotBeContinued() {
        history.advance(10);
        history.fresh(OTHER);

        assertEquals(10, history.offset());
        assertFalse(history.continues(ONE, 11));
    }
}

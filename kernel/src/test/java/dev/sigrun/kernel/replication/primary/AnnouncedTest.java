// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnnouncedTest {
    private static Announced of(String version) {
        Announced announced = new Announced();
        announced.endsByMark = true;
        announced.version = Announced.version(version);
        return announced;
    }

    @Test
    void olderServersGetTheFormatThatTheyKnow() {
        assertEquals(80, of("9.0.0").rdbVersion());
        assertEquals(80, of("10.2.3").rdbVersion());
        assertEquals(11, of("8.1.9").rdbVersion());
        Announced silent = new Announced();
        silent.endsByMark = true;
        assertEquals(11, silent.rdbVersion());
    }

    @Test
    void whoTakesAFileGetsTheNewestFormat() {
        Announced old = of("7.2.4");
        old.endsByMark = false;

        assertEquals(80, old.rdbVersion());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9", "9.1", "9.1.", "9.1.2.3", "a.b.c", "9.1.256", "9.1.-2"})
    void refusesWhatIsNoVersion(String text) {
        assertEquals(-1, Announced.version(text));
    }

    @Test
    void oneSnapshotDoesForWhoWantsTheSame() {
        Announced one = of("9.1.2");
        Announced other = of("9.1.2");
        assertTrue(one.wantsSame(other));

        other.withoutKeys = true;
        assertFalse(one.wantsSame(other));
    }

    @Test
    void joinsOnlyWhoCanDoAsMuch() {
        Announced one = of("9.1.2");
        Announced other = of("9.1.2");
        other.takesNewId = true;

        assertFalse(one.canWhat(other));
        assertTrue(other.canWhat(one));
    }
}

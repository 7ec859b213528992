// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The score is set, bounded and given back; a system that refuses is reported. */
final class OomScoreTest {
    @TempDir Path folder;

    @Test
    void whatIsAddedCountsFromTheScoreBeforeTheFirstChange() throws IOException {
        Path file = Files.writeString(folder.resolve("score"), "7\n");
        OomScore score = new OomScore(file);
        score.restore();
        assertEquals("7\n", Files.readString(file));
        score.set(10, true);
        score.set(20, true);
        assertEquals("27\n", Files.readString(file));
        score.set(2000, true);
        assertEquals("1000\n", Files.readString(file));
        score.set(-5, false);
        assertEquals("-5\n", Files.readString(file));
        score.restore();
        assertEquals("7\n", Files.readString(file));
    }

    @Test
    void aSystemWithoutScoresIsReported() {
        OomScore score = new OomScore(folder.resolve("absent"));
        assertThrows(IOException.class, () -> score.set(1, false));
    }
}

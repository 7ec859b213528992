// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.spi.GlobPattern;
import dev.sigrun.testkit.TextBytes;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class GlobPatternTest {
    private static final long SEED = Long.getLong("sigrun.test.seed", 20_260_101L);
    private static final String LETTERS = "ab-]";
    private static final String PATTERN_LETTERS = "aab*?[]^-\\";

    @Test
    void agreesWithTheNaiveModel() {
        Random random = new Random(SEED);
        for (int round = 0; round < 200_000; round++) {
            String pattern = text(random, PATTERN_LETTERS, 9);
            String name = text(random, LETTERS, 7);
            boolean expected =
                    NaiveGlob.matches(pattern, name) && (!name.isEmpty() || isLoneStar(pattern));
            assertEquals(
                    expected,
                    matches(pattern, name),
                    () -> pattern + " on " + name + "; replay with -Dsigrun.test.seed=" + SEED);
        }
    }

    /** The empty name fits no pattern with elements but the lone star. */
    private static boolean isLoneStar(String pattern) {
        return pattern.isEmpty() || pattern.equals("*");
    }

    @Test
    void emptyNameFitsOnlyTheEmptyPatternAndTheLoneStar() {
        assertTrue(matches("", ""));
        assertTrue(matches("*", ""));
        assertFalse(matches("**", ""));
        assertFalse(matches("?", ""));
        assertFalse(matches("", "a"));
    }

    @Test
    void unterminatedClassEndsWithThePattern() {
        assertTrue(matches("[ab", "b"));
        assertFalse(matches("[", "a"));
        assertTrue(matches("[^", "a"));
        assertTrue(matches("[\\", "\\"));
        assertTrue(matches("[a-", "-"));
        assertFalse(matches("[a-]x", "b"));
        assertTrue(matches("[a-]x", "x"));
    }

    @Test
    void bracketsRightAfterTheOpeningOneMakeAnEmptyClass() {
        assertFalse(matches("[]", "]"));
        assertFalse(matches("[]]", "]"));
        assertTrue(matches("[^]", "]"));
        assertTrue(matches("[\\]]", "]"));
    }

    @Test
    void rangesCompareSignedBytesInEitherOrder() {
        assertTrue(matches("[z-a]", "m"));
        assertTrue(matches("[\u0080-\u00ff]", "\u00c0"));
        assertFalse(matches("[\u0000-\u00ff]", "a"));
        assertTrue(matches("[a-\u00ff]", "0"));
        assertFalse(matches("[a-\u00ff]", "b"));
    }

    @Test
    void backslashTakesMeaningAway() {
        assertTrue(matches("\\*", "*"));
        assertFalse(matches("\\*", "a"));
        assertTrue(matches("a\\", "a\\"));
        assertTrue(matches("\\a", "a"));
    }

    @Test
    void hostilePatternsStayCheap() {
        String name = "a".repeat(100_000);
        String pattern = "a*".repeat(900) + "b";
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertFalse(matches(pattern, name)));
    }

    @Test
    void morePassedStarsThanTheLimitMatchNothing() {
        String name = "x".repeat(1200);
        assertTrue(matches("*x".repeat(GlobPattern.STARS_MAX), name));
        assertFalse(matches("*x".repeat(GlobPattern.STARS_MAX + 1), name));
        assertTrue(matches("x*".repeat(GlobPattern.STARS_MAX + 1), name));
        assertFalse(matches("x*".repeat(GlobPattern.STARS_MAX + 2), name));
    }

    private static boolean matches(String pattern, String name) {
        return GlobPattern.of(TextBytes.of(pattern)).matches(TextBytes.of(name));
    }

    private static String text(Random random, String letters, int lengthMax) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(lengthMax + 1); left > 0; left--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}

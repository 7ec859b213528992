// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class GlobPatternTest {
    @Test
    void starsMatchAnyRun() {
        check(true, "*", "");
        check(true, "*mem*", "maxmemory");
        check(true, "m*y", "maxmemory");
        check(false, "m*x", "maxmemory");
        check(true, "a**b", "ab");
    }

    @Test
    void setsMatchOneCharacter() {
        check(true, "h[a-z]", "hz");
        check(true, "h[z-a]", "hz");
        check(false, "h[^a-z]", "hz");
        check(true, "h[\\]z]", "h]");
        check(true, "h[z", "hz");
        check(false, "h[]", "hz");
    }

    @Test
    void caseMattersOnlyWhereItShould() {
        check(true, "MAX?EMORY", "maxmemory");
        assertFalse(GlobPattern.exact("A*").matches("abc"));
        assertTrue(GlobPattern.exact("A*").matches("Abc"));
    }

    @Test
    void aBackslashTakesTheNextCharacterAsItIs() {
        check(true, "a\\*", "a*");
        check(false, "a\\*", "ab");
        check(true, "a\\", "a\\");
    }

    @Test
    void aHostilePatternEndsSoon() {
        String pattern = "*a".repeat(500) + "b";
        String name = "a".repeat(5000);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> check(false, pattern, name));
    }

    private static void check(boolean expected, String pattern, String name) {
        assertEquals(expected, GlobPattern.caseless(pattern).matches(name), pattern);
    }
}

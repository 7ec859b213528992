// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How far one SCAN goes; the fake server shows one key a step, in order. */
final class ScanTest {
    private final FakeServer server = new FakeServer();

    @Test
    void looksAtTenKeysUnlessToldOtherwise() {
        fill(15);
        assertEquals("*[$\"10\", *[]]", server.run("SCAN", "0", "MATCH", "nothing"));
        assertEquals("*[$\"0\", *[]]", server.run("SCAN", "10", "MATCH", "nothing"));
    }

    @Test
    void countsKeysThatTheFiltersRefuse() {
        fill(5);
        assertEquals(
                "*[$\"3\", *[$\"k00\"]]", server.run("SCAN", "0", "COUNT", "3", "MATCH", "k00"));
        assertEquals("*[$\"2\", *[]]", server.run("SCAN", "0", "COUNT", "2", "TYPE", "hash"));
    }

    @Test
    void expiredKeysCountAndStayOut() {
        fill(3);
        server.find(0, "k00").expireAt = 1;
        assertEquals("*[$\"2\", *[$\"k01\"]]", server.run("SCAN", "0", "COUNT", "2"));
        assertEquals("*[$\"k01\", $\"k02\"]", server.run("KEYS", "*"));
    }

    @Test
    void nameOfPluginTypeIsTakenAsItIs() {
        fill(1);
        assertEquals("*[$\"0\", *[]]", server.run("SCAN", "0", "TYPE", "bloomfltr"));
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            server.run("SET", String.format("k%02d", i), "v");
        }
    }
}

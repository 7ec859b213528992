// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The plugin's parameters: from the start, at run time, and what they do. */
final class SettingsTest {
    @RegisterExtension
    static final SigrunServer SERVER =
            BloomJar.server("--bf.bloom-capacity", "500", "--bf.bloom-memory-usage-limit", "64mb");

    private RespClient client;

    @BeforeEach
    void connect() {
        SERVER.flush();
        client = SERVER.connect(3);
    }

    @AfterEach
    void restore() {
        for (String[] each :
                new String[][] {
                    {"bf.bloom-capacity", "500"},
                    {"bf.bloom-expansion", "2"},
                    {"bf.bloom-fp-rate", "0.01"},
                    {"bf.bloom-tightening-ratio", "0.5"},
                    {"bf.bloom-memory-usage-limit", "64mb"},
                    {"bf.bloom-use-random-seed", "yes"}
                }) {
            SERVER.set(each[0], each[1]);
        }
    }

    private String get(String name) {
        return client.call("CONFIG", "GET", name);
    }

    private String set(String name, String value) {
        return client.call("CONFIG", "SET", name, value);
    }

    @Test
    void theStartSetsThem() {
        assertEquals("%{$\"bf.bloom-capacity\":$\"500\"}", get("bf.bloom-capacity"));
        client.run("BF.ADD k a");
        assertEquals(":500", client.call("BF.INFO", "k", "CAPACITY"));
        assertEquals(
                "%{$\"bf.bloom-memory-usage-limit\":$\"67108864\"}",
                get("bf.bloom-memory-usage-limit"));
    }

    @Test
    void theyAreListedWithTheirDefaults() {
        String all = get("bf.*");
        for (String expected :
                new String[] {
                    "$\"bf.bloom-expansion\":$\"2\"",
                    "$\"bf.bloom-fp-rate\":$\"0.01\"",
                    "$\"bf.bloom-tightening-ratio\":$\"0.5\"",
                    "$\"bf.bloom-use-random-seed\":$\"yes\"",
                    "$\"bf.bloom-defrag-enabled\":$\"yes\""
                }) {
            assertTrue(all.contains(expected), all);
        }
    }

    @Test
    void newFiltersFollowThem() {
        assertEquals("+OK", set("bf.bloom-expansion", "0"));
        assertEquals("+OK", set("bf.bloom-capacity", "2"));
        assertEquals(
                "*[:1, :1, -ERR non scaling filter is full]",
                client.call("BF.MADD", "fixed", "a", "b", "c"));
        assertEquals("_", client.call("BF.INFO", "fixed", "EXPANSION"));
        assertEquals("+OK", set("bf.bloom-expansion", "5"));
        assertEquals("+OK", set("bf.bloom-fp-rate", "0.2"));
        assertEquals("+OK", set("bf.bloom-tightening-ratio", "0.75"));
        client.run("BF.ADD k a");
        assertEquals(":5", client.call("BF.INFO", "k", "EXPANSION"));
        assertEquals(",0.2", client.call("BF.INFO", "k", "ERROR"));
        assertEquals(",0.75", client.call("BF.INFO", "k", "TIGHTENING"));
    }

    @Test
    void theLimitHoldsFromThenOn() {
        client.run("BF.RESERVE k 0.001 2");
        client.run("BF.MADD k a b");
        assertEquals("+OK", set("bf.bloom-memory-usage-limit", "1"));
        String error = "-ERR operation exceeds bloom object memory limit";
        assertEquals(error, client.call("BF.ADD", "l", "a"));
        assertEquals(error, client.call("BF.ADD", "k", "c"));
        assertEquals(":0", client.call("BF.ADD", "k", "a"));
        String payload = client.ask("DUMP", "k").bulk();
        assertEquals("-ERR Bad data format", client.call("RESTORE", "copy", "0", payload));
    }

    @Test
    void fixedSeedsMakeEqualFilters() {
        assertEquals("+OK", set("bf.bloom-use-random-seed", "no"));
        client.run("BF.ADD k a");
        client.run("BF.ADD l a");
        assertEquals(client.ask("DUMP", "k"), client.ask("DUMP", "l"));
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        for (String[] each :
                new String[][] {
                    {"bf.bloom-capacity", "0"},
                    {"bf.bloom-capacity", "x"},
                    {"bf.bloom-expansion", "-1"},
                    {"bf.bloom-expansion", "4294967296"},
                    {"bf.bloom-fp-rate", "0"},
                    {"bf.bloom-fp-rate", "1"},
                    {"bf.bloom-fp-rate", "half"},
                    {"bf.bloom-tightening-ratio", "2"},
                    {"bf.bloom-use-random-seed", "maybe"}
                }) {
            String before = get(each[0]);
            String reply = set(each[0], each[1]);
            assertTrue(reply.startsWith("-ERR CONFIG SET failed"), reply);
            assertEquals(before, get(each[0]));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigrun.bloom.fake.FakeServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CommandErrorsTest {
    /** Command lines, and what they answer after the code. */
    private static final String[][] ERRORS = {
        {"BF.INFO none", "not found"},
        {"BF.INFO none whatever", "not found"},
        {"BF.INFO key item", "invalid information value"},
        {"BF.INSERT new EXPANSION 0.99 ITEMS a", "bad expansion"},
        {"BF.INSERT new EXPANSION 0 ITEMS a", "bad expansion"},
        {"BF.INSERT new EXPANSION -0 ITEMS a", "bad expansion"},
        {"BF.INSERT new EXPANSION 4294967296 ITEMS a", "bad expansion"},
        {"BF.INSERT new HELLO WORLD", "unknown argument received"},
        {"BF.INSERT new HELLO", "unknown argument received"},
        {"BF.INSERT new ERROR 2 ITEMS a", "(0 < error rate range < 1)"},
        {"BF.INSERT new ERROR nan ITEMS a", "(0 < error rate range < 1)"},
        {"BF.INSERT new ERROR inf ITEMS a", "(0 < error rate range < 1)"},
        {"BF.INSERT new ERROR 0 ITEMS a", "(0 < error rate range < 1)"},
        {"BF.INSERT new ERROR x ITEMS a", "bad error rate"},
        {"BF.INSERT new ERROR 0.1f ITEMS a", "bad error rate"},
        {"BF.INSERT new ERROR 0x1p-2 ITEMS a", "bad error rate"},
        {"BF.INSERT new ERROR . ITEMS a", "bad error rate"},
        {"BF.INSERT new TIGHTENING 1 ITEMS a", "(0 < tightening ratio range < 1)"},
        {"BF.INSERT new TIGHTENING x ITEMS a", "bad tightening ratio"},
        {"BF.INSERT new CAPACITY 9223372036854775808 ITEMS a", "bad capacity"},
        {"BF.INSERT new CAPACITY 0 ITEMS a", "(capacity should be larger than 0)"},
        {"BF.INSERT new CAPACITY -0 ITEMS a", "(capacity should be larger than 0)"},
        {"BF.INSERT new VALIDATESCALETO 0", "(capacity should be larger than 0)"},
        {"BF.INSERT new VALIDATESCALETO x", "bad capacity"},
        {"BF.INSERT new SEED short", "invalid seed"},
        {"BF.INSERT new NOCREATE ITEMS a b", "not found"},
        {
            "BF.INSERT new NONSCALING VALIDATESCALETO 1000",
            "cannot use NONSCALING and VALIDATESCALETO options together"
        },
        {
            "BF.INSERT new ERROR 1e-300 CAPACITY 1 EXPANSION 1 VALIDATESCALETO 1000",
            "provided VALIDATESCALETO causes false positive to degrade to 0"
        },
        {
            "BF.INSERT new VALIDATESCALETO 9223372036854775807",
            "provided VALIDATESCALETO causes bloom object to exceed memory limit"
        },
        {"BF.RESERVE new String 100", "bad error rate"},
        {"BF.RESERVE new 2 100", "(0 < error rate range < 1)"},
        {"BF.RESERVE new 0.01 String", "bad capacity"},
        {"BF.RESERVE new 0.01 0.01", "bad capacity"},
        {"BF.RESERVE new 0.01 -1", "bad capacity"},
        {"BF.RESERVE new 0.5 0", "(capacity should be larger than 0)"},
        {"BF.RESERVE new 0.5 1 EXPANSION 0", "bad expansion"},
        {"BF.RESERVE key 0.01 1000", "item exists"},
        {"BF.ADD key", "wrong number of arguments for 'BF.ADD' command"},
        {"bf.add key a b", "wrong number of arguments for 'BF.ADD' command"},
        {"BF.MADD key", "wrong number of arguments for 'BF.MADD' command"},
        {"BF.EXISTS key", "wrong number of arguments for 'BF.EXISTS' command"},
        {"BF.EXISTS key a b", "wrong number of arguments for 'BF.EXISTS' command"},
        {"BF.MEXISTS key", "wrong number of arguments for 'BF.MEXISTS' command"},
        {"BF.CARD", "wrong number of arguments for 'BF.CARD' command"},
        {"BF.CARD key item", "wrong number of arguments for 'BF.CARD' command"},
        {"BF.INFO", "wrong number of arguments for 'BF.INFO' command"},
        {"BF.INFO key a b", "wrong number of arguments for 'BF.INFO' command"},
        {"BF.INSERT", "wrong number of arguments for 'BF.INSERT' command"},
        {"BF.INSERT new ITEMS", "wrong number of arguments for 'BF.INSERT' command"},
        {"BF.INSERT new EXPANSION 2 ITEMS", "wrong number of arguments for 'BF.INSERT' command"},
        {"BF.INSERT new ERROR", "wrong number of arguments for 'BF.INSERT' command"},
        {"BF.INSERT new ERROR 0.5 SEED", "wrong number of arguments for 'BF.INSERT' command"},
        {"BF.LOAD key", "wrong number of arguments for 'BF.LOAD' command"},
        {"BF.RESERVE key 0.1", "wrong number of arguments for 'BF.RESERVE' command"},
        {
            "BF.RESERVE new 0.01 1 NONSCALING EXPANSION 1",
            "wrong number of arguments for 'BF.RESERVE' command"
        },
    };

    private FakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = FakeServer.with(new BloomPlugin());
        server.run("BF.ADD", "key", "item");
    }

    @Test
    void answersAndChangesNothing() {
        final int allocations = server.heap().allocations();
        for (String[] error : ERRORS) {
            assertEquals("-ERR " + error[1], server.run(error[0].split(" ")), error[0]);
            assertEquals("", server.context().replicated(), error[0]);
        }
        assertEquals(allocations, server.heap().allocations());
        assertEquals(1, server.key("key").changes());
    }

    @Test
    void badOptionOfReserveIsABareError() {
        for (String line :
                List.of(
                        "BF.RESERVE new 0.01 1 WHAT",
                        "BF.RESERVE new 0.01 1 EXPANSION",
                        "BF.RESERVE new 0.01 1 NONSCALING 1")) {
            assertEquals("-ERROR", server.run(line.split(" ")), line);
        }
    }

    @Test
    void otherTypesAreLeftAlone() {
        server.key("list").setForeign();
        for (String line :
                List.of(
                        "BF.ADD list a",
                        "BF.MADD list a",
                        "BF.EXISTS list a",
                        "BF.MEXISTS list a",
                        "BF.CARD list",
                        "BF.INFO list",
                        "BF.INSERT list ITEMS a",
                        "BF.RESERVE list 0.1 10",
                        "BF.LOAD list x")) {
            assertEquals(
                    "-WRONGTYPE Operation against a key holding the wrong kind of value",
                    server.run(line.split(" ")),
                    line);
        }
    }

    @Test
    void fullMemoryIsAnError() {
        server.heap().failAfter(0);
        String full = "OOM command not allowed when used memory > 'maxmemory'.";
        assertEquals("-" + full, server.run("BF.ADD", "new", "a"));
        assertEquals("-" + full, server.run("BF.RESERVE", "new", "0.1", "10"));
    }

    @Test
    void parametersAreChecked() {
        for (String name : List.of("bf.bloom-fp-rate", "bf.bloom-tightening-ratio")) {
            for (String value : List.of("0", "1", "-1", "nan", "inf", "x", "", "0.5d")) {
                assertThrows(IllegalArgumentException.class, () -> server.configure(name, value));
            }
        }
        server.configure("bf.bloom-fp-rate", "0.001");
        server.run("BF.ADD", "strict", "a");
        assertEquals(",0.001", server.run("BF.INFO", "strict", "ERROR"));
        server.configure("bf.bloom-expansion", 0L);
        server.run("BF.ADD", "fixed", "a");
        assertEquals("_", server.run("BF.INFO", "fixed", "EXPANSION"));
    }
}

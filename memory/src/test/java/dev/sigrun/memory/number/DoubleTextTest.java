// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.Seed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DoubleTextTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private final Allocator allocator = new Allocator();
    private final DoubleText text = new DoubleText();
    private final DoubleParser parser = new DoubleParser();

    @AfterEach
    void close() {
        allocator.close();
    }

    /** Lines of a number's bits and of what the reference server wrote in a reply and in a scan. */
    private static List<String> lines() throws IOException {
        try (InputStream in = DoubleTextTest.class.getResourceAsStream("doubles.txt");
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return reader.lines().toList();
        }
    }

    private void parsePrefix(String digits) {
        byte[] bytes = digits.getBytes(StandardCharsets.ISO_8859_1);
        long block = allocator.allocate(Math.max(bytes.length, 1));
        Memory.copy(bytes, 0, block, bytes.length);
        parser.parsePrefix(block, bytes.length);
        allocator.free(block, Math.max(bytes.length, 1));
    }

    private boolean parses(String digits) {
        byte[] bytes = digits.getBytes(StandardCharsets.ISO_8859_1);
        long block = allocator.allocate(Math.max(bytes.length, 1));
        Memory.copy(bytes, 0, block, bytes.length);
        boolean all = parser.parse(block, bytes.length);
        allocator.free(block, Math.max(bytes.length, 1));
        return all;
    }

    @Test
    void writesAndReadsWhatTheReferenceDoes() throws IOException {
        for (String line : lines()) {
            String[] words = line.split(" ", -1);
            double value = Double.longBitsToDouble(Long.parseUnsignedLong(words[0], 16));
            assertEquals(words[1], text.format(value).text());
            assertEquals(words[2], text.print(value).text());
            assertTrue(parses(words[1]));
            assertEquals(value, parser.value());
            assertTrue(parses(words[2]));
            assertEquals(value, parser.value());
        }
    }

    @Test
    void whatIsWrittenReadsBackAsTheSameNumber() {
        SplittableRandom random = SEED.random();
        for (int i = 0; i < 5000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String digits = text.format(value).text();
                assertTrue(parses(digits), digits);
                assertEquals(value, parser.value(), digits);
                assertEquals(value, Double.parseDouble(digits));
                assertEquals(value, Double.parseDouble(text.print(value).text()));
            }
        }
    }

    @Test
    void readsWhatTheLibraryReads() {
        SplittableRandom random = SEED.random();
        for (int i = 0; i < 5000; i++) {
            StringBuilder digits = new StringBuilder(random.nextBoolean() ? "-" : "");
            int count = 1 + random.nextInt(random.nextInt(30) == 0 ? 1200 : 25);
            int point = random.nextInt(count + 1);
            for (int at = 0; at < count; at++) {
                digits.append(at == point ? "." : "");
                digits.append((char) ('0' + random.nextInt(random.nextInt(1, 11))));
            }
            if (random.nextBoolean()) {
                digits.append("e").append(random.nextInt(-340, 310));
            }
            double expected = Double.parseDouble(digits.toString());
            parsePrefix(digits.toString());
            assertEquals(expected, parser.value(), digits.toString());
            assertEquals(digits.length(), parser.end());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "+1, 1",
        ".5, 0.5",
        "5., 5",
        "-.5, -0.5",
        "1.e1, 10",
        "01, 1",
        "00, 0",
        "-0, -0",
        "inf, inf",
        "-INF, -inf",
        "+Infinity, inf",
        "0e400, 0",
        "0e-400, 0",
        "1E3, 1000",
        "1e+3, 1000",
        "4611686018427387904, 4611686018427387904",
        "9223372036854775808, 9223372036854776000",
        "1.234e22, 12339999999999999000000"
    })
    void numbers(String digits, String expected) {
        assertTrue(parses(digits));
        assertEquals(expected, text.format(parser.value()).text());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, -0",
        "5, 5",
        "-100, -100",
        "1e18, 1e+18",
        "123456789012345678, 123456789012345680",
        "1e7, 10000000",
        "1e8, 1e+8",
        "0.5, 0.5",
        "inf, inf"
    })
    void integersByTheRulesOfAllOthers(String digits, String expected) {
        assertTrue(parses(digits));
        assertEquals(expected, text.shortest(parser.value()).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " 1", "1 ", "0x10", "1e400", "-1e400", "1e-400", "nan", "1\0z", ".", "e5", "1e",
                "1e+", "1_0", "++1", "+-1", "-", "+", "infi", "in", "1d", "1f", "1.2.3", "--inf"
            })
    void thingsThatAreNoNumbers(String digits) {
        assertFalse(parses(digits));
    }

    @ParameterizedTest
    @CsvSource({
        "1e400, 5, inf",
        "-1e400, 6, -inf",
        "1e-400, 6, 0",
        "1e+, 1, 1",
        "12x, 2, 12",
        "x, 0, 0",
        "1.2.3, 3, 1.2",
        "infinit, 3, inf",
        "nano, 3, nan"
    })
    void whatANumberBeginsWith(String digits, int end, String expected) {
        parsePrefix(digits);
        assertEquals(end, parser.end());
        assertEquals(expected, text.format(parser.value()).text());
    }

    @Test
    void digitsWithoutEndAreReadInTimeAndRight() {
        parsePrefix("0".repeat(300_000) + "1" + "0".repeat(200) + "." + "0".repeat(300_000) + "1");
        assertEquals(1e200, parser.value());
        parsePrefix("1." + "0".repeat(300_000) + "e" + "9".repeat(1000));
        assertEquals(Double.POSITIVE_INFINITY, parser.value());
        // Exactly between two doubles, but for a digit far behind.
        parsePrefix("9007199254740993." + "0".repeat(2000) + "1");
        assertEquals(9007199254740994.0, parser.value());
    }
}

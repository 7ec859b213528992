// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.Seed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ElementTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private static final List<String> NO_INTEGERS =
            List.of(
                    "",
                    "-",
                    "+1",
                    "01",
                    "-0",
                    "1 ",
                    " 1",
                    "1.0",
                    "0x1",
                    "9223372036854775808",
                    "-9223372036854775809",
                    "99999999999999999999",
                    "111111111111111111111");

    private final Allocator allocator = new Allocator();
    private final Texts texts = new Texts();

    @AfterEach
    void close() {
        texts.close();
        allocator.close();
    }

    /** An element in a block of its own size. */
    private long write(Item item) {
        long at = allocator.allocate(item.encodedBytes());
        assertEquals(at + item.encodedBytes(), item.write(at));
        assertEquals(item.encodedBytes(), Element.size(at));
        return at;
    }

    private long write(String text) {
        return write(texts.item(text));
    }

    private static byte[] encoded(long at) {
        byte[] bytes = new byte[Element.size(at)];
        Memory.copy(at, bytes, 0, bytes.length);
        return bytes;
    }

    private void assertReadsBack(String text) {
        long at = write(text);
        assertEquals(text, Texts.of(at));
        assertEquals(text.length(), Element.length(at));
        long copy = allocator.allocate(text.length());
        assertEquals(text.length(), Element.copyTo(at, copy));
        byte[] content = new byte[text.length()];
        Memory.copy(copy, content, 0, content.length);
        assertEquals(text, new String(content, StandardCharsets.ISO_8859_1));
        long again = write(new Item().element(at));
        assertTrue(Arrays.equals(encoded(at), encoded(again)));
        assertTrue(Element.equal(at, again));
        assertTrue(texts.item(text).matches(at));
        assertEquals(texts.item(text).hash(3, 4), Item.hash(at, 3, 4));
        assertFalse(Element.isTimed(at));
        assertEquals(Element.NO_EXPIRY, Element.expiryMillis(at));
    }

    @Test
    void everyLengthReadsBack() {
        SplittableRandom random = SEED.random();
        for (int length = 0; length < 300; length++) {
            assertReadsBack(Texts.bytes(random, length));
        }
        for (int length : new int[] {65_534, 65_535, 65_536, 200_000}) {
            assertReadsBack(Texts.bytes(random, length));
        }
    }

    @Test
    void everyIntegerReadsBackInTheShortestForm() {
        for (int bits = 0; bits < 64; bits++) {
            for (long near = -2; near <= 2; near++) {
                assertInteger((1L << bits) + near);
                assertInteger(-(1L << bits) + near);
            }
        }
        assertEquals(1, Element.size(write("0")));
        assertEquals(1, Element.size(write("15")));
        assertEquals(2, Element.size(write("16")));
        assertEquals(2, Element.size(write("-1")));
        assertEquals(2, Element.size(write("127")));
        assertEquals(3, Element.size(write("128")));
        assertEquals(4, Element.size(write("-32769")));
        assertEquals(5, Element.size(write("99999999")));
        assertEquals(6, Element.size(write("2147483648")));
        assertEquals(7, Element.size(write("1700000000000")));
        assertEquals(9, Element.size(write("140737488355328")));
    }

    private void assertInteger(long value) {
        String text = Long.toString(value);
        assertReadsBack(text);
        long at = write(text);
        assertTrue(Element.isInteger(at));
        assertEquals(value, Element.integer(at));
        assertEquals(0, Element.address(at));
        long other = write(new Item().integer(value));
        assertTrue(Arrays.equals(encoded(at), encoded(other)));
        assertTrue(new Item().integer(value).matches(at));
        assertEquals(text.length(), new Item().integer(value).length());
    }

    @Test
    void whatIsNotCanonicalStaysAString() {
        for (String text : NO_INTEGERS) {
            assertReadsBack(text);
            assertFalse(Element.isInteger(write(text)), text);
            assertFalse(texts.item(text).isInteger(), text);
        }
    }

    @Test
    void equalContentHasEqualBytesAndNoOther() {
        SplittableRandom random = SEED.random();
        for (int round = 0; round < 3000; round++) {
            String one = Texts.random(random, 40);
            String other = Texts.random(random, 40);
            long a = write(one);
            long b = write(other);
            assertEquals(one.equals(other), Arrays.equals(encoded(a), encoded(b)));
            assertEquals(one.equals(other), Element.equal(a, b));
            assertEquals(one.equals(other), texts.item(one).matches(b));
        }
    }

    @Test
    void comparesAsTheContentDoes() {
        SplittableRandom random = SEED.random();
        long scratch = allocator.allocate(40);
        for (int round = 0; round < 3000; round++) {
            String one = Texts.random(random, 60);
            String other = Texts.random(random, 60);
            int order = Element.compare(write(one), write(other), scratch);
            assertEquals(Integer.signum(one.compareTo(other)), Integer.signum(order));
        }
    }

    @Test
    void aTimeGoesBeforeTheElementAndIsNoPartOfTheContent() {
        for (String text : List.of("", "text", "7", "1234567", "x".repeat(300))) {
            long plain = write(text);
            long timed = write(texts.item(text).expiryMillis(1_700_000_000_000L));
            assertEquals(Element.size(plain) + 9, Element.size(timed));
            assertEquals(1_700_000_000_000L, Element.expiryMillis(timed));
            assertEquals(text, Texts.of(timed));
            assertTrue(Element.equal(plain, timed));
            assertEquals(Element.isInteger(plain), Element.isInteger(timed));
            assertEquals(text.length(), Element.length(timed));
            assertEquals(timed + 9, Element.plain(timed));
            assertEquals(plain, Element.plain(plain));
            Item item = new Item().element(timed);
            assertEquals(1_700_000_000_000L, item.expiryMillis());
            assertTrue(Arrays.equals(encoded(timed), encoded(write(item))));
        }
    }

    @Test
    void theHashDependsOnContentAndSecret() {
        assertNotEquals(texts.item("a").hash(1, 2), texts.item("b").hash(1, 2));
        assertNotEquals(texts.item("a").hash(1, 2), texts.item("a").hash(2, 2));
        assertNotEquals(texts.item("12").hash(1, 2), texts.item("13").hash(1, 2));
        assertNotEquals(texts.item("12").hash(1, 2), texts.item("12").hash(1, 3));
    }
}

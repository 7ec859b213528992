// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RollTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private final Allocator allocator = new Allocator();
    private final Texts texts = new Texts();
    private final List<String> model = new ArrayList<>();
    private long roll;
    private int bytes;

    @BeforeEach
    void create() {
        bytes = Roll.HEADER_BYTES;
        roll = allocator.allocate(bytes);
        Roll.create(roll);
    }

    @AfterEach
    void close() {
        texts.close();
        allocator.close();
    }

    private void resize(int newBytes) {
        roll = allocator.resize(roll, bytes, newBytes);
        bytes = newBytes;
    }

    private void insert(int index, String text) {
        Item item = texts.item(text);
        int length = bytes;
        resize(length + item.encodedBytes());
        assertEquals(bytes, Roll.insert(roll, length, Roll.seek(roll, index), item));
        model.add(index, text);
    }

    private void replace(int index, String text) {
        Item item = texts.item(text);
        int at = Roll.seek(roll, index);
        int length = bytes;
        int growth = Roll.growth(roll, at, item);
        if (growth > 0) {
            resize(length + growth);
        }
        int left = Roll.replace(roll, length, at, item);
        assertEquals(length + growth, left);
        resize(left);
        model.set(index, text);
    }

    private void remove(int index, int count) {
        resize(Roll.remove(roll, bytes, Roll.seek(roll, index), count));
        model.subList(index, index + count).clear();
    }

    private void verify() {
        assertEquals(model.size(), Roll.count(roll));
        int at = Roll.HEADER_BYTES;
        for (int index = 0; index < model.size(); index++) {
            assertEquals(at, Roll.seek(roll, index));
            assertEquals(model.get(index), Texts.of(roll + at));
            at = Roll.next(roll, at);
        }
        assertEquals(bytes, at);
    }

    @Test
    void behavesLikeAListOfStrings() {
        SplittableRandom random = SEED.random();
        for (int step = 0; step < 4000; step++) {
            String text = Texts.random(random, 500);
            int size = model.size();
            boolean growing = step / 500 % 2 == 0;
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    if (growing) {
                        insert(random.nextInt(size + 1), text);
                    } else if (size > 0) {
                        int index = random.nextInt(size);
                        remove(index, random.nextInt(Math.min(3, size - index)) + 1);
                    }
                }
                case 2 -> {
                    if (size > 0) {
                        replace(random.nextInt(size), text);
                    }
                }
                default -> assertFinds(text, 1);
            }
            verify();
        }
    }

    private void assertFinds(String text, int stride) {
        int expected = 0;
        for (int index = 0; index < model.size() && expected == 0; index += stride) {
            expected = model.get(index).equals(text) ? Roll.seek(roll, index) : 0;
        }
        assertEquals(expected, Roll.find(roll, bytes, stride, texts.item(text)));
    }

    @Test
    void findsKeysAmongPairsOnly() {
        insert(0, "key");
        insert(1, "value");
        insert(2, "value");
        insert(3, "12");
        insert(4, "12");
        insert(5, "");
        for (String text : List.of("key", "value", "12", "", "none")) {
            assertFinds(text, 2);
            assertFinds(text, 1);
        }
        assertEquals(Roll.seek(roll, 2), Roll.find(roll, bytes, 2, texts.item("value")));
        assertEquals(0, Roll.find(roll, bytes, 2, texts.item("")));
    }

    @Test
    void tenPairsOfEightBytesEachTakeNineBytesAnElement() {
        for (int index = 0; index < 20; index++) {
            insert(index, "member0" + (char) ('a' + index));
        }
        assertEquals(182, bytes);
    }

    @Test
    void keepsTimes() {
        insert(0, "key");
        Item value = texts.item("value").expiryMillis(99);
        int length = bytes;
        resize(length + value.encodedBytes());
        Roll.insert(roll, length, length, value);
        int at = Roll.next(roll, Roll.find(roll, bytes, 2, texts.item("key")));
        assertEquals(99, Element.expiryMillis(roll + at));
        assertTrue(texts.item("value").matches(Element.plain(roll + at)));
        assertEquals(bytes, Roll.next(roll, at));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Seed;
import dev.sigrun.memory.number.Decimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ListpackTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private final OffHeapBytes memory = new OffHeapBytes();
    private final long scratch = memory.allocate(Decimal.BYTES_MAX);

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void anEmptyListpackHasNothingInIt() {
        GrowingListpack list = new GrowingListpack(memory);
        long lp = list.address();
        assertEquals(0, Listpack.count(lp));
        assertEquals(0, Listpack.first(lp));
        assertEquals(0, Listpack.last(lp));
        assertEquals(0, Listpack.seek(lp, 0));
        assertEquals(0, Listpack.seek(lp, -1));
        assertTrue(Listpack.validate(lp, Listpack.EMPTY_BYTES, true));
    }

    @Test
    void behavesLikeAListUnderRandomEdits() {
        SplittableRandom random = SEED.random();
        for (int round = 0; round < 40; round++) {
            GrowingListpack list = new GrowingListpack(memory);
            List<byte[]> model = new ArrayList<>();
            for (int step = 0; step < 80; step++) {
                edit(random, list, model);
                assertEquals(model.size(), Listpack.count(list.address()));
            }
            assertSame(model, list);
            list.free();
        }
    }

    private static void edit(SplittableRandom random, GrowingListpack list, List<byte[]> model) {
        int at = random.nextInt(model.size() + 1);
        switch (random.nextInt(model.size() < 30 ? 5 : 8)) {
            case 0, 1 -> {
                byte[] content = Contents.any(random);
                list.insert(at, content);
                model.add(at, content);
            }
            case 2 -> {
                long value = Contents.integer(random);
                list.insert(at, value);
                model.add(at, Long.toString(value).getBytes(StandardCharsets.US_ASCII));
            }
            case 3 -> {
                if (at < model.size()) {
                    byte[] content = Contents.any(random);
                    list.replace(at, content);
                    model.set(at, content);
                }
            }
            case 4 -> {
                if (at < model.size()) {
                    long value = Contents.integer(random);
                    list.replace(at, value);
                    model.set(at, Long.toString(value).getBytes(StandardCharsets.US_ASCII));
                }
            }
            default -> {
                int count = random.nextInt(1, 6);
                long gone = at < model.size() ? list.delete(at, count) : 0;
                assertEquals(Math.min(count, model.size() - at), gone);
                model.subList(at, at + (int) gone).clear();
            }
        }
    }

    @Test
    void joinsAndSplitsLikeLists() {
        SplittableRandom random = SEED.random();
        for (int round = 0; round < 200; round++) {
            GrowingListpack list = new GrowingListpack(memory);
            GrowingListpack other = new GrowingListpack(memory);
            List<byte[]> model = new ArrayList<>();
            List<byte[]> otherModel = new ArrayList<>();
            fill(random, list, model);
            fill(random, other, otherModel);
            list.appendAll(other);
            model.addAll(otherModel);
            assertSame(model, list);
            int at = random.nextInt(model.size() + 1);
            GrowingListpack tail = list.split(at);
            assertSame(model.subList(0, at), list);
            assertSame(model.subList(at, model.size()), tail);
            list.free();
            other.free();
            tail.free();
        }
    }

    private static void fill(SplittableRandom random, GrowingListpack list, List<byte[]> model) {
        for (int left = random.nextInt(12); left > 0; left--) {
            byte[] content = Contents.any(random);
            list.insert(-1, content);
            model.add(content);
        }
    }

    @Test
    void findsContentInEveryStrideAsItWasStored() {
        SplittableRandom random = SEED.random();
        for (int round = 0; round < 50; round++) {
            GrowingListpack list = new GrowingListpack(memory);
            List<byte[]> model = new ArrayList<>();
            fill(random, list, model);
            int skip = random.nextInt(3);
            byte[] sought =
                    model.isEmpty() || random.nextInt(4) == 0
                            ? Contents.any(random)
                            : model.get(random.nextInt(model.size()));
            int expected = -1;
            for (int at = 0; at < model.size() && expected < 0; at += skip + 1) {
                expected = Arrays.equals(model.get(at), sought) ? at : -1;
            }
            long source = memory.put(sought);
            long lp = list.address();
            long found = Listpack.find(Listpack.first(lp), source, sought.length, skip);
            assertEquals(expected < 0 ? 0 : Listpack.seek(lp, expected), found);
            memory.free(source, sought.length);
        }
    }

    @Test
    void countsBeyondWhatTheHeaderCanSay() {
        long lp = memory.allocate(7 + 2 * 70_000);
        Listpack.create(lp);
        for (int count = 0; count < 65_534; count++) {
            Listpack.append(lp, count & 127);
        }
        assertEquals(65_534, Listpack.count(lp));
        for (int count = 65_534; count < 70_000; count++) {
            Listpack.append(lp, count & 127);
        }
        assertEquals(70_000, Listpack.count(lp));
        assertTrue(Listpack.validate(lp, Listpack.bytes(lp), true));
        assertEquals(69_998 & 127, Listpack.integer(Listpack.seek(lp, 69_998)));
        assertEquals(69_998 & 127, Listpack.integer(Listpack.seek(lp, -2)));
        assertEquals(0, Listpack.seek(lp, 70_000));
        assertEquals(0, Listpack.seek(lp, -70_001));

        assertEquals(69_000, Listpack.deleteRange(lp, Listpack.first(lp), 69_000));
        assertEquals(1_000, Listpack.count(lp));
        assertEquals(0, Listpack.seek(lp, 1_000));
    }

    @Test
    void deletingTheLastEntryLeavesNoneToGoOnWith() {
        GrowingListpack list = new GrowingListpack(memory);
        list.insert(-1, 1);
        list.insert(-1, 2);
        long lp = list.address();
        long next = Listpack.delete(lp, Listpack.first(lp));
        assertEquals(2, Listpack.integer(next));
        assertEquals(0, Listpack.delete(lp, next));
        assertArrayEquals(new byte[] {7, 0, 0, 0, 0, 0, -1}, list.content());
    }

    @Test
    void refusesBytesThatHaveNoRoomForAListpack() {
        for (int length = 0; length < Listpack.EMPTY_BYTES; length++) {
            long at = memory.put(new byte[length]);
            assertFalse(Listpack.validate(at, length, true));
        }
    }

    private void assertSame(List<byte[]> model, GrowingListpack list) {
        long lp = list.address();
        assertTrue(Listpack.validate(lp, Listpack.bytes(lp), true));
        assertEquals(model.size(), Listpack.count(lp));
        long entry = Listpack.first(lp);
        for (int index = 0; index < model.size(); index++) {
            assertEquals(entry, Listpack.seek(lp, index));
            assertEquals(entry, Listpack.seek(lp, index - model.size()));
            assertHolds(model.get(index), entry);
            entry = Listpack.next(entry);
        }
        assertEquals(0, entry);
        entry = Listpack.last(lp);
        for (int index = model.size() - 1; index >= 0; index--) {
            assertEquals(Listpack.seek(lp, index), entry);
            entry = Listpack.previous(lp, entry);
        }
        assertEquals(0, entry);
        assertEquals(0, Listpack.seek(lp, model.size()));
        assertEquals(0, Listpack.seek(lp, -model.size() - 1));
    }

    private void assertHolds(byte[] content, long entry) {
        assertEquals(content.length, Listpack.contentLength(entry));
        long at = Listpack.contentAddress(entry, scratch);
        assertArrayEquals(content, OffHeapBytes.get(at, content.length));
        long copy = memory.allocate(Math.max(1, content.length));
        assertEquals(content.length, Listpack.writeContent(entry, copy));
        assertArrayEquals(content, OffHeapBytes.get(copy, content.length));
        assertTrue(Listpack.equalsContent(entry, copy, content.length));
        assertEquals(Listpack.isInteger(entry), Decimal.isInteger(copy, content.length));
        assertEquals(Listpack.storedBytes(entry), Listpack.entryBytes(copy, content.length));
        memory.free(copy, content.length);
    }
}

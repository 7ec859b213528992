// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Memory;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BacklogTest {
    private static final int SIZE = 64 * 1024;

    private final Arena arena = Arena.ofConfined();
    private final long room = arena.allocate(1 << 20).address();
    private final History history = new History("a".repeat(40));
    private final Backlog backlog = new Backlog(history, SIZE);
    private final List<Cursor> cursors = new ArrayList<>();

    @AfterEach
    void freeAll() {
        cursors.forEach(Cursor::close);
        backlog.free();
        arena.close();
    }

    private Cursor cursor(long offset) {
        Cursor cursor = backlog.cursor(offset);
        cursors.add(cursor);
        return cursor;
    }

    private byte[] read(Cursor cursor, int capacity) {
        int length = cursor.read(room, capacity);
        byte[] bytes = new byte[length];
        Memory.copy(room, bytes, 0, length);
        return bytes;
    }

    @Test
    void keepsNothingBeforeItIsThere() {
        backlog.append(new byte[100]);

        assertEquals(0, history.offset());
        assertEquals(0, backlog.heldBytes());
        assertFalse(backlog.holds(1));
    }

    @Test
    void countsTheFirstByteAsOne() {
        backlog.create();

        backlog.append(new byte[100]);

        assertEquals(100, history.offset());
        assertEquals(1, backlog.firstOffset());
        assertTrue(backlog.holds(1));
        assertTrue(backlog.holds(101));
        assertFalse(backlog.holds(0));
        assertFalse(backlog.holds(102));
    }

    @Test
    void beginsWhereTheHistoryIs() {
        history.adopt("b".repeat(40), 5000);
        backlog.create();

        assertEquals(5001, backlog.firstOffset());
        backlog.append(new byte[] {1, 2, 3});
        assertArrayEquals(new byte[] {2, 3}, read(cursor(5002), 10));
    }

    @Test
    void aCursorAtTheEndSeesWhatComes() {
        backlog.create();
        Cursor early = cursor(1);

        backlog.append(new byte[] {7, 8});

        assertEquals(2, early.waitingBytes());
        assertArrayEquals(new byte[] {7}, read(early, 1));
        assertArrayEquals(new byte[] {8}, read(early, 10));
        assertEquals(0, read(early, 10).length);
    }

    @Test
    void refusesWhatIsNotThere() {
        backlog.create();
        backlog.append(new byte[10 * SIZE]);

        assertThrows(IllegalArgumentException.class, () -> backlog.cursor(1));
    }

    @Test
    void keepsLittleMoreThanItsSize() {
        backlog.create();
        for (int i = 0; i < 1000; i++) {
            backlog.append(new byte[1000]);
        }

        assertTrue(backlog.heldBytes() >= SIZE, "held " + backlog.heldBytes());
        assertTrue(backlog.memoryBytes() <= SIZE + 2 * 16 * 1024);
    }

    @Test
    void keepsWhatTheSlowestLacks() {
        backlog.create();
        Cursor slow = cursor(1);
        Cursor fast = cursor(1);
        for (int i = 0; i < 1000; i++) {
            backlog.append(new byte[1000]);
            assertEquals(1000, fast.read(room, 1000));
        }

        assertEquals(1, backlog.firstOffset());
        assertEquals(1_000_000, slow.waitingBytes());

        slow.close();
        while (backlog.trim()) {
            assertTrue(backlog.heldBytes() > SIZE);
        }
        assertTrue(backlog.memoryBytes() <= SIZE + 2 * 16 * 1024);
        assertEquals(0, fast.waitingBytes());
    }

    @Test
    void isNotFreedUnderACursor() {
        backlog.create();
        backlog.append(new byte[10]);
        cursor(1);

        assertThrows(IllegalStateException.class, backlog::free);
    }

    @Test
    void readersGetWhatWasWrittenFromTheirPlaceOn() {
        long seed = Long.getLong("sigrun.seed", System.nanoTime());
        Random random = new Random(seed);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<ByteArrayOutputStream> got = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        backlog.create();
        for (int step = 0; step < 3000; step++) {
            if (random.nextInt(4) > 0) {
                byte[] bytes = new byte[random.nextInt(1, 5000)];
                random.nextBytes(bytes);
                all.writeBytes(bytes);
                if (random.nextBoolean()) {
                    backlog.append(bytes);
                } else {
                    Memory.copy(bytes, 0, room, bytes.length);
                    backlog.append(room, bytes.length);
                }
            } else if (cursors.size() < 8 && random.nextInt(20) == 0) {
                long first = backlog.firstOffset();
                long offset = random.nextLong(first, history.offset() + 2);
                cursor(offset);
                got.add(new ByteArrayOutputStream());
                starts.add((int) offset - 1);
            } else if (!cursors.isEmpty()) {
                int one = random.nextInt(cursors.size());
                got.get(one).writeBytes(read(cursors.get(one), random.nextInt(1, 20_000)));
            }
        }
        byte[] written = all.toByteArray();
        for (int i = 0; i < cursors.size(); i++) {
            byte[] read = got.get(i).toByteArray();
            int from = starts.get(i);
            assertArrayEquals(
                    Arrays.copyOfRange(written, from, from + read.length), read, "seed " + seed);
            assertEquals(from + read.length + 1, cursors.get(i).offset(), "seed " + seed);
        }
    }
}

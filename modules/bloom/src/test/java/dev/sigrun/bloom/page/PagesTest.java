// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigrun.bloom.fake.FakeBytes;
import dev.sigrun.bloom.fake.FakeOffHeap;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PagesTest {
    private static final int BYTES = 3 * Pages.PAGE_BYTES + 100;

    private final FakeOffHeap memory = new FakeOffHeap();

    private static byte[] content(Pages pages) {
        byte[] content = new byte[(int) pages.bytes()];
        pages.get(0, content, 0, content.length);
        return content;
    }

    @Test
    void takesNoMemoryUntilItIsWrittenTo() {
        Pages pages = new Pages(1L << 40 >>> 10);
        assertEquals(0, memory.usedBytes());
        assertEquals(0, pages.getByte(pages.bytes() - 1));
        pages.own(memory, pages.bytes() - 1);
        assertEquals(Pages.PAGE_BYTES, memory.usedBytes());
        pages.free(memory);
        assertEquals(0, memory.usedBytes());
    }

    /** Random changes of several that share pages, each against an array of its own. */
    @Test
    void sharedPagesBehaveAsCopies() {
        long seed = Long.getLong("sigrun.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Pages> all = new ArrayList<>(List.of(new Pages(BYTES)));
        List<byte[]> models = new ArrayList<>(List.of(new byte[BYTES]));
        for (int step = 0; step < 3_000; step++) {
            int which = random.nextInt(all.size());
            change(random, all.get(which), models.get(which));
            if (random.nextInt(40) == 0 && all.size() < 8) {
                all.add(all.get(which).share());
                models.add(models.get(which).clone());
            } else if (random.nextInt(60) == 0 && all.size() > 1) {
                all.remove(which).free(memory);
                models.remove(which);
            }
        }
        for (int i = 0; i < all.size(); i++) {
            assertArrayEquals(models.get(i), content(all.get(i)), "seed " + seed);
            all.get(i).free(memory);
        }
        assertEquals(0, memory.usedBytes(), "seed " + seed);
    }

    private void change(Random random, Pages pages, byte[] model) {
        if (random.nextBoolean()) {
            int at = random.nextInt(BYTES);
            pages.own(memory, at);
            pages.putByte(at, (byte) at);
            model[at] = (byte) at;
        } else {
            byte[] patch = new byte[1 + random.nextInt(100_000)];
            if (random.nextBoolean()) {
                random.nextBytes(patch);
            }
            int at = random.nextInt(BYTES - patch.length);
            pages.put(memory, at, FakeBytes.of(patch).address(), patch.length);
            System.arraycopy(patch, 0, model, at, patch.length);
        }
    }

    @Test
    void aCopyOfZerosTakesNoMemory() {
        byte[] source = new byte[BYTES];
        source[BYTES - 1] = 1;
        Pages pages = Pages.of(memory, FakeBytes.of(source).address(), BYTES);
        assertEquals(100, memory.usedBytes());
        assertArrayEquals(source, content(pages));
        pages.free(memory);
    }

    @Test
    void aCopyThatFailsLeavesNothing() {
        byte[] source = new byte[BYTES];
        java.util.Arrays.fill(source, (byte) 1);
        FakeBytes bytes = FakeBytes.of(source);
        memory.failAfter(2);
        assertThrows(
                OutOfMemoryError.class, () -> Pages.of(memory, bytes.address(), source.length));
        assertEquals(0, memory.usedBytes());
    }

    @Test
    void isFreedInParts() {
        Pages pages = new Pages(BYTES);
        for (int page = 0; page < pages.count(); page++) {
            pages.own(memory, (long) page * Pages.PAGE_BYTES);
        }
        assertEquals(false, pages.freeSome(memory, 3));
        assertEquals(100, memory.usedBytes());
        assertEquals(true, pages.freeSome(memory, 3));
        assertEquals(0, memory.usedBytes());
    }
}

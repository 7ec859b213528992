// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Seed;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class IntSetTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private final OffHeapBytes memory = new OffHeapBytes();

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void behavesLikeASortedSet() {
        SplittableRandom random = SEED.random();
        for (int round = 0; round < 60; round++) {
            int shift = random.nextInt(64);
            SortedSet<Long> model = new TreeSet<>();
            long set = memory.allocate(IntSet.EMPTY_BYTES);
            IntSet.create(set);
            for (int step = 0; step < 120; step++) {
                long value = random.nextLong() >> random.nextInt(shift, 64);
                long before = IntSet.bytes(set);
                if (random.nextInt(3) < 2) {
                    assertEquals(!model.add(value), IntSet.contains(set, value));
                    if (!IntSet.contains(set, value)) {
                        set = memory.resize(set, before, IntSet.bytesWith(set, value));
                        IntSet.insert(set, value);
                    }
                } else {
                    assertEquals(model.remove(value), IntSet.remove(set, value));
                    set = memory.resize(set, before, IntSet.bytes(set));
                }
            }
            assertSame(model, set);
            memory.free(set, IntSet.bytes(set));
        }
    }

    private static void assertSame(SortedSet<Long> model, long set) {
        assertEquals(model.size(), IntSet.length(set));
        assertEquals(!model.isEmpty(), IntSet.validate(set, IntSet.bytes(set), true));
        int index = 0;
        for (long value : model) {
            assertEquals(value, IntSet.valueAt(set, index++));
            assertTrue(IntSet.contains(set, value));
        }
    }

    @Test
    void refusesBytesWhoseMembersAreNotAllThere() {
        assertFalse(isSound(new byte[7]));
        assertFalse(isSound(new byte[] {2, 0, 0, 0, 0, 0, 0, 0}));
        assertFalse(isSound(new byte[] {3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0}));
        assertFalse(isSound(new byte[] {2, 0, 0, 0, 2, 0, 0, 0, 1, 0}));
        // Eight times this count is eight bytes again when it wraps at 32 bits.
        assertFalse(isSound(new byte[] {8, 0, 0, 0, 1, 0, 0, 32, 1, 0, 0, 0, 0, 0, 0, 0}));
        assertTrue(isSound(new byte[] {2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 2, 0}));
        assertFalse(isSound(new byte[] {2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 2, 0}));
    }

    private boolean isSound(byte[] bytes) {
        return IntSet.validate(memory.put(bytes), bytes.length, true);
    }
}

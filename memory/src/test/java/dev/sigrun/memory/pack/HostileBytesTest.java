// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.Seed;
import dev.sigrun.memory.number.Decimal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Truncated and changed bytes, each in a block of exactly their length: any access outside of it is
 * a fault in the checked mode, in which alone these tests say something.
 */
final class HostileBytesTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private static final int ROUNDS = 40;

    @Test
    void nothingIsReadBehindTheEndOfDamagedBytes() {
        assumeTrue(Memory.CHECKED);
        SplittableRandom random = SEED.random();
        try (OffHeapBytes memory = new OffHeapBytes()) {
            for (String line : Lines.read("verdicts.txt")) {
                String[] parts = line.split(" ", 4);
                byte[] bytes = HexFormat.of().parseHex(parts[1]);
                for (int round = 0; round < ROUNDS; round++) {
                    read(memory, parts[0], damaged(random, bytes));
                }
                for (int length = 0; length < bytes.length; length++) {
                    read(memory, parts[0], Arrays.copyOf(bytes, length));
                }
            }
        }
    }

    private static byte[] damaged(SplittableRandom random, byte[] bytes) {
        byte[] copy = bytes.clone();
        for (int left = random.nextInt(1, 4); left > 0; left--) {
            int at = random.nextInt(copy.length);
            copy[at] =
                    switch (random.nextInt(3)) {
                        case 0 -> (byte) (copy[at] ^ (1 << random.nextInt(8)));
                        case 1 -> (byte) random.nextInt(0xF0, 0x100);
                        default -> (byte) random.nextInt(256);
                    };
        }
        return copy;
    }

    private static void read(OffHeapBytes memory, String format, byte[] bytes) {
        long at = memory.put(bytes);
        switch (format) {
            case "ziplist" -> readZiplist(at, bytes.length);
            case "zipmap" -> readZipmap(at, bytes.length);
            case "listpack" -> readListpack(memory, at, bytes.length);
            default -> readIntSet(at, bytes.length);
        }
        memory.free(at, bytes.length);
    }

    private static void readZiplist(long at, int length) {
        Ziplist list = new Ziplist();
        if (list.open(at, length)) {
            int count = 0;
            while (list.next()) {
                count++;
                if (list.isInteger()) {
                    list.integer();
                } else {
                    OffHeapBytes.get(list.stringAddress(), list.stringLength());
                }
            }
            assertEquals(list.count(), count);
        }
    }

    private static void readZipmap(long at, int length) {
        Zipmap map = new Zipmap();
        if (map.open(at, length)) {
            int count = 0;
            while (map.next()) {
                count++;
                OffHeapBytes.get(map.nameAddress(), map.nameLength());
                OffHeapBytes.get(map.valueAddress(), map.valueLength());
            }
            assertEquals(map.count(), count);
        }
    }

    private static void readListpack(OffHeapBytes memory, long at, int length) {
        if (!Listpack.validate(at, length, true)) {
            return;
        }
        long scratch = memory.allocate(Decimal.BYTES_MAX);
        long count = 0;
        for (long entry = Listpack.first(at); entry != 0; entry = Listpack.next(entry)) {
            OffHeapBytes.get(
                    Listpack.contentAddress(entry, scratch), Listpack.contentLength(entry));
            count++;
        }
        assertEquals(Listpack.count(at), count);
        for (long entry = Listpack.last(at); entry != 0; entry = Listpack.previous(at, entry)) {
            count--;
        }
        assertEquals(0, count);
        memory.free(scratch, Decimal.BYTES_MAX);
    }

    private static void readIntSet(long at, int length) {
        if (IntSet.validate(at, length, true)) {
            List<Integer> ends = List.of(0, IntSet.length(at) - 1);
            assertTrue(ends.stream().allMatch(end -> IntSet.contains(at, IntSet.valueAt(at, end))));
        }
    }
}

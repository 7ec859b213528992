// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.bloom.fake.FakeBytes;
import dev.sigrun.bloom.fake.FakeOffHeap;
import dev.sigrun.spi.command.CommandException;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RedisFilterTest {
    private final FakeOffHeap memory = new FakeOffHeap();
    private final Totals totals = new Totals();

    @Test
    void hashIsMurmur64A() {
        // The published check value of MurmurHash64A: hashes of 0..255 prefixes, hashed again.
        byte[] key = new byte[256];
        byte[] hashes = new byte[256 * 8];
        for (int i = 0; i < 256; i++) {
            key[i] = (byte) i;
            FakeBytes prefix = FakeBytes.of(Arrays.copyOf(key, i));
            long hash = Murmur64.hash(256 - i, prefix.address(), i);
            for (int b = 0; b < 8; b++) {
                hashes[i * 8 + b] = (byte) (hash >>> (8 * b));
            }
        }
        FakeBytes all = FakeBytes.of(hashes);
        assertEquals(0x1F0D3804, (int) Murmur64.hash(0, all.address(), all.length()));
    }

    @Test
    void setsTheBitsOfRedisBloom() throws CommandException {
        RedisFilter filter = Filters.redis(memory, totals, 0.01, 100, 0);
        filter.add(memory, Filters.item("item"), Filters.NO_LIMIT);
        MurmurLayer layer = filter.layer(0);
        assertEquals(960, layer.facts().bits());
        assertEquals(7, layer.facts().hashes());
        FakeBytes item = FakeBytes.of("item");
        long first = Murmur64.hash(Murmur64.SEED, item.address(), 4);
        long second = Murmur64.hash(first, item.address(), 4);
        int expected = 0;
        for (int i = 0; i < 7; i++) {
            BigInteger sum = new BigInteger(Long.toUnsignedString(first + i * second));
            int bit = sum.mod(BigInteger.valueOf(960)).intValue();
            assertTrue((layer.string().getByte(bit / 8) >> (bit % 8) & 1) == 1);
            expected |= 1;
        }
        assertEquals(1, expected);
        filter.free(memory);
    }

    @Test
    void growsByRedisBloomsRules() throws CommandException {
        RedisFilter filter = Filters.redis(memory, totals, 0.01, 10, RedisFilter.NO_ROUND);
        Filters.fill(memory, filter, "x", 200);
        assertEquals(5, filter.layers());
        assertEquals(10 + 20 + 40 + 80 + 160, filter.capacity());
        assertEquals(0.01 / 16, filter.layer(4).facts().errorRate());
        for (int i = 0; i < 50; i++) {
            assertTrue(filter.contains(Filters.item("x" + i)));
        }
        assertEquals(filter.sizeBytes(), totals.memoryBytes());
        filter.free(memory);
        assertEquals(0, memory.usedBytes());
    }

    @Test
    void refusesToGrow() throws CommandException {
        RedisFilter fixed = Filters.redis(memory, totals, 0.01, 3, RedisFilter.NO_SCALING);
        Filters.fill(memory, fixed, "x", 3);
        assertSame(
                Errors.FULL,
                assertThrows(CommandException.class, () -> Filters.fill(memory, fixed, "y", 1)));
        RedisFilter small = Filters.redis(memory, totals, 0.01, 3, 0);
        Filters.fill(memory, small, "x", 3);
        assertSame(
                Errors.TOO_LARGE,
                assertThrows(
                        CommandException.class,
                        () -> small.add(memory, Filters.item("something"), 300)));
        fixed.free(memory);
        small.free(memory);
    }

    @Test
    void refusesOptionsItCannotHonour() {
        assertNull(RedisFilter.hollow(totals, 0, 2));
        assertNull(RedisFilter.hollow(totals, RedisFilter.FORCE_64 | 16, 2));
        assertNull(RedisFilter.hollow(totals, RedisFilter.FORCE_64, 0));
        assertNull(RedisFilter.hollow(totals, RedisFilter.FORCE_64, 1L << 32));
        assertEquals(0, totals.objects());
    }

    @Test
    void lookingUpAllocatesNothing() throws CommandException {
        RedisFilter filter = Filters.redis(memory, totals, 0.01, 100, 0);
        Filters.fill(memory, filter, "x", 1000);
        FakeBytes item = FakeBytes.of("x5");
        AllocationMeter.assertNothing(() -> filter.contains(item) ? 1 : 0);
        filter.free(memory);
    }
}

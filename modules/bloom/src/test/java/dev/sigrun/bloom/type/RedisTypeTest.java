// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.type;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.bloom.fake.FakeBytes;
import dev.sigrun.bloom.fake.FakeOffHeap;
import dev.sigrun.bloom.fake.FakeReader;
import dev.sigrun.bloom.fake.FakeValueContext;
import dev.sigrun.bloom.fake.FakeWriter;
import dev.sigrun.bloom.filter.Filters;
import dev.sigrun.bloom.filter.RedisFilter;
import dev.sigrun.bloom.filter.Totals;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.type.Frozen;
import dev.sigrun.spi.type.RdbException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RedisTypeTest {
    private final FakeOffHeap memory = new FakeOffHeap();
    private final Totals totals = new Totals();
    private final RedisType type = new RedisType(totals, () -> 1 << 20);
    private final FakeValueContext context = new FakeValueContext(memory, true);

    private RedisFilter filter(long items) throws CommandException {
        RedisFilter filter = Filters.redis(memory, totals, 0.01, 10, RedisFilter.NO_ROUND);
        Filters.fill(memory, filter, "x", items);
        return filter;
    }

    @Test
    void comesBackAsItWas() throws Exception {
        RedisFilter filter = filter(55);
        byte[] content = Codecs.encode(type, filter);
        RedisFilter back = Codecs.decode(type, memory, content);
        assertArrayEquals(content, Codecs.encode(type, back));
        assertTrue(back.contains(Filters.item("x3")));
        Filters.fill(memory, back, "y", 100);
        RedisFilter copy = type.copy(context, back);
        assertArrayEquals(Codecs.encode(type, back), Codecs.encode(type, copy));
        copy.free(memory);
        back.free(memory);
        filter.free(memory);
        assertEquals(0, memory.usedBytes());
        assertEquals(0, totals.memoryBytes());
    }

    @Test
    void damageIsRefused() throws Exception {
        RedisFilter filter = filter(15);
        byte[] content = Codecs.encode(type, filter);
        filter.free(memory);
        Codecs.assertTruncationRefused(type, memory, content);
        Codecs.assertFlipsAreHarmless(type, memory, content);
    }

    private static FakeWriter head(long items, long layers, long options) {
        FakeWriter out = new FakeWriter();
        out.unsigned(items);
        out.unsigned(layers);
        out.unsigned(options);
        return out;
    }

    private static void layer(
            FakeWriter out, double rate, long hashes, double bpe, long bits, long log2, int bytes) {
        out.unsigned(10);
        out.dbl(rate);
        out.unsigned(hashes);
        out.dbl(bpe);
        out.unsigned(bits);
        out.unsigned(log2);
        out.string(new byte[bytes]);
        out.unsigned(0);
    }

    private static byte[] payload(
            double rate, long hashes, double bpe, long bits, long log2, int bytes) {
        FakeWriter out = head(0, 1, 5);
        out.unsigned(2);
        layer(out, rate, hashes, bpe, bits, log2, bytes);
        return out.content();
    }

    @Test
    void numbersThatLieAreRefused() throws Exception {
        byte[][] payloads = {
            payload(Double.NaN, 7, 9.6, 128, 0, 16),
            payload(0, 7, 9.6, 128, 0, 16),
            payload(0.01, 0, 9.6, 128, 0, 16),
            payload(0.01, 1L << 32, 9.6, 128, 0, 16),
            payload(0.01, 5000, 9.6, 128, 0, 16),
            payload(0.01, 7, Double.NaN, 128, 0, 16),
            payload(0.01, 7, Double.POSITIVE_INFINITY, 128, 0, 16),
            payload(0.01, 7, 9.6, 0, 0, 16),
            payload(0.01, 7, 9.6, 129, 0, 16),
            payload(0.01, 7, 9.6, -1, 0, 16),
            payload(0.01, 7, 9.6, Long.MAX_VALUE, 0, 16),
            payload(0.01, 7, 9.6, 128, 8, 16),
            payload(0.01, 7, 9.6, 128, 64, 16),
            payload(0.01, 7, 9.6, 128, -1, 16),
            payload(0.01, 7, 9.6, 128, 0, 0),
        };
        for (byte[] payload : payloads) {
            Codecs.assertRefused(type, memory, payload);
        }
        Codecs.decode(type, memory, payload(0.01, 7, 9.6, 128, 7, 16)).free(memory);
        for (long[] lie : new long[][] {{1, 1, 5}, {0, 0, 5}, {0, 2, 5}, {0, 1, 1}, {0, 1, 32}}) {
            FakeWriter out = head(lie[0], lie[1], lie[2]);
            out.unsigned(2);
            layer(out, 0.01, 7, 9.6, 128, 0, 16);
            Codecs.assertRefused(type, memory, out.content());
        }
    }

    @Test
    void olderVersionsHaveNoGrowth() throws Exception {
        FakeWriter out = head(0, 1, 5);
        layer(out, 0.01, 7, 9.6, 128, 0, 16);
        for (int version = 2; version <= 3; version++) {
            RedisFilter filter =
                    Codecs.of(type).decode(context, new FakeReader(out.content()), version);
            assertEquals(2, filter.expansion());
            filter.free(memory);
        }
        for (int version : new int[] {0, 1, 5}) {
            assertThrows(
                    RdbException.class,
                    () -> Codecs.of(type).decode(context, new FakeReader(out.content()), version));
        }
    }

    @Test
    void imageIsStableUnderWrites() throws Exception {
        RedisFilter filter = filter(25);
        byte[] then = Codecs.encode(type, filter);
        Frozen image = type.freeze(context, filter);
        Filters.fill(memory, filter, "later", 40);
        type.free(context, filter);
        FakeWriter out = new FakeWriter();
        image.encode(out, 4);
        assertArrayEquals(then, out.content());
        image.close();
        assertEquals(0, memory.usedBytes());
    }

    @Test
    void blobComesBackAndIsChecked() throws Exception {
        RedisFilter filter = filter(25);
        byte[] blob = RedisBlob.encode(filter);
        RedisFilter back = RedisBlob.decode(FakeBytes.of(blob), memory, totals, 1 << 20);
        assertArrayEquals(Codecs.encode(type, filter), Codecs.encode(type, back));
        back.free(memory);
        filter.free(memory);
        for (int length = 1; length < blob.length; length++) {
            FakeBytes part = FakeBytes.of(Arrays.copyOf(blob, length));
            assertThrows(RdbException.class, () -> RedisBlob.decode(part, memory, totals, 1 << 20));
        }
        assertThrows(
                CommandException.class,
                () -> RedisBlob.decode(FakeBytes.of(blob), memory, totals, 100));
        assertEquals(0, memory.usedBytes());
        assertEquals(0, totals.objects());
    }
}

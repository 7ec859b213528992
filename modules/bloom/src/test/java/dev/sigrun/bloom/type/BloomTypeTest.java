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
import dev.sigrun.bloom.filter.BloomFilter;
import dev.sigrun.bloom.filter.Filters;
import dev.sigrun.bloom.filter.SipKey;
import dev.sigrun.bloom.filter.Totals;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.type.Frozen;
import dev.sigrun.spi.type.RdbException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class BloomTypeTest {
    private final FakeOffHeap memory = new FakeOffHeap();
    private final Totals totals = new Totals();
    private final BloomType type = new BloomType(totals, () -> 1 << 20);
    private final FakeValueContext context = new FakeValueContext(memory, true);

    private BloomFilter filter(long items) throws CommandException {
        BloomFilter filter = Filters.of(memory, totals, 0.01, 10, 2);
        Filters.fill(memory, filter, "x", items);
        return filter;
    }

    private static byte[] bits() {
        byte[] bits = new byte[45 + 12];
        bits[0] = 1;
        bits[1] = 12;
        bits[9] = 7;
        System.arraycopy(SipKey.FIXED.bytes(), 0, bits, 13, 32);
        return bits;
    }

    /** A payload of one layer; every number can be false. */
    private static byte[] payload(
            long layers, long expansion, double rate, double ratio, long kind, long... rest) {
        FakeWriter out = new FakeWriter();
        out.unsigned(layers);
        out.unsigned(expansion);
        out.dbl(rate);
        out.dbl(ratio);
        out.unsigned(kind);
        out.string(bits());
        for (long number : rest) {
            out.unsigned(number);
        }
        return out.content();
    }

    private static byte[] payload(byte[] bits) {
        FakeWriter out = new FakeWriter();
        out.unsigned(1);
        out.unsigned(2);
        out.dbl(0.01);
        out.dbl(0.5);
        out.unsigned(0);
        out.string(bits);
        out.unsigned(10);
        out.unsigned(0);
        return out.content();
    }

    @Test
    void comesBackAsItWas() throws Exception {
        BloomFilter filter = filter(55);
        byte[] content = Codecs.encode(type, filter);
        BloomFilter back = Codecs.decode(type, memory, content);
        assertArrayEquals(content, Codecs.encode(type, back));
        assertEquals(55, back.items());
        assertEquals(filter.sizeBytes(), back.sizeBytes());
        assertTrue(back.contains(Filters.item("x3")));
        Filters.fill(memory, back, "y", 100);
        type.free(context, filter);
        type.free(context, back);
        assertEquals(0, memory.usedBytes());
        assertEquals(0, totals.memoryBytes());
    }

    @Test
    void damageIsRefused() throws Exception {
        BloomFilter filter = filter(15);
        byte[] content = Codecs.encode(type, filter);
        filter.free(memory);
        Codecs.assertTruncationRefused(type, memory, content);
        Codecs.assertFlipsAreHarmless(type, memory, content);
        assertEquals(0, totals.objects());
    }

    @Test
    void numbersThatLieAreRefused() throws Exception {
        byte[][] payloads = {
            payload(0, 2, 0.01, 0.5, 0, 10, 1),
            payload(-1, 2, 0.01, 0.5, 0, 10, 1),
            payload(2, 2, 0.01, 0.5, 0, 10, 1),
            payload(1L << 40, 2, 0.01, 0.5, 0, 10, 1),
            payload(1, 1L << 32, 0.01, 0.5, 0, 10, 1),
            payload(1, -1, 0.01, 0.5, 0, 10, 1),
            payload(1, 2, Double.NaN, 0.5, 0, 10, 1),
            payload(1, 2, 0, 0.5, 0, 10, 1),
            payload(1, 2, 1, 0.5, 0, 10, 1),
            payload(1, 2, Double.POSITIVE_INFINITY, 0.5, 0, 10, 1),
            payload(1, 2, 0.01, Double.NaN, 0, 10, 1),
            payload(1, 2, 0.01, -0.5, 0, 10, 1),
            payload(1, 2, 0.01, 0.5, 2, 10, 1),
            payload(1, 2, 0.01, 0.5, 0, 0, 0),
            payload(1, 2, 0.01, 0.5, 0, -1, 0),
            payload(1, 2, 0.01, 0.5, 0, 10, 11),
            payload(1, 2, 0.01, 0.5, 0, 10, -1),
            payload(1, 2, 0.01, 0.5, 0, 10),
        };
        for (byte[] payload : payloads) {
            Codecs.assertRefused(type, memory, payload);
        }
        Codecs.decode(type, memory, payload(1, 0, 0.01, 0.5, 0, 10, 10)).free(memory);
        assertEquals(0, totals.objects());
    }

    @Test
    void bitStringsThatLieAreRefused() throws Exception {
        int[][] lies = {{0, 0}, {0, 2}, {1, 11}, {1, 13}, {8, 1}, {9, 0}, {10, 0x7f}, {12, 0x80}};
        for (int[] lie : lies) {
            byte[] bits = bits();
            bits[lie[0]] = (byte) lie[1];
            Codecs.assertRefused(type, memory, payload(bits));
        }
        byte[] strangeSeed = bits();
        strangeSeed[20] ^= 1;
        Codecs.assertRefused(type, memory, payload(strangeSeed));
        Codecs.assertRefused(type, memory, payload(new byte[0]));
        Codecs.assertRefused(type, memory, payload(Arrays.copyOf(bits(), 45)));
        Codecs.decode(type, memory, payload(bits())).free(memory);
    }

    @Test
    void layersMayHaveSeedsOfTheirOwn() throws Exception {
        FakeWriter out = new FakeWriter();
        out.unsigned(3);
        out.unsigned(1);
        out.dbl(0.01);
        out.dbl(0.5);
        out.unsigned(1);
        for (int i = 0; i < 3; i++) {
            byte[] bits = bits();
            bits[20] ^= (byte) i;
            out.string(bits);
            out.unsigned(10);
        }
        out.unsigned(0);
        BloomFilter filter = Codecs.decode(type, memory, out.content());
        for (int i = 0; i < 25; i++) {
            filter.add(memory, Filters.item("x" + i), Filters.NO_LIMIT);
            assertTrue(filter.contains(Filters.item("x" + i)));
        }
        assertEquals(5, filter.layers());
        filter.free(memory);
    }

    @Test
    void otherVersionsAreRefused() {
        for (int version : new int[] {0, 2}) {
            assertThrows(
                    RdbException.class,
                    () ->
                            Codecs.of(type)
                                    .decode(context, new FakeReader(payload(bits())), version));
        }
    }

    @Test
    void limitHoldsForUsersAlone() throws Exception {
        BloomType strict = new BloomType(totals, () -> 200);
        assertThrows(RdbException.class, () -> Codecs.decode(strict, memory, payload(bits())));
        assertEquals(0, memory.usedBytes());
        Codecs.of(strict)
                .decode(new FakeValueContext(memory, false), new FakeReader(payload(bits())), 1)
                .free(memory);
    }

    @Test
    void imageIsStableUnderWrites() throws Exception {
        BloomFilter filter = filter(25);
        byte[] then = Codecs.encode(type, filter);
        Frozen image = type.freeze(context, filter);
        Frozen second = type.freeze(context, filter);
        int blocks = memory.blocks();
        assertEquals(2, blocks);
        Filters.fill(memory, filter, "later", 40);
        assertEquals(blocks + 2, memory.blocks());
        assertArrayEquals(then, encoded(image));
        image.close();
        image.close();
        Filters.fill(memory, filter, "latest", 5);
        type.free(context, filter);
        assertArrayEquals(then, encoded(second));
        second.close();
        assertEquals(0, memory.usedBytes());
        assertEquals(0, totals.memoryBytes());
    }

    private static byte[] encoded(Frozen image) throws RdbException {
        FakeWriter out = new FakeWriter();
        image.encode(out, 1);
        return out.content();
    }

    @Test
    void blobComesBackAndIsChecked() throws Exception {
        BloomFilter filter = filter(55);
        byte[] blob = BloomBlob.encode(filter);
        assertEquals(1 + 29 + 3 * 24 + filterBytes(filter), blob.length);
        BloomFilter back = BloomBlob.decode(FakeBytes.of(blob), memory, totals, 1 << 20);
        assertArrayEquals(blob, BloomBlob.encode(back));
        assertArrayEquals(Codecs.encode(type, filter), Codecs.encode(type, back));
        back.free(memory);
        filter.free(memory);
        for (int length = 1; length < blob.length; length++) {
            FakeBytes part = FakeBytes.of(Arrays.copyOf(blob, length));
            assertThrows(RdbException.class, () -> BloomBlob.decode(part, memory, totals, 1 << 20));
        }
        for (int at = 1; at < blob.length; at++) {
            byte[] bent = blob.clone();
            bent[at] ^= (byte) 0x80;
            try {
                BloomBlob.decode(FakeBytes.of(bent), memory, totals, 1 << 20).free(memory);
            } catch (RdbException | CommandException expected) {
                assertEquals(0, memory.usedBytes());
            }
            assertEquals(0, memory.usedBytes());
        }
        assertEquals(0, totals.objects());
    }

    private static long filterBytes(BloomFilter filter) {
        long bytes = 0;
        for (int i = 0; i < filter.layers(); i++) {
            bytes += filter.layer(i).string().bytes();
        }
        return bytes;
    }

    @Test
    void outOfMemoryLeaksNothing() throws Exception {
        BloomFilter filter = filter(55);
        byte[] content = Codecs.encode(type, filter);
        byte[] blob = BloomBlob.encode(filter);
        filter.free(memory);
        memory.failAfter(2);
        assertThrows(OutOfMemoryError.class, () -> Codecs.decode(type, memory, content));
        memory.failAfter(2);
        assertThrows(
                CommandException.class,
                () -> BloomBlob.decode(FakeBytes.of(blob), memory, totals, 1 << 20));
        assertEquals(0, memory.usedBytes());
        assertEquals(0, totals.objects());
    }
}

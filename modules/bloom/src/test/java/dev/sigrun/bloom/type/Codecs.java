// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigrun.bloom.fake.FakeOffHeap;
import dev.sigrun.bloom.fake.FakeReader;
import dev.sigrun.bloom.fake.FakeValueContext;
import dev.sigrun.bloom.fake.FakeWriter;
import dev.sigrun.bloom.filter.Filter;
import dev.sigrun.bloom.filter.Filters;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.RdbCodec;
import dev.sigrun.spi.type.RdbException;
import java.util.Arrays;
import java.util.Random;

/** What every codec must hold. */
final class Codecs {
    private Codecs() {}

    static <F> RdbCodec<F> of(DataType<F> type) {
        return type.spec().codecs().getFirst();
    }

    static <F> byte[] encode(DataType<F> type, F value) throws RdbException {
        FakeWriter out = new FakeWriter();
        of(type).encode(null, value, out, of(type).versionWritten());
        return out.content();
    }

    static <F> F decode(DataType<F> type, FakeOffHeap memory, byte[] content) throws RdbException {
        FakeValueContext context = new FakeValueContext(memory, true);
        RdbCodec<F> codec = of(type);
        return codec.decode(context, new FakeReader(content), codec.versionWritten());
    }

    static <F> void assertRefused(DataType<F> type, FakeOffHeap memory, byte[] content) {
        long before = memory.usedBytes();
        assertThrows(RdbException.class, () -> decode(type, memory, content));
        assertEquals(before, memory.usedBytes());
    }

    /** Cuts the content after every byte. */
    static <F> void assertTruncationRefused(DataType<F> type, FakeOffHeap memory, byte[] content) {
        for (int length = 0; length < content.length; length++) {
            assertRefused(type, memory, Arrays.copyOf(content, length));
        }
    }

    /** Flips bits; whatever is still taken must work. */
    static <F extends Filter<?>> void assertFlipsAreHarmless(
            DataType<F> type, FakeOffHeap memory, byte[] content) {
        Random random = new Random(3);
        long before = memory.usedBytes();
        int refused = 0;
        for (int at = 0; at < content.length; at++) {
            byte[] bent = content.clone();
            bent[at] ^= (byte) (1 << random.nextInt(8));
            try {
                F value = decode(type, memory, bent);
                value.contains(Filters.item("probe" + at));
                memory.checkAll();
                value.free(memory);
            } catch (RdbException expected) {
                refused++;
            }
            assertEquals(before, memory.usedBytes(), "after byte " + at);
        }
        assertEquals(true, refused > 0);
        assertEquals(true, memory.largestWish() < 1 << 20);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.lzf.Lzf;
import dev.sigrun.memory.lzf.LzfCompressor;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LzfTest {
    private final LzfCompressor compressor = new LzfCompressor();

    @Test
    void whatIsCompressedExpandsToTheSame() {
        Random random = Seed.random("lzf round trip");
        for (int i = 0; i < 400; i++) {
            byte[] content = Content.any(random, i % 20 == 0 ? 300_000 : 2_000);
            byte[] packed = new byte[content.length + content.length / 16 + 16];
            int fromHeap =
                    compressor.compress(content, 0, content.length, packed, 8, packed.length - 8);
            assertExpands(Arrays.copyOfRange(packed, 8, 8 + fromHeap), content);
            try (Held held = new Held().hold(content)) {
                int length =
                        compressor.compress(
                                held.address(), held.length(), packed, 0, packed.length);
                assertExpands(Arrays.copyOf(packed, length), content);
            }
        }
    }

    @Test
    void tableEntriesOfEarlierBlocksDoNoHarm() {
        Random random = Seed.random("lzf epochs");
        byte[] packed = new byte[2 << 16];
        for (int i = 0; i < 33_000; i++) {
            byte[] content = i % 1000 == 0 ? Content.any(random, 3000) : new byte[1 << 16];
            int length = compressor.compress(content, 0, content.length, packed, 0, packed.length);
            if (i % 1000 == 0) {
                assertExpands(Arrays.copyOf(packed, length), content);
            }
        }
    }

    @Test
    void resultThatDoesNotFitIsNone() {
        Random random = Seed.random("lzf room");
        for (int i = 0; i < 100; i++) {
            byte[] content = Content.any(random, 500);
            byte[] packed = new byte[1000];
            int length = compressor.compress(content, 0, content.length, packed, 0, 1000);
            for (int room = 0; room < length; room++) {
                byte[] tight = new byte[room];
                assertEquals(0, compressor.compress(content, 0, content.length, tight, 0, room));
            }
        }
    }

    @Test
    void repetitionTakesThreeBytesFor264() {
        byte[] content = new byte[264 * 1000];
        byte[] packed = new byte[content.length];
        int length = compressor.compress(content, 0, content.length, packed, 0, packed.length);
        assertTrue(length < 3 * 1000 + 100, "took " + length);
    }

    @Test
    void readsEachKindOfInstruction() {
        assertExpands(hex("00" + "61"), hex("61"));
        assertExpands(hex("02616263" + "2002"), hex("616263616263"));
        assertExpands(hex("0061" + "e00a00"), hex("61".repeat(20)));
        assertExpands(hex("0061" + "e0ff00"), hex("61".repeat(265)));
    }

    @Test
    void damagedStreamsAreRefused() {
        for (String stream :
                new String[] {
                    "00", "1f6161", "20", "2000", "0061e0", "0061e000", "00612001", "0061e00001"
                }) {
            try (Held source = new Held().hold(hex(stream));
                    Held target = new Held().room(300)) {
                assertEquals(-1, Lzf.expandedLength(source.address(), source.length()), stream);
                for (int length = 0; length <= target.length(); length++) {
                    assertFalse(
                            Lzf.expand(source.address(), source.length(), target.address(), length),
                            stream);
                }
            }
        }
    }

    @Test
    void hostileStreamsStayInsideOfTheirBlocks() {
        Random random = Seed.random("lzf hostile");
        for (int i = 0; i < 20_000; i++) {
            byte[] stream = hostile(random);
            try (Held source = new Held().hold(stream)) {
                long length = Lzf.expandedLength(source.address(), source.length());
                assertTrue(length == -1 || Lzf.canExpandTo(stream.length, length));
                int room = length >= 0 && random.nextBoolean() ? (int) length : random.nextInt(400);
                try (Held target = new Held().room(room)) {
                    assertEquals(
                            length == room,
                            Lzf.expand(source.address(), stream.length, target.address(), room));
                }
            }
        }
    }

    private byte[] hostile(Random random) {
        if (random.nextBoolean()) {
            return Content.noise(random, random.nextInt(40));
        }
        byte[] content = Content.any(random, 300);
        byte[] packed = new byte[400];
        int length = compressor.compress(content, 0, content.length, packed, 0, 400);
        byte[] stream = Arrays.copyOf(packed, random.nextInt(length + 1));
        for (int flips = random.nextInt(3); flips > 0 && stream.length > 0; flips--) {
            stream[random.nextInt(stream.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return stream;
    }

    private static void assertExpands(byte[] packed, byte[] content) {
        try (Held source = new Held().hold(packed);
                Held target = new Held().room(content.length)) {
            assertEquals(content.length, Lzf.expandedLength(source.address(), packed.length));
            assertTrue(
                    Lzf.expand(source.address(), packed.length, target.address(), content.length));
            assertArrayEquals(content, target.copy());
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}

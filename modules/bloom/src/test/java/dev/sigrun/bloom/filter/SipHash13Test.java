// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.bloom.fake.FakeBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SipHash13Test {
    @Test
    void agreesWithTheReference() {
        FakeBytes item = FakeBytes.of("item1");
        assertEquals(0x443efac6fb443621L, SipKey.FIXED.first(item.address(), item.length()));
    }

    @Test
    void agreesWithTheDefinitionForEveryLength() {
        Random random = new Random(13);
        for (int length = 0; length < 70; length++) {
            byte[] content = new byte[length];
            random.nextBytes(content);
            SipKey key = SipKey.random(random);
            FakeBytes item = FakeBytes.of(content);
            ByteBuffer message =
                    ByteBuffer.allocate(8 + length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(length)
                            .put(content);
            String what = "length " + length;
            assertEquals(
                    byDefinition(key.firstLow, key.firstHigh, message.array()),
                    key.first(item.address(), length),
                    what);
            assertEquals(
                    byDefinition(key.secondLow, key.secondHigh, message.array()),
                    key.second(item.address(), length),
                    what);
        }
    }

    @Test
    void fixedSeedIsTheDocumentedOne() {
        assertEquals(89, SipKey.FIXED.bytes()[0]);
        assertEquals((byte) 131, SipKey.FIXED.bytes()[31]);
        FakeBytes seed = FakeBytes.of(SipKey.FIXED.bytes());
        assertTrue(SipKey.at(seed.address()).sameAs(SipKey.FIXED));
    }

    private static long byDefinition(long low, long high, byte[] message) {
        long[] v = {
            low ^ 0x736f6d6570736575L,
            high ^ 0x646f72616e646f6dL,
            low ^ 0x6c7967656e657261L,
            high ^ 0x7465646279746573L
        };
        byte[] padded = new byte[(message.length / 8 + 1) * 8];
        System.arraycopy(message, 0, padded, 0, message.length);
        padded[padded.length - 1] = (byte) message.length;
        ByteBuffer in = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long word = in.getLong();
            v[3] ^= word;
            round(v);
            v[0] ^= word;
        }
        v[2] ^= 0xff;
        round(v);
        round(v);
        round(v);
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static void round(long[] v) {
        v[0] += v[1];
        v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
        v[0] = Long.rotateLeft(v[0], 32);
        v[2] += v[3];
        v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
        v[2] = Long.rotateLeft(v[2], 32);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Crc64Test {
    @Test
    void hasTheCheckValueOfTheReference() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertEquals(0xe9c6d914c4b8d9caL, Crc64.update(0, digits, 0, digits.length));
    }

    @Test
    void agreesWithTheDefinitionAtEachLengthAndOffset() {
        Random random = Seed.random("crc definition");
        byte[] content = Content.noise(random, 64);
        try (Held held = new Held().hold(content)) {
            for (int from = 0; from < 16; from++) {
                for (int length = 0; length <= content.length - from; length++) {
                    long expected = bitByBit(content, from, length);
                    assertEquals(expected, Crc64.update(0, content, from, length));
                    assertEquals(expected, Crc64.update(0, held.address() + from, length));
                }
            }
        }
    }

    @Test
    void continuesWhereItStopped() {
        Random random = Seed.random("crc pieces");
        byte[] content = Content.noise(random, 10_000);
        long whole = Crc64.update(0, content, 0, content.length);
        for (int i = 0; i < 100; i++) {
            int cut = random.nextInt(content.length + 1);
            long first = Crc64.update(0, content, 0, cut);
            assertEquals(whole, Crc64.update(first, content, cut, content.length - cut));
        }
    }

    private static long bitByBit(byte[] content, int from, int length) {
        long crc = 0;
        for (int i = from; i < from + length; i++) {
            crc ^= content[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x95ac9329ac4bc9b5L;
            }
        }
        return crc;
    }
}

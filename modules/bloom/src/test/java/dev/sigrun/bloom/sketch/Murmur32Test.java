// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.sketch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.bloom.fake.FakeBytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class Murmur32Test {
    @Test
    void hashIsMurmur2() {
        // The published check value of MurmurHash2: hashes of 0..255 prefixes, hashed again.
        byte[] key = new byte[256];
        byte[] hashes = new byte[256 * 4];
        for (int i = 0; i < 256; i++) {
            key[i] = (byte) i;
            int hash = Murmur32.hash(256 - i, FakeBytes.of(Arrays.copyOf(key, i)));
            for (int b = 0; b < 4; b++) {
                hashes[i * 4 + b] = (byte) (hash >>> (8 * b));
            }
        }
        assertEquals(0x27864C1E, Murmur32.hash(0, FakeBytes.of(hashes)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class SipHashTest {
    private static final long K0 = 0x0706050403020100L;
    private static final long K1 = 0x0f0e0d0c0b0a0908L;

    /** Of the paper's authors: message 00 01 02 ... of length 0, 1, 2 ...; the result's bytes. */
    private static final String[] TWO_FOUR = {
        "310e0edd47db6f72",
        "fd67dc93c539f874",
        "5a4fa9d909806c0d",
        "2d7efbd796666785",
        "b7877127e09427cf",
        "8da699cd64557618",
        "cee3fe586e46c9cb",
        "37d1018bf50002ab",
        "6224939a79f5f593"
    };

    @Test
    void theAuthorsVectorsHold() {
        for (int length = 0; length < TWO_FOUR.length; length++) {
            byte[] message = new byte[length];
            for (int at = 0; at < length; at++) {
                message[at] = (byte) at;
            }
            long hash = SipHash.hash(message, 0, length, K0, K1, 2, 4);
            assertEquals(Long.reverseBytes(HexFormat.fromHexDigitsToLong(TWO_FOUR[length])), hash);
        }
        byte[] message = new byte[15];
        for (int at = 0; at < 15; at++) {
            message[at] = (byte) at;
        }
        assertEquals(0xa129ca6149be45e5L, SipHash.hash(message, 0, 15, K0, K1, 2, 4));
    }

    @Test
    void oneThreeMatchesItsVector() {
        byte[] key = HexFormat.of().parseHex("590ff522ea7811daa714d8093b3e7bd9");
        try (Allocator allocator = new Allocator()) {
            long at = allocator.allocate(16);
            Memory.copy(key, 0, at, 16);
            long k0 = Memory.getLong(at);
            long k1 = Memory.getLong(at + 8);
            byte[] message = new byte[13];
            message[0] = 5;
            byte[] text = "item1".getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, message, 8, 5);
            assertEquals(0x443efac6fb443621L, SipHash.hash13(message, k0, k1));
        }
    }

    @Test
    void memoryAndArraysHashAlike() {
        try (Allocator allocator = new Allocator()) {
            byte[] bytes = "The quick brown fox jumps over it".getBytes(StandardCharsets.US_ASCII);
            for (int length = 0; length <= bytes.length; length++) {
                long at = allocator.allocate(length);
                Memory.copy(bytes, 0, at, length);
                assertEquals(
                        SipHash.hash12(bytes, 0, length, K0, K1),
                        SipHash.hash12(at, length, K0, K1));
                assertEquals(
                        SipHash.hash13(bytes, 0, length, K0, K1),
                        SipHash.hash13(at, length, K0, K1));
                allocator.free(at, length);
            }
        }
    }

    @Test
    void aWordHashesAsItsEightBytesDo() {
        try (Allocator allocator = new Allocator()) {
            long at = allocator.allocate(8);
            for (int bit = 0; bit < 64; bit++) {
                long word = -3L << bit;
                Memory.putLong(at, word);
                assertEquals(SipHash.hash12(at, 8, K0, K1), SipHash.hash12(word, K0, K1));
            }
        }
    }
}

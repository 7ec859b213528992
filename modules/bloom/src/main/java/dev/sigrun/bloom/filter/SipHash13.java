// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import dev.sigrun.bloom.page.Raw;

/**
 * Any thread. SipHash with one compression and three finalisation rounds, over the length of the
 * item as eight little-endian bytes and then the item.
 *
 * <p>The prefix is what valkey-bloom's hasher feeds first, so it is part of the file format: the
 * bits of every stored filter depend on it.
 */
final class SipHash13 {
    private static final long INIT_0 = 0x736f6d6570736575L;
    private static final long INIT_1 = 0x646f72616e646f6dL;
    private static final long INIT_2 = 0x6c7967656e657261L;
    private static final long INIT_3 = 0x7465646279746573L;
    private static final int FINAL_ROUNDS = 3;

    private SipHash13() {}

    static long hash(long key0, long key1, long address, int length) {
        long v0 = key0 ^ INIT_0;
        long v1 = key1 ^ INIT_1;
        long v2 = key0 ^ INIT_2;
        long v3 = key1 ^ INIT_3;
        final int words = length >>> 3;
        long word = length;
        // The first word is the prefix, the last one holds the odd bytes and the total length.
        for (int i = 0; ; i++) {
            v3 ^= word;
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= word;
            if (i > words) {
                break;
            }
            word = i < words ? Raw.getLong(address + 8L * i) : lastWord(address, length);
        }
        v2 ^= 0xff;
        for (int i = 0; i < FINAL_ROUNDS; i++) {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static long lastWord(long address, int length) {
        final long total = (Long.BYTES + (long) length) << 56;
        final int odd = length & 7;
        if (odd == 0) {
            return total;
        }
        if (length > Long.BYTES) {
            // One read that ends with the item, the bytes that were hashed before shifted out.
            return total | Raw.getLong(address + length - Long.BYTES) >>> (8 * (8 - odd));
        }
        long word = total;
        for (int i = 0; i < odd; i++) {
            word |= (Raw.getByte(address + i) & 0xffL) << (8 * i);
        }
        return word;
    }
}

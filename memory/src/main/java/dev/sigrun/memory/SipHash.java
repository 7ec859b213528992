// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Any thread. SipHash, the keyed hash that strangers cannot make collide, with 64 bits of result.
 *
 * <p>1-2 (one round to a word, two at the end) is what the keyspace uses; 1-3 is the variant other
 * software shares sketches with. The key is two longs, its bytes little-endian. Nothing allocates.
 */
public final class SipHash {
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private SipHash() {}

    /**
     * The keyspace's hash, written out: no branch but the loop over whole words, so that the hashes
     * of one key after another overlap in the processor.
     */
    public static long hash12(long address, long length, long k0, long k1) {
        long v0 = k0 ^ 0x736f6d6570736575L;
        long v1 = k1 ^ 0x646f72616e646f6dL;
        long v2 = k0 ^ 0x6c7967656e657261L;
        long v3 = k1 ^ 0x7465646279746573L;
        long end = address + (length & -8L);
        for (long at = address; at < end; at += 8) {
            long word = Memory.getLong(at);
            v3 ^= word;
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32) + v3;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= word;
        }
        long last = tail(null, address, length) | (length << 56);
        v3 ^= last;
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32) + v3;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32) ^ 0xff;
        v0 ^= last;
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32) + v3;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32) + v3;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /** The hash of the eight bytes of one word, as if they stood in memory. */
    public static long hash12(long word, long k0, long k1) {
        long v0 = k0 ^ 0x736f6d6570736575L;
        long v1 = k1 ^ 0x646f72616e646f6dL;
        long v2 = k0 ^ 0x6c7967656e657261L;
        long v3 = k1 ^ 0x7465646279746573L;
        long absorbed = 0;
        for (int round = 0; round < 4; round++) {
            v0 ^= absorbed;
            // The word, the length, and two rounds without any, before which 0xff goes in.
            absorbed = round == 0 ? word : round == 1 ? 8L << 56 : 0;
            v2 ^= round == 2 ? 0xff : 0;
            v3 ^= absorbed;
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32) + v3;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    public static long hash12(byte[] bytes, long k0, long k1) {
        return hash(bytes, 0, bytes.length, k0, k1, 1, 2);
    }

    public static long hash12(byte[] bytes, int offset, int length, long k0, long k1) {
        return hash(bytes, offset, length, k0, k1, 1, 2);
    }

    public static long hash13(long address, long length, long k0, long k1) {
        return hash(null, address, length, k0, k1, 1, 3);
    }

    public static long hash13(byte[] bytes, long k0, long k1) {
        return hash(bytes, 0, bytes.length, k0, k1, 1, 3);
    }

    public static long hash13(byte[] bytes, int offset, int length, long k0, long k1) {
        return hash(bytes, offset, length, k0, k1, 1, 3);
    }

    /**
     * Reads from the array, or from memory where there is none; the choice is a constant wherever
     * this is inlined. The last word, of the leftover bytes and the length, is absorbed like the
     * others, and the rounds at the end follow as if they were those of one more word.
     */
    static long hash(
            byte[] bytes, long from, long length, long k0, long k1, int rounds, int lastRounds) {
        long v0 = k0 ^ 0x736f6d6570736575L;
        long v1 = k1 ^ 0x646f72616e646f6dL;
        long v2 = k0 ^ 0x6c7967656e657261L;
        long v3 = k1 ^ 0x7465646279746573L;
        long end = from + (length & -8L);
        for (long at = from; at <= end + 8; at += 8) {
            boolean finish = at > end;
            long word = 0;
            if (at < end) {
                word = word(bytes, at);
            } else if (!finish) {
                word = tail(bytes, from, length) | (length << 56);
            }
            if (finish) {
                v2 ^= 0xff;
            } else {
                v3 ^= word;
            }
            for (int round = finish ? lastRounds : rounds; round > 0; round--) {
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
            v0 ^= word;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /** The bytes after the last whole word. Where a word precedes, they are read along with it. */
    private static long tail(byte[] bytes, long from, long length) {
        int rest = (int) length & 7;
        if (rest == 0) {
            return 0;
        }
        if (length >= 8) {
            return word(bytes, from + length - 8) >>> ((8 - rest) << 3);
        }
        long tail = 0;
        for (int index = rest - 1; index >= 0; index--) {
            tail = (tail << 8) | (octet(bytes, from + index) & 0xff);
        }
        return tail;
    }

    private static long word(byte[] bytes, long at) {
        return bytes == null ? Memory.getLong(at) : (long) WORD.get(bytes, (int) at);
    }

    private static byte octet(byte[] bytes, long at) {
        return bytes == null ? Memory.getByte(at) : bytes[(int) at];
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.lzf;

import dev.sigrun.memory.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Confined to one thread. Compresses to the streams that {@link Lzf} describes.
 *
 * <p>A table remembers where each hash of three bytes was seen last, and that one place is tried.
 * Input is cut into blocks that know nothing of each other; as instructions only look back 8 KiB,
 * this costs little, and it lets input off the heap pass through a small array on it. Where no
 * match comes, steps grow, so that input that cannot be compressed is given up quickly.
 */
public final class LzfCompressor {
    private static final int BLOCK = 1 << 16;
    private static final int HASH_BITS = 14;
    private static final int HASH_MULTIPLIER = 0x9e3779b1;
    private static final int THREE_BYTES = 0xffffff;

    /** So many steps without a match make each further step longer by one. */
    private static final int PATIENCE_BITS = 5;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int[] table = new int[1 << HASH_BITS];

    /** Entries below this are of earlier blocks, so the table need not be cleared for each. */
    private int epoch = 1;

    private byte[] block;
    private byte[] target;
    private int out;
    private int outEnd;

    /**
     * Compresses bytes off the heap.
     *
     * @param room how many bytes the result may take
     * @return how many it took, or 0 when it would take more
     */
    public int compress(long source, int length, byte[] into, int offset, int room) {
        if (block == null) {
            block = new byte[BLOCK];
        }
        begin(into, offset, room);
        for (int at = 0; at < length; at += BLOCK) {
            int part = Math.min(BLOCK, length - at);
            Memory.copy(source + at, block, 0, part);
            if (!compressBlock(block, 0, part)) {
                return end(0);
            }
        }
        return end(out - offset);
    }

    /** The same for bytes on the heap. */
    public int compress(byte[] source, int from, int length, byte[] into, int offset, int room) {
        begin(into, offset, room);
        for (int at = 0; at < length; at += BLOCK) {
            if (!compressBlock(source, from + at, Math.min(BLOCK, length - at))) {
                return end(0);
            }
        }
        return end(out - offset);
    }

    private void begin(byte[] into, int offset, int room) {
        target = into;
        out = offset;
        outEnd = offset + room;
    }

    private int end(int result) {
        target = null;
        return result;
    }

    /** Compresses a block of at most {@link #BLOCK} bytes; false when it does not fit. */
    private boolean compressBlock(byte[] source, int from, int length) {
        int base = nextEpoch(length) - from;
        int end = from + length;
        int last = end - Integer.BYTES;
        int literals = from;
        int at = from;
        int misses = 0;
        while (at <= last) {
            int word = (int) INT.get(source, at) & THREE_BYTES;
            int slot = slot(word);
            int before = table[slot] - base;
            table[slot] = base + at;
            if (before >= from
                    && at - before <= Lzf.DISTANCE_MAX
                    && ((int) INT.get(source, before) & THREE_BYTES) == word) {
                int match = matchLength(source, before, at, end);
                if (!putLiterals(source, literals, at) || !putMatch(at - before, match)) {
                    return false;
                }
                at += match;
                literals = at;
                misses = 0;
                remember(source, at - 2, last, base);
            } else {
                at += 1 + (misses++ >>> PATIENCE_BITS);
            }
        }
        return putLiterals(source, literals, end);
    }

    /** One place inside of each match is worth remembering, to find the next soon. */
    private void remember(byte[] source, int at, int last, int base) {
        if (at <= last) {
            table[slot((int) INT.get(source, at) & THREE_BYTES)] = base + at;
        }
    }

    private int nextEpoch(int length) {
        if (epoch > Integer.MAX_VALUE - BLOCK) {
            Arrays.fill(table, 0);
            epoch = 1;
        }
        int current = epoch;
        epoch += length;
        return current;
    }

    private static int slot(int word) {
        return (word * HASH_MULTIPLIER) >>> (Integer.SIZE - HASH_BITS);
    }

    private static int matchLength(byte[] source, int before, int at, int end) {
        int max = Math.min(Lzf.MATCH_MAX, end - at);
        int length = 3;
        for (; length + Long.BYTES <= max; length += Long.BYTES) {
            long difference =
                    (long) LONG.get(source, before + length) ^ (long) LONG.get(source, at + length);
            if (difference != 0) {
                return length + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
        }
        while (length < max && source[before + length] == source[at + length]) {
            length++;
        }
        return length;
    }

    private boolean putLiterals(byte[] source, int from, int end) {
        for (int at = from; at < end; at += Lzf.LITERALS_MAX) {
            int count = Math.min(Lzf.LITERALS_MAX, end - at);
            if (count + 1 > outEnd - out) {
                return false;
            }
            target[out] = (byte) (count - 1);
            System.arraycopy(source, at, target, out + 1, count);
            out += count + 1;
        }
        return true;
    }

    private boolean putMatch(int distance, int match) {
        if (outEnd - out < 3) {
            return false;
        }
        int back = distance - 1;
        int length = match - 2;
        if (length < Lzf.LONG_MATCH) {
            target[out++] = (byte) (length << 5 | back >>> 8);
        } else {
            target[out++] = (byte) (Lzf.LONG_MATCH << 5 | back >>> 8);
            target[out++] = (byte) (length - Lzf.LONG_MATCH);
        }
        target[out++] = (byte) back;
        return true;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.lzf;

import dev.sigrun.memory.Memory;

/**
 * Any thread. Expands compressed bytes; {@link LzfCompressor} makes them.
 *
 * <p>The stream is a row of instructions. A first byte below 32 is followed by so many literal
 * bytes and one more. Any other has a length less two in its upper three bits, with 7 standing for
 * 7 and the next byte, and the upper five bits of a distance less one, whose lower eight bits
 * follow: so many bytes are repeated from so far back. Three bytes stand for at most 264.
 */
public final class Lzf {
    static final int LITERALS_MAX = 32;
    static final int DISTANCE_MAX = 1 << 13;
    static final int LONG_MATCH = 7;
    static final int MATCH_MAX = LONG_MATCH + 255 + 2;

    /** How many bytes one byte of input can pay for. */
    private static final long EXPANSION_MAX = MATCH_MAX / 3;

    private Lzf() {}

    /** Whether so much input can stand for so many bytes at all; cheap, and not a promise. */
    public static boolean canExpandTo(long packedLength, long length) {
        return length >= 0 && length <= packedLength * EXPANSION_MAX;
    }

    /**
     * How many bytes an input stands for, found out without writing any.
     *
     * @return the number, or -1 when the input is damaged
     */
    public static long expandedLength(long source, long sourceLength) {
        long at = source;
        long end = source + sourceLength;
        long length = 0;
        while (at < end) {
            int first = Memory.getByte(at) & 0xff;
            if (first < LITERALS_MAX) {
                at += first + 2;
                length += first + 1;
            } else {
                boolean extended = first >>> 5 == LONG_MATCH;
                long next = at + (extended ? 3 : 2);
                if (next > end || distance(first, next) > length) {
                    return -1;
                }
                length += matchLength(first, at);
                at = next;
            }
        }
        return at == end ? length : -1;
    }

    /**
     * Expands an input into a block that is as large as what it stands for.
     *
     * @return whether the input is whole and stands for exactly {@code targetLength} bytes; if not,
     *     what the block holds is undefined
     */
    public static boolean expand(long source, long sourceLength, long target, long targetLength) {
        long at = source;
        long end = source + sourceLength;
        long out = target;
        long outEnd = target + targetLength;
        while (at < end) {
            int first = Memory.getByte(at) & 0xff;
            if (first < LITERALS_MAX) {
                int count = first + 1;
                if (count > end - at - 1 || count > outEnd - out) {
                    return false;
                }
                Memory.copy(at + 1, out, count);
                at += count + 1;
                out += count;
            } else {
                long next = at + (first >>> 5 == LONG_MATCH ? 3 : 2);
                if (next > end) {
                    return false;
                }
                int distance = distance(first, next);
                int length = matchLength(first, at);
                if (distance > out - target || length > outEnd - out) {
                    return false;
                }
                repeat(out, distance, length);
                at = next;
                out += length;
            }
        }
        return out == outEnd;
    }

    private static int distance(int first, long next) {
        return ((first & 0x1f) << 8 | (Memory.getByte(next - 1) & 0xff)) + 1;
    }

    private static int matchLength(int first, long at) {
        int length = first >>> 5;
        return length == LONG_MATCH ? length + 2 + (Memory.getByte(at + 1) & 0xff) : length + 2;
    }

    /** A match may overlap what it makes: then the piece to copy doubles each time. */
    private static void repeat(long out, int distance, int length) {
        long from = out - distance;
        long to = out;
        int left = length;
        int piece = distance;
        while (left > piece) {
            Memory.copy(from, to, piece);
            to += piece;
            left -= piece;
            piece <<= 1;
        }
        Memory.copy(from, to, left);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import dev.sigrun.memory.Memory;

/**
 * Combines bytes in place with others, four words of 64 bits a turn. The ranges must not overlap.
 * Any thread.
 */
final class WordCombine {
    private static final int TURN_BYTES = 4 * Long.BYTES;

    private WordCombine() {}

    /** Keeps the bits that both have. */
    static void and(long target, long source, int length) {
        int at = 0;
        for (; at <= length - TURN_BYTES; at += TURN_BYTES) {
            long a = Memory.getLong(target + at) & Memory.getLong(source + at);
            long b = Memory.getLong(target + at + 8) & Memory.getLong(source + at + 8);
            long c = Memory.getLong(target + at + 16) & Memory.getLong(source + at + 16);
            long d = Memory.getLong(target + at + 24) & Memory.getLong(source + at + 24);
            put(target + at, a, b, c, d);
        }
        for (; at < length; at++) {
            int both = Memory.getByte(target + at) & Memory.getByte(source + at);
            Memory.putByte(target + at, (byte) both);
        }
    }

    /** Keeps the bits that either has. */
    static void or(long target, long source, int length) {
        int at = 0;
        for (; at <= length - TURN_BYTES; at += TURN_BYTES) {
            long a = Memory.getLong(target + at) | Memory.getLong(source + at);
            long b = Memory.getLong(target + at + 8) | Memory.getLong(source + at + 8);
            long c = Memory.getLong(target + at + 16) | Memory.getLong(source + at + 16);
            long d = Memory.getLong(target + at + 24) | Memory.getLong(source + at + 24);
            put(target + at, a, b, c, d);
        }
        for (; at < length; at++) {
            int either = Memory.getByte(target + at) | Memory.getByte(source + at);
            Memory.putByte(target + at, (byte) either);
        }
    }

    /** Keeps the bits in which they differ. */
    static void xor(long target, long source, int length) {
        int at = 0;
        for (; at <= length - TURN_BYTES; at += TURN_BYTES) {
            long a = Memory.getLong(target + at) ^ Memory.getLong(source + at);
            long b = Memory.getLong(target + at + 8) ^ Memory.getLong(source + at + 8);
            long c = Memory.getLong(target + at + 16) ^ Memory.getLong(source + at + 16);
            long d = Memory.getLong(target + at + 24) ^ Memory.getLong(source + at + 24);
            put(target + at, a, b, c, d);
        }
        for (; at < length; at++) {
            int differing = Memory.getByte(target + at) ^ Memory.getByte(source + at);
            Memory.putByte(target + at, (byte) differing);
        }
    }

    /** Turns every bit over. */
    static void not(long target, int length) {
        int at = 0;
        for (; at <= length - TURN_BYTES; at += TURN_BYTES) {
            put(
                    target + at,
                    ~Memory.getLong(target + at),
                    ~Memory.getLong(target + at + 8),
                    ~Memory.getLong(target + at + 16),
                    ~Memory.getLong(target + at + 24));
        }
        for (; at < length; at++) {
            Memory.putByte(target + at, (byte) ~Memory.getByte(target + at));
        }
    }

    /** Takes all bits away. */
    static void clear(long target, int length) {
        int at = 0;
        for (; at <= length - TURN_BYTES; at += TURN_BYTES) {
            put(target + at, 0, 0, 0, 0);
        }
        for (; at < length; at++) {
            Memory.putByte(target + at, (byte) 0);
        }
    }

    private static void put(long target, long a, long b, long c, long d) {
        Memory.putLong(target, a);
        Memory.putLong(target + 8, b);
        Memory.putLong(target + 16, c);
        Memory.putLong(target + 24, d);
    }
}

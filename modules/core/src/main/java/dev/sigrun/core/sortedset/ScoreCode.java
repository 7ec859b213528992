// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import dev.sigrun.memory.Memory;

/**
 * Any thread. Scores in few bytes: a byte that says what follows, or is a small integer itself, and
 * then an integer in as many bytes as it needs, a float, or a double. An integer is whatever Valkey
 * takes for one in its small sets, so -0 becomes 0 here as there.
 */
final class ScoreCode {
    /** Codes below are integers themselves. */
    private static final int LENGTHS = 0xe0;

    private static final int FLOAT = 0xf0;
    private static final int DOUBLE = 0xf1;

    private static final double INTEGER_MAX = 0x1p62;

    private ScoreCode() {}

    private static boolean isInteger(double score) {
        return Math.abs(score) <= INTEGER_MAX && (long) score == score;
    }

    private static int integerBytes(long value) {
        long magnitude = value < 0 ? ~value : value;
        return (Long.SIZE - Long.numberOfLeadingZeros(magnitude)) / Byte.SIZE + 1;
    }

    /** Bytes that a score takes. */
    static int bytesFor(double score) {
        if (isInteger(score)) {
            long value = (long) score;
            return value >= 0 && value < LENGTHS ? 1 : 1 + integerBytes(value);
        }
        return 1 + ((float) score == score ? Float.BYTES : Double.BYTES);
    }

    /** Bytes of the score at an address. */
    static int bytes(long at) {
        int code = Memory.getByte(at) & 0xff;
        if (code < LENGTHS) {
            return 1;
        }
        return code < FLOAT ? 1 + code - LENGTHS : 1 + (code == FLOAT ? Float.BYTES : Double.BYTES);
    }

    /** Writes a score to an address. */
    static void write(long at, double score) {
        if (isInteger(score)) {
            writeInteger(at, (long) score);
        } else if ((float) score == score) {
            Memory.putByte(at, (byte) FLOAT);
            Memory.putInt(at + 1, Float.floatToRawIntBits((float) score));
        } else {
            Memory.putByte(at, (byte) DOUBLE);
            Memory.putDouble(at + 1, score);
        }
    }

    private static void writeInteger(long at, long value) {
        if (value >= 0 && value < LENGTHS) {
            Memory.putByte(at, (byte) value);
            return;
        }
        int bytes = integerBytes(value);
        Memory.putByte(at, (byte) (LENGTHS + bytes));
        for (int i = 0; i < bytes; i++) {
            Memory.putByte(at + 1 + i, (byte) (value >>> (i << 3)));
        }
    }

    /** The score at an address. */
    static double read(long at) {
        int code = Memory.getByte(at) & 0xff;
        if (code < LENGTHS) {
            return code;
        }
        if (code == FLOAT) {
            return Float.intBitsToFloat(Memory.getInt(at + 1));
        }
        return code == DOUBLE ? Memory.getDouble(at + 1) : readInteger(at + 1, code - LENGTHS);
    }

    private static double readInteger(long at, int bytes) {
        long value = Memory.getByte(at + bytes - 1);
        for (int i = bytes - 2; i >= 0; i--) {
            value = value << 8 | Memory.getByte(at + i) & 0xff;
        }
        return value;
    }
}

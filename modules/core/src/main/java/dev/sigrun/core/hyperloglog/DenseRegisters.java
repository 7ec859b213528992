// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import static dev.sigrun.core.hyperloglog.Layout.DENSE_BYTES;
import static dev.sigrun.core.hyperloglog.Layout.REGISTERS;

import dev.sigrun.memory.Memory;

/**
 * The registers of the dense encoding: 6 bits each, the lowest first, without regard to bytes. The
 * address is that of the first register. Any thread.
 *
 * <p>Eight registers are six bytes, and are spread to eight bytes, one a register, by three rounds
 * of shifting halves apart; so whole sets of registers are read, merged and written a word at a
 * time.
 */
final class DenseRegisters {
    private static final int REGISTER_MAX = 63;

    /** The last place that two bytes can be read from. */
    private static final int LAST_PAIR = DENSE_BYTES - 2;

    private static final int WORDS = REGISTERS / 8;
    private static final int WORD_BYTES = 6;

    private DenseRegisters() {}

    /** The value of a register. */
    static int get(long address, int index) {
        int at = Math.min(6 * index >>> 3, LAST_PAIR);
        return Memory.getShort(address + at) >>> 6 * index - 8 * at & REGISTER_MAX;
    }

    /** Sets the value of a register. */
    static void set(long address, int index, int value) {
        int at = Math.min(6 * index >>> 3, LAST_PAIR);
        int shift = 6 * index - 8 * at;
        int kept = Memory.getShort(address + at) & ~(REGISTER_MAX << shift);
        Memory.putShort(address + at, (short) (kept | value << shift));
    }

    /** Eight registers, one in each byte. */
    static long word(long address, int word) {
        int at = WORD_BYTES * word;
        // Two bytes more are read than are needed: behind the last word they are not there.
        long packed =
                word < WORDS - 1
                        ? Memory.getLong(address + at)
                        : Memory.getLong(address + at - 2) >>> 16;
        long halves = packed & 0xFFFFFFL | (packed & 0xFFFFFF000000L) << 8;
        long quarters = halves & 0x00000FFF00000FFFL | (halves & 0x00FFF00000FFF000L) << 4;
        return quarters & 0x003F003F003F003FL | (quarters & 0x0FC00FC00FC00FC0L) << 2;
    }

    /** Writes eight registers that stand one in each byte. */
    static void word(long address, int word, long spread) {
        long quarters = spread & 0x003F003F003F003FL | (spread & 0x3F003F003F003F00L) >>> 2;
        long halves = quarters & 0x00000FFF00000FFFL | (quarters & 0x0FFF00000FFF0000L) >>> 4;
        long packed = halves & 0xFFFFFFL | (halves & 0x00FFFFFF00000000L) >>> 8;
        int at = WORD_BYTES * word;
        Memory.putInt(address + at, (int) packed);
        Memory.putShort(address + at + 4, (short) (packed >>> 32));
    }
}

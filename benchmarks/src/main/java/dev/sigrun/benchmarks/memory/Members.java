// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.memory;

import dev.sigrun.memory.Memory;

/**
 * Members of 16 bytes that look random. Each follows from its number, so that naming one reads no
 * memory, and what is measured are the misses of the structure alone.
 */
final class Members {
    static final int BYTES = 16;

    private static final long FIRST = 0x9e3779b97f4a7c15L;
    private static final long SECOND = 0xd6e8feb86659fd93L;

    private Members() {}

    /** The first half of a member. */
    static long first(long number) {
        return mix(number * FIRST);
    }

    /** The other half of a member. */
    static long second(long number) {
        return mix(number * SECOND + 1);
    }

    /** Writes a member off heap. */
    static void write(long address, long number) {
        Memory.putLong(address, first(number));
        Memory.putLong(address + Long.BYTES, second(number));
    }

    /** A member's score, from 0 on and below 1. */
    static double score(long number) {
        return (mix(number + SECOND) >>> 11) * 0x1p-53;
    }

    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 32)) * SECOND;
        mixed = (mixed ^ (mixed >>> 32)) * SECOND;
        return mixed ^ (mixed >>> 32);
    }
}

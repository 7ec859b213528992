// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;

/**
 * What BITFIELD does with a sum that its integer cannot hold. Any thread.
 *
 * <p>A sum is given as a value and an increment, for it may not fit 64 bits; SET is an increment of
 * 0 on the new value. The comparisons are made modulo 2^64 as on Valkey: for a SET of a narrow
 * integer with sign to a value near the least of all, {@code SAT} gives the largest and not the
 * smallest integer there, and so it must here.
 */
enum Overflow {
    /** Drops the highest bits. */
    WRAP,
    /** Stays at the largest or smallest integer. */
    SAT,
    /** Writes nothing and answers a null. */
    FAIL;

    private static final CommandException UNKNOWN =
            CommandException.of("Invalid OVERFLOW type specified");

    /**
     * The behaviour of a name.
     *
     * @throws CommandException when there is none
     */
    static Overflow of(Bytes name) throws CommandException {
        if (name.is("WRAP")) {
            return WRAP;
        } else if (name.is("SAT")) {
            return SAT;
        } else if (name.is("FAIL")) {
            return FAIL;
        }
        throw UNKNOWN;
    }

    /** 1 when a sum is too large for an integer without sign, -1 when too small, else 0. */
    static int ofUnsigned(long value, long increment, int bits) {
        long max = maxUnsigned(bits);
        if (Long.compareUnsigned(value, max) > 0 || (increment > 0 && increment > max - value)) {
            return 1;
        }
        return increment < 0 && increment < -value ? -1 : 0;
    }

    /** 1 when a sum is too large for an integer with sign, -1 when too small, else 0. */
    static int ofSigned(long value, long increment, int bits) {
        long max = maxSigned(bits);
        long min = -max - 1;
        boolean narrow = bits < Long.SIZE;
        long room = max - value;
        if (value > max || ((narrow || (value >= 0 && increment > 0)) && increment > room)) {
            return 1;
        }
        long depth = min - value;
        boolean under = (narrow || (value < 0 && increment < 0)) && increment < depth;
        return value < min || under ? -1 : 0;
    }

    /** What is written in place of a sum without sign that is out of bounds; not for FAIL. */
    long bounded(long sum, int direction, int bits) {
        if (this == SAT) {
            return direction > 0 ? maxUnsigned(bits) : 0;
        }
        return sum & maxUnsigned(bits);
    }

    /** What is written in place of a sum with sign that is out of bounds; not for FAIL. */
    long boundedSigned(long sum, int direction, int bits) {
        if (this == SAT) {
            return direction > 0 ? maxSigned(bits) : -maxSigned(bits) - 1;
        }
        int unused = Long.SIZE - bits;
        return sum << unused >> unused;
    }

    private static long maxUnsigned(int bits) {
        return -1L >>> Long.SIZE - bits;
    }

    private static long maxSigned(int bits) {
        return maxUnsigned(bits) >>> 1;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import dev.sigrun.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Distances and coordinates as text, in memory. A flyweight: the text is there until the next one.
 * Confined to its thread; allocates only for coordinates that are next to zero.
 */
final class NumberText {
    private static final int BYTES = 64;
    private static final int FRACTION_DIGITS = 17;
    private static final long FRACTION_SCALE = 100_000_000_000_000_000L;
    private static final int DISTANCE_DIGITS = 4;
    private static final double DISTANCE_SCALE = 10_000;

    /** Coordinates from here to 512 have so few bits of fraction that 128 bits hold the product. */
    private static final double PLAIN_MIN = 0x1p-10;

    private static final int MANTISSA_BITS = 52;

    private final MemorySegment memory = Arena.ofAuto().allocate(BYTES);
    private int at;

    /** Address of the text. */
    long address() {
        return memory.address();
    }

    /** Number of its bytes. */
    int length() {
        return at;
    }

    /**
     * Writes a distance with four digits of fraction. What a long cannot hold comes out as the
     * least of them, as it does on Valkey.
     */
    NumberText distance(double distance) {
        at = 0;
        double scaled = Math.rint(distance * DISTANCE_SCALE);
        long units = Math.abs(scaled) < 0x1p63 ? (long) scaled : Long.MIN_VALUE;
        if (units < 0) {
            put('-');
        }
        long size = Math.abs(units); // The least long is its own size, as an unsigned one.
        long whole = Long.divideUnsigned(size, (long) DISTANCE_SCALE);
        putWhole(whole);
        put('.');
        putDigits(size - whole * (long) DISTANCE_SCALE, DISTANCE_DIGITS);
        return this;
    }

    /** Writes a coordinate with 17 digits of fraction, less the zeros at their end. */
    NumberText coordinate(double degrees) {
        at = 0;
        double size = Math.abs(degrees);
        if (size < PLAIN_MIN) {
            putSmall(degrees);
            return this;
        }
        if (degrees < 0) {
            put('-');
        }
        long bits = Double.doubleToRawLongBits(size);
        int exponent = (int) (bits >>> MANTISSA_BITS) - Double.MAX_EXPONENT;
        int shift = MANTISSA_BITS - exponent;
        long mantissa = bits & (1L << MANTISSA_BITS) - 1 | 1L << MANTISSA_BITS;
        long whole = mantissa >>> shift;
        long fraction = scaledFraction(mantissa & (1L << shift) - 1, shift);
        if (fraction == FRACTION_SCALE) {
            fraction = 0;
            whole++;
        }
        putWhole(whole);
        put('.');
        putDigits(fraction, FRACTION_DIGITS);
        trim();
        return this;
    }

    /** A binary fraction as 17 decimal digits, rounded to the nearest, or to the even of two. */
    private static long scaledFraction(long fraction, int shift) {
        long high = Math.multiplyHigh(fraction, FRACTION_SCALE);
        long low = fraction * FRACTION_SCALE;
        long digits = high << Long.SIZE - shift | low >>> shift;
        long rest = low & (1L << shift) - 1;
        long half = 1L << shift - 1;
        boolean up = rest > half || (rest == half && (digits & 1) == 1);
        return up ? digits + 1 : digits;
    }

    private void putSmall(double degrees) {
        BigDecimal rounded =
                new BigDecimal(degrees).setScale(FRACTION_DIGITS, RoundingMode.HALF_EVEN);
        if (rounded.signum() == 0) {
            put('0');
            return;
        }
        String text = rounded.toPlainString();
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
        trim();
    }

    private void trim() {
        while (last() == '0') {
            at--;
        }
        if (last() == '.') {
            at--;
        }
    }

    private int last() {
        return Memory.getByte(address() + at - 1);
    }

    private void putWhole(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        putDigits(number, digits);
    }

    private void putDigits(long number, int digits) {
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            Memory.putByte(address() + i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        at += digits;
    }

    private void put(char letter) {
        Memory.putByte(address() + at, (byte) letter);
        at++;
    }
}

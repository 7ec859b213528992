// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class RemainderTest {
    private static final long[] EDGES = {
        0,
        1,
        2,
        7,
        8,
        59,
        0x7fffffffL,
        0xffffffffL,
        1L << 40,
        Remainder.DIVISOR_MAX - 1,
        Remainder.DIVISOR_MAX,
        Remainder.DIVISOR_MAX + 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -60,
        -59,
        -58,
        -2,
        -1
    };

    @Test
    void isExactAtTheEdges() {
        for (long divisor : EDGES) {
            if (divisor < 1 || divisor > Remainder.DIVISOR_MAX) {
                continue;
            }
            for (long number : EDGES) {
                check(number, divisor);
                // Around the multiples, where a quotient that is off by one would show.
                long multiple = Long.divideUnsigned(number, divisor) * divisor;
                check(multiple - 1, divisor);
                check(multiple, divisor);
                check(multiple + 1, divisor);
            }
        }
    }

    @Test
    void isExactForRandomNumbers() {
        Random random = new Random(5);
        for (int i = 0; i < 2_000_000; i++) {
            long divisor = Math.max(1, random.nextLong() >>> (2 + random.nextInt(62)));
            long number = random.nextLong() >>> random.nextInt(64);
            check(number, divisor);
        }
    }

    private static void check(long number, long divisor) {
        assertEquals(
                Long.remainderUnsigned(number, divisor),
                Remainder.of(number, divisor, Remainder.reciprocal(divisor)),
                () -> Long.toUnsignedString(number) + " by " + divisor);
    }

    @Test
    void isExactForTheLargestPrime() {
        Random random = new Random(6);
        for (long number : EDGES) {
            checkPrime(number);
        }
        for (int i = 0; i < 200; i++) {
            checkPrime(-i);
            checkPrime(random.nextLong());
        }
    }

    private static void checkPrime(long number) {
        assertEquals(
                Long.remainderUnsigned(number, 0xFFFFFFFFFFFFFFC5L),
                Remainder.ofLargestPrime(number));
    }
}

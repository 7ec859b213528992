// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IndexRangeTest {
    private static final long LENGTH = 5;

    private final IndexRange range = new IndexRange();

    @Test
    void endsAnywhereAmongAllNumbersGiveWhatLiesBetweenThemInTheList() {
        List<Long> ends = new ArrayList<>();
        for (long near = -7; near <= 7; near++) {
            ends.add(near);
            ends.add(Long.MIN_VALUE + near + 7);
            ends.add(Long.MAX_VALUE - near - 7);
        }
        for (long first : ends) {
            for (long last : ends) {
                range.clip(first, last, LENGTH);
                long start = within(first).max(BigInteger.ZERO).longValueExact();
                BigInteger stop = within(last).min(BigInteger.valueOf(LENGTH - 1));
                BigInteger count = stop.subtract(BigInteger.valueOf(start)).add(BigInteger.ONE);
                String text = first + " to " + last;
                assertEquals(count.signum() <= 0, range.count() == 0, text);
                if (count.signum() > 0) {
                    assertEquals(start, range.start(), text);
                    assertEquals(count.longValueExact(), range.count(), text);
                }
            }
        }
    }

    /** An index from the beginning, whichever end it was counted from. */
    private static BigInteger within(long index) {
        BigInteger whole = BigInteger.valueOf(index);
        return index < 0 ? whole.add(BigInteger.valueOf(LENGTH)) : whole;
    }
}

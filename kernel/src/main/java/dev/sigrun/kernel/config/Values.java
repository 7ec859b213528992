// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import java.util.Arrays;

/**
 * The values of one configuration, by slot. Numbers, switches and choices are longs; everything
 * else is an immutable object.
 *
 * <p>Owner thread writes, any thread reads. The arrays are replaced when a plugin brings more
 * parameters; whoever hands such a parameter to another thread publishes the arrays with it.
 */
final class Values {
    long[] numbers;
    Object[] objects;

    Values(int slots) {
        this.numbers = new long[slots];
        this.objects = new Object[slots];
    }

    void growTo(int slots) {
        if (slots > numbers.length) {
            numbers = Arrays.copyOf(numbers, slots);
            objects = Arrays.copyOf(objects, slots);
        }
    }
}

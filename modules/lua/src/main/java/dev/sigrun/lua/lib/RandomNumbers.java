// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.lib;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.Stack;

/**
 * {@code math.random} and {@code math.randomseed}: the generator of C's {@code lrand48}, so that a
 * seed gives the same numbers on every server and in Valkey. Owner thread only.
 */
public final class RandomNumbers {
    private static final long MULTIPLIER = 0x5DEECE66DL;
    private static final long ADDEND = 0xB;
    private static final long MASK = (1L << 48) - 1;
    private static final long LOW_OF_SEED = 0x330E;
    private static final double RANGE = Integer.MAX_VALUE;

    private final Stack stack;
    private long number = 0x1234ABCD_330EL;

    /** A generator as it is in a server that has just been started. */
    public RandomNumbers(Stack stack) {
        this.stack = stack;
    }

    private double next() {
        number = number * MULTIPLIER + ADDEND & MASK;
        return (number >>> 17) % Integer.MAX_VALUE / RANGE;
    }

    /** {@code math.random([[m,] n])}. */
    public int random(long state) {
        double r = next();
        int count = Lua.top(state);
        if (count > 2) {
            return stack.fail(state, "wrong number of arguments");
        }
        for (int i = 1; i <= count; i++) {
            if (Lua.isNumber(state, i) == 0) {
                return stack.typeError(state, i, "number");
            }
        }
        if (count == 0) {
            Lua.pushNumber(state, r);
            return 1;
        }
        int low = count == 1 ? 1 : (int) (long) Lua.toNumber(state, 1);
        int high = (int) (long) Lua.toNumber(state, count);
        if (low > high) {
            return stack.argumentError(state, count, "interval is empty");
        }
        int span = count == 1 ? high : high - low + 1;
        Lua.pushNumber(state, Math.floor(r * span) + low);
        return 1;
    }

    /** {@code math.randomseed(x)}. */
    public int seed(long state) {
        if (Lua.isNumber(state, 1) == 0) {
            return stack.typeError(state, 1, "number");
        }
        int seed = (int) (long) Lua.toNumber(state, 1);
        number = (seed & 0xFFFFFFFFL) << 16 | LOW_OF_SEED;
        return 0;
    }
}

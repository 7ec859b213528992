// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.lib;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.Stack;
import java.util.Locale;
import java.util.function.IntBinaryOperator;

/** The library {@code bit}: operations on integers of 32 bits. Owner thread only. */
final class Bits {
    private static final String TABLE = "libraries.bit";

    /** Adding this leaves the integer in the low bits of the double. */
    private static final double INTEGER_IN_LOW_BITS = 6755399441055744.0;

    private final Stack stack;

    Bits(Stack stack) {
        this.stack = stack;
    }

    void add(Libraries.Taker taker) {
        taker.add(TABLE, "tobit", state -> unary(state, 0));
        taker.add(TABLE, "bnot", state -> unary(state, 1));
        taker.add(TABLE, "bswap", state -> unary(state, 2));
        taker.add(TABLE, "band", state -> fold(state, (a, b) -> a & b));
        taker.add(TABLE, "bor", state -> fold(state, (a, b) -> a | b));
        taker.add(TABLE, "bxor", state -> fold(state, (a, b) -> a ^ b));
        taker.add(TABLE, "lshift", state -> shift(state, (a, n) -> a << n));
        taker.add(TABLE, "rshift", state -> shift(state, (a, n) -> a >>> n));
        taker.add(TABLE, "arshift", state -> shift(state, (a, n) -> a >> n));
        taker.add(TABLE, "rol", state -> shift(state, Integer::rotateLeft));
        taker.add(TABLE, "ror", state -> shift(state, Integer::rotateRight));
        taker.add(TABLE, "tohex", this::tohex);
    }

    /** The first argument that is no number, among so many; 0 for none. */
    private static int wrong(long state, int count) {
        for (int i = 1; i <= count; i++) {
            if (Lua.isNumber(state, i) == 0) {
                return i;
            }
        }
        return 0;
    }

    private static int bits(long state, int index) {
        return (int) Double.doubleToRawLongBits(Lua.toNumber(state, index) + INTEGER_IN_LOW_BITS);
    }

    private static int give(long state, int value) {
        Lua.pushNumber(state, value);
        return 1;
    }

    private int unary(long state, int what) {
        if (wrong(state, 1) != 0) {
            return stack.typeError(state, 1, "number");
        }
        int value = bits(state, 1);
        return give(
                state,
                switch (what) {
                    case 1 -> ~value;
                    case 2 -> Integer.reverseBytes(value);
                    default -> value;
                });
    }

    private int fold(long state, IntBinaryOperator operator) {
        int count = Math.max(1, Lua.top(state));
        int wrong = wrong(state, count);
        if (wrong != 0) {
            return stack.typeError(state, wrong, "number");
        }
        int value = bits(state, 1);
        for (int i = 2; i <= count; i++) {
            value = operator.applyAsInt(value, bits(state, i));
        }
        return give(state, value);
    }

    private int shift(long state, IntBinaryOperator operator) {
        int wrong = wrong(state, 2);
        if (wrong != 0) {
            return stack.typeError(state, wrong, "number");
        }
        return give(state, operator.applyAsInt(bits(state, 1), bits(state, 2) & 31));
    }

    private int tohex(long state) {
        boolean hasDigits = Lua.type(state, 2) != Lua.NONE;
        int wrong = wrong(state, hasDigits ? 2 : 1);
        if (wrong != 0) {
            return stack.typeError(state, wrong, "number");
        }
        int digits = hasDigits ? bits(state, 2) : 8;
        String hex = "0000000" + Integer.toHexString(bits(state, 1));
        hex = hex.substring(hex.length() - 8);
        int shown = digits == Integer.MIN_VALUE ? 8 : Math.min(Math.abs(digits), 8);
        String text = hex.substring(8 - shown);
        stack.push(state, digits < 0 ? text.toUpperCase(Locale.ROOT) : text);
        return 1;
    }
}

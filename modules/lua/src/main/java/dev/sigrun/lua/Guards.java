// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.Stack;
import dev.sigrun.memory.Memory;

/**
 * Looks at the arguments of functions of Lua's own that do not look closely enough themselves.
 * Owner thread only.
 */
final class Guards {
    /** The matcher calls itself for each of these, on a stack that has an end. */
    private static final int PATTERN_ITEMS_MAX = 1000;

    /** The longest string that a repetition may make; no string of the server is longer. */
    private static final double STRING_BYTES_MAX = 512L << 20;

    private static final byte BINARY_CODE = 27;

    private final Stack stack;

    Guards(Stack stack) {
        this.stack = stack;
    }

    /** A pattern, the second argument. */
    int pattern(long state) {
        if (Lua.type(state, 2) != Lua.STRING) {
            return 0;
        }
        long address = stack.string(state, 2);
        long length = stack.length();
        int items = 0;
        for (long i = 0; i < length; i++) {
            int c = Memory.getByte(address + i);
            if (c == '*' || c == '+' || c == '-' || c == '?' || c == '(' || c == ')') {
                items++;
            }
        }
        return items > PATTERN_ITEMS_MAX ? stack.fail(state, "pattern too complex") : 0;
    }

    /** A string and how often it is to be repeated. */
    int repetition(long state) {
        if (Lua.isString(state, 1) == 0 || Lua.isNumber(state, 2) == 0) {
            return 0;
        }
        stack.string(state, 1);
        double bytes = stack.length() * Lua.toNumber(state, 2);
        return bytes > STRING_BYTES_MAX ? stack.fail(state, "resulting string too large") : 0;
    }

    /** A table and a range of its elements, whose number must not overflow. */
    int range(long state) {
        int first = integer(state, 2, 1);
        int last = integer(state, 3, (int) Lua.objectLength(state, 1));
        if (first <= last && (long) last - first + 1 > Integer.MAX_VALUE) {
            return stack.fail(state, "too many results to unpack");
        }
        return 0;
    }

    private static int integer(long state, int index, int otherwise) {
        return Lua.type(state, index) <= Lua.NIL
                ? otherwise
                : (int) (long) Lua.toNumber(state, index);
    }

    /** Code: what is compiled already could be made to do anything, so it is read as text. */
    int source(long state) {
        if (Lua.type(state, 1) != Lua.STRING) {
            return 0;
        }
        long address = stack.string(state, 1);
        if (stack.length() == 0 || Memory.getByte(address) != BINARY_CODE) {
            return 0;
        }
        byte[] code = stack.bytes(state, 1);
        if (code == null) {
            return stack.fail(state, "the code is too long");
        }
        Lua.checkStack(state, 4);
        if (Lua.top(state) < 2) {
            Lua.pushValue(state, 1);
        }
        byte[] text = new byte[code.length + 1];
        text[0] = ' ';
        System.arraycopy(code, 0, text, 1, code.length);
        stack.push(state, text);
        Lua.replace(state, 1);
        return 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.lib;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.Stack;

/** {@code cmsgpack.pack}. Owner thread only. */
final class Packer extends Checked {
    /** Tables deeper than this are written as nil, so that a table may contain itself. */
    private static final int NESTING_MAX = 16;

    private final ByteSink out = new ByteSink();
    private long state;

    Packer(Stack stack) {
        super(stack);
    }

    int pack(long inState) {
        int count = Lua.top(inState);
        if (count == 0) {
            throw Failure.argument(0, "MessagePack pack needs input.");
        }
        state = inState;
        out.clear();
        for (int i = 1; i <= count; i++) {
            room(state, 4);
            Lua.pushValue(state, i);
            value(0);
        }
        stack.push(state, out.content(), out.size());
        return 1;
    }

    /** Writes the value on top, which goes. */
    private void value(int level) {
        switch (Lua.type(state, -1)) {
            case Lua.STRING -> string();
            case Lua.BOOLEAN -> out.put(Lua.toBoolean(state, -1) != 0 ? 0xC3 : 0xC2);
            case Lua.NUMBER -> number(Lua.toNumber(state, -1));
            case Lua.TABLE -> {
                if (level == NESTING_MAX) {
                    out.put(0xC0);
                } else {
                    table(level);
                }
            }
            default -> out.put(0xC0);
        }
        Lua.pop(state, 1);
    }

    private void string() {
        long address = stack.string(state, -1);
        long length = stack.length();
        if (length < 32) {
            out.put((int) (0xA0 | length));
        } else if (length <= 0xFF) {
            out.put(0xD9);
            out.bigEndian(length, 1);
        } else if (length <= 0xFFFF) {
            out.put(0xDA);
            out.bigEndian(length, 2);
        } else {
            out.put(0xDB);
            out.bigEndian(length, 4);
        }
        out.memory(address, length);
    }

    private void number(double value) {
        if (value >= -0x1p63 && value < 0x1p63 && value == (long) value) {
            integer((long) value);
        } else if (value == (float) value) {
            out.put(0xCA);
            out.bigEndian(Float.floatToRawIntBits((float) value), 4);
        } else {
            out.put(0xCB);
            out.bigEndian(Double.doubleToRawLongBits(value), 8);
        }
    }

    private void integer(long n) {
        if (n >= -32 && n <= 127) {
            out.put((int) n);
        } else if (n >= 0) {
            int size = n <= 0xFF ? 0 : n <= 0xFFFF ? 1 : n <= 0xFFFFFFFFL ? 2 : 3;
            out.put(0xCC + size);
            out.bigEndian(n, 1 << size);
        } else {
            int size =
                    n >= Byte.MIN_VALUE
                            ? 0
                            : n >= Short.MIN_VALUE ? 1 : n >= Integer.MIN_VALUE ? 2 : 3;
            out.put(0xD0 + size);
            out.bigEndian(n, 1 << size);
        }
    }

    /** The length of an array or a map: up to 15 in the mark itself. */
    private void head(long length, int small, int medium, int large) {
        if (length <= 15) {
            out.put((int) (small | length));
        } else if (length <= 0xFFFF) {
            out.put(medium);
            out.bigEndian(length, 2);
        } else {
            out.put(large);
            out.bigEndian(length, 4);
        }
    }

    private void table(int level) {
        room(state, 4);
        if (isArray()) {
            long length = Lua.objectLength(state, -1);
            head(length, 0x90, 0xDC, 0xDD);
            for (int i = 1; i <= length; i++) {
                Lua.rawGetIndex(state, -1, i);
                value(level + 1);
            }
        } else {
            map(level);
        }
    }

    /** Whether the keys are all integers from 1 to their number. */
    private boolean isArray() {
        double max = 0;
        int count = 0;
        Lua.pushNil(state);
        while (Lua.next(state, -2) != 0) {
            Lua.pop(state, 1);
            double key = Lua.type(state, -1) == Lua.NUMBER ? Lua.toNumber(state, -1) : 0;
            if (!(key > 0) || key != (int) key) {
                Lua.pop(state, 1);
                return false;
            }
            max = Math.max(max, key);
            count++;
        }
        return max == count;
    }

    private void map(int level) {
        long length = 0;
        Lua.pushNil(state);
        while (Lua.next(state, -2) != 0) {
            Lua.pop(state, 1);
            length++;
        }
        head(length, 0x80, 0xDE, 0xDF);
        Lua.pushNil(state);
        while (Lua.next(state, -2) != 0) {
            Lua.pushValue(state, -2);
            value(level + 1);
            value(level + 1);
        }
    }
}

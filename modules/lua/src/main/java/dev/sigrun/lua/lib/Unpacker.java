// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.lib;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.Stack;
import dev.sigrun.memory.Memory;

/** {@code cmsgpack.unpack} and its relatives. Owner thread only. */
final class Unpacker extends Checked {
    /**
     * Deeper input is refused. Deviation: Valkey stops where the stack of Lua ends, some thousands
     * of levels down.
     */
    private static final int NESTING_MAX = 1000;

    private long state;
    private long at;
    private long end;

    Unpacker(Stack stack) {
        super(stack);
    }

    int all(long inState) {
        return unpack(inState, 0, 0);
    }

    int one(long inState) {
        double offset = Lua.type(inState, 2) <= Lua.NIL ? 0 : number(inState, 2);
        Lua.setTop(inState, 1);
        return unpack(inState, 1, (long) offset);
    }

    int limited(long inState) {
        double limit = number(inState, 2);
        double offset = Lua.type(inState, 3) <= Lua.NIL ? 0 : number(inState, 3);
        Lua.setTop(inState, 1);
        return unpack(inState, (long) limit, (long) offset);
    }

    private int unpack(long inState, long limit, long offset) {
        state = inState;
        long address = string(state, 1);
        long length = stack.length();
        if (offset < 0 || limit < 0) {
            throw Failure.of(
                    "Invalid request to unpack with offset of "
                            + (int) offset
                            + " and limit of "
                            + (int) length
                            + ".");
        }
        if (offset > length) {
            throw Failure.of(
                    "Start offset "
                            + (int) offset
                            + " greater than input length "
                            + (int) length
                            + ".");
        }
        boolean everything = limit == 0 && offset == 0;
        at = address + offset;
        end = address + length;
        int count = 0;
        while (at < end && (everything || count < limit)) {
            value(0);
            count++;
        }
        if (everything) {
            return count;
        }
        room(state, 2);
        Lua.pushNumber(state, at == end ? -1 : (double) (at - address));
        Lua.insert(state, 2);
        return count + 1;
    }

    private void need(long bytes) {
        if (end - at < bytes) {
            throw Failure.of("Missing bytes in input.");
        }
    }

    private long unsigned(int bytes) {
        need(bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | Memory.getByte(at + i) & 0xFF;
        }
        at += bytes;
        return value;
    }

    private void value(int depth) {
        if (depth > NESTING_MAX || Lua.checkStack(state, 4) == 0) {
            throw Failure.of("in function mp_decode_to_lua_type");
        }
        int mark = (int) unsigned(1);
        switch (mark) {
            case 0xCC, 0xCD, 0xCE -> Lua.pushNumber(state, (double) unsigned(1 << mark - 0xCC));
            case 0xCF -> Lua.pushNumber(state, unsignedToDouble(unsigned(8)));
            case 0xD0 -> Lua.pushNumber(state, (byte) unsigned(1));
            case 0xD1 -> Lua.pushNumber(state, (short) unsigned(2));
            case 0xD2 -> Lua.pushNumber(state, (int) unsigned(4));
            case 0xD3 -> Lua.pushNumber(state, (double) unsigned(8));
            case 0xC0 -> Lua.pushNil(state);
            case 0xC2, 0xC3 -> Lua.pushBoolean(state, mark - 0xC2);
            case 0xCA -> Lua.pushNumber(state, Float.intBitsToFloat((int) unsigned(4)));
            case 0xCB -> Lua.pushNumber(state, Double.longBitsToDouble(unsigned(8)));
            case 0xD9, 0xDA, 0xDB -> bytes(unsigned(1 << mark - 0xD9));
            case 0xDC, 0xDD -> array(unsigned(2 << mark - 0xDC), depth + 1);
            case 0xDE, 0xDF -> map(unsigned(2 << mark - 0xDE), depth + 1);
            default -> small(mark, depth);
        }
    }

    static double unsignedToDouble(long value) {
        if (value >= 0) {
            return (double) value;
        }
        // Half of it, rounded to odd, is a long; twice that is exact.
        return (double) (value >>> 1 | value & 1) * 2;
    }

    private void small(int mark, int depth) {
        if (mark < 0x80 || mark >= 0xE0) {
            Lua.pushNumber(state, (byte) mark);
        } else if (mark >= 0xA0 && mark < 0xC0) {
            bytes(mark & 0x1F);
        } else if (mark < 0x90) {
            map(mark & 0xF, depth + 1);
        } else if (mark < 0xA0) {
            array(mark & 0xF, depth + 1);
        } else {
            throw Failure.of("Bad data format in input.");
        }
    }

    private void bytes(long length) {
        need(length);
        Lua.pushLString(state, at, length);
        at += length;
    }

    private void array(long length, int depth) {
        Lua.createTable(state, 0, 0);
        for (long i = 1; i <= length; i++) {
            value(depth);
            Lua.rawSetIndex(state, -2, (int) i);
        }
    }

    private void map(long length, int depth) {
        Lua.createTable(state, 0, 0);
        for (long i = 0; i < length; i++) {
            value(depth);
            value(depth);
            int key = Lua.type(state, -2);
            if (key == Lua.NIL) {
                throw Failure.of("table index is nil");
            }
            if (key == Lua.NUMBER && Double.isNaN(Lua.toNumber(state, -2))) {
                throw Failure.of("table index is NaN");
            }
            Lua.rawSet(state, -3);
        }
    }
}

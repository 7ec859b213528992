// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.lib;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.Stack;
import dev.sigrun.memory.Memory;

/** {@code cjson.encode}. Owner thread only. */
final class JsonEncoder extends Checked {
    private static final String HEX = "0123456789abcdef";

    private final JsonOptions options;
    private final ByteSink out = new ByteSink();
    private long state;

    JsonEncoder(Stack stack, JsonOptions options) {
        super(stack);
        this.options = options;
    }

    int encode(long inState) {
        if (Lua.top(inState) != 1) {
            throw Failure.argument(1, "expected 1 argument");
        }
        state = inState;
        out.clear();
        value(0);
        stack.push(state, out.content(), out.size());
        return 1;
    }

    private Failure refused(int index, String reason) {
        return Failure.of(
                "Cannot serialise " + Stack.typeName(Lua.type(state, index)) + ": " + reason);
    }

    private void value(int depth) {
        switch (Lua.type(state, -1)) {
            case Lua.STRING -> string(-1);
            case Lua.NUMBER -> number(-1);
            case Lua.BOOLEAN -> out.ascii(Lua.toBoolean(state, -1) != 0 ? "true" : "false");
            case Lua.TABLE -> table(depth + 1);
            case Lua.NIL -> out.ascii("null");
            case Lua.LIGHT_USERDATA -> {
                if (Lua.toPointer(state, -1) != 0) {
                    throw refused(-1, "type not supported");
                }
                out.ascii("null");
            }
            default -> throw refused(-1, "type not supported");
        }
    }

    private void number(int index) {
        double value = Lua.toNumber(state, index);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            if (options.writesInvalidAsNull()) {
                out.ascii("null");
                return;
            }
            if (!options.writesInvalid()) {
                throw refused(index, "must not be NaN or Inf");
            }
            if (Double.isNaN(value)) {
                out.ascii("nan");
                return;
            }
        }
        out.ascii(GeneralNumber.text(value, options.precision()));
    }

    private void string(int index) {
        long address = stack.string(state, index);
        long length = stack.length();
        out.put('"');
        long plain = 0;
        for (long i = 0; i < length; i++) {
            int c = Memory.getByte(address + i) & 0xFF;
            if (c < ' ' || c == '"' || c == '\\' || c == '/' || c == 0x7F) {
                out.memory(address + plain, i - plain);
                plain = i + 1;
                escape(c);
            }
        }
        out.memory(address + plain, length - plain);
        out.put('"');
    }

    private void escape(int c) {
        out.put('\\');
        switch (c) {
            case '"', '\\', '/' -> out.put(c);
            case '\b' -> out.put('b');
            case '\t' -> out.put('t');
            case '\n' -> out.put('n');
            case '\f' -> out.put('f');
            case '\r' -> out.put('r');
            default -> {
                out.ascii("u00");
                out.put(HEX.charAt(c >> 4));
                out.put(HEX.charAt(c & 15));
            }
        }
    }

    private void table(int depth) {
        if (depth > options.encodeDepth() || Lua.checkStack(state, 3) == 0) {
            throw Failure.of("Cannot serialise, excessive nesting (" + depth + ")");
        }
        int length = arrayLength();
        if (length > 0) {
            array(depth, length);
        } else {
            object(depth);
        }
    }

    /** The largest index of the table on top; -1 when it has other keys than indexes. */
    private int arrayLength() {
        double max = 0;
        int items = 0;
        Lua.pushNil(state);
        while (Lua.next(state, -2) != 0) {
            double key = Lua.type(state, -2) == Lua.NUMBER ? Lua.toNumber(state, -2) : 0;
            if (!(key >= 1) || Math.floor(key) != key) {
                Lua.pop(state, 2);
                return -1;
            }
            max = Math.max(max, key);
            items++;
            Lua.pop(state, 1);
        }
        if (options.sparseRatio() > 0
                && max > (double) items * options.sparseRatio()
                && max > options.sparseSafe()) {
            if (!options.convertsSparse()) {
                throw refused(-1, "excessively sparse array");
            }
            return -1;
        }
        return (int) max;
    }

    private void array(int depth, int length) {
        out.put('[');
        for (int i = 1; i <= length; i++) {
            if (i > 1) {
                out.put(',');
            }
            Lua.rawGetIndex(state, -1, i);
            value(depth);
            Lua.pop(state, 1);
        }
        out.put(']');
    }

    private void object(int depth) {
        out.put('{');
        boolean first = true;
        Lua.pushNil(state);
        while (Lua.next(state, -2) != 0) {
            if (!first) {
                out.put(',');
            }
            first = false;
            int type = Lua.type(state, -2);
            if (type == Lua.NUMBER) {
                out.put('"');
                number(-2);
                out.put('"');
            } else if (type == Lua.STRING) {
                string(-2);
            } else {
                throw refused(-2, "table key must be a number or string");
            }
            out.put(':');
            value(depth);
            Lua.pop(state, 1);
        }
        out.put('}');
    }
}

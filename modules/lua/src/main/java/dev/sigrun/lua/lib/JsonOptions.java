// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.lib;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.Stack;

/** What scripts may set of cjson, and the functions that set it. Owner thread only. */
final class JsonOptions extends Checked {
    private static final String TABLE = "libraries.cjson";
    private static final String[] SWITCH = {"off", "on"};
    private static final String[] INVALID_NUMBERS = {"off", "on", "null"};
    private static final int PRECISION_MAX = 14;

    private int sparseConvert;
    private int sparseRatio = 2;
    private int sparseSafe = 10;
    private int encodeDepth = 1000;
    private int decodeDepth = 1000;
    private int precision = PRECISION_MAX;
    private int keepBuffer = 1;
    private int encodeInvalid;
    private int decodeInvalid = 1;

    JsonOptions(Stack stack) {
        super(stack);
    }

    boolean convertsSparse() {
        return sparseConvert != 0;
    }

    int sparseRatio() {
        return sparseRatio;
    }

    int sparseSafe() {
        return sparseSafe;
    }

    int encodeDepth() {
        return encodeDepth;
    }

    int decodeDepth() {
        return decodeDepth;
    }

    int precision() {
        return precision;
    }

    /** Whether numbers that JSON does not have are written as they are, rather than refused. */
    boolean writesInvalid() {
        return encodeInvalid == 1;
    }

    /** Whether numbers that JSON does not have are written as null. */
    boolean writesInvalidAsNull() {
        return encodeInvalid == 2;
    }

    boolean readsInvalid() {
        return decodeInvalid != 0;
    }

    void add(Libraries.Taker taker) {
        taker.add(TABLE, "encode_sparse_array", checked(this::sparse));
        taker.add(TABLE, "encode_max_depth", checked(this::encodeMaxDepth));
        taker.add(TABLE, "decode_max_depth", checked(this::decodeMaxDepth));
        taker.add(TABLE, "encode_number_precision", checked(this::numberPrecision));
        taker.add(TABLE, "encode_keep_buffer", checked(this::keep));
        taker.add(TABLE, "encode_invalid_numbers", checked(this::encodeInvalidNumbers));
        taker.add(TABLE, "decode_invalid_numbers", checked(this::decodeInvalidNumbers));
    }

    private static void begin(long state, int count) {
        if (Lua.top(state) > count) {
            throw Failure.argument(count + 1, "found too many arguments");
        }
        Lua.setTop(state, count);
        room(state, count + 4);
    }

    private int integer(long state, int argument, int now, int min, int max) {
        int value = now;
        if (Lua.type(state, argument) != Lua.NIL) {
            value = (int) (long) number(state, argument);
            if (value < min || value > max) {
                throw Failure.argument(1, "expected integer between " + min + " and " + max);
            }
        }
        Lua.pushNumber(state, value);
        return value;
    }

    private int option(long state, int argument, int now, String... names) {
        int value = now;
        int type = Lua.type(state, argument);
        if (type == Lua.BOOLEAN) {
            value = Lua.toBoolean(state, argument);
        } else if (type != Lua.NIL) {
            string(state, argument);
            value = named(stack.text(state, argument), argument, names);
        }
        if (value <= 1) {
            Lua.pushBoolean(state, value);
        } else {
            stack.push(state, names[value]);
        }
        return value;
    }

    private static int named(String name, int argument, String... names) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        throw Failure.argument(argument, "invalid option '" + name + "'");
    }

    private int sparse(long state) {
        begin(state, 3);
        sparseConvert = option(state, 1, sparseConvert, SWITCH);
        sparseRatio = integer(state, 2, sparseRatio, 0, Integer.MAX_VALUE);
        sparseSafe = integer(state, 3, sparseSafe, 0, Integer.MAX_VALUE);
        return 3;
    }

    private int encodeMaxDepth(long state) {
        begin(state, 1);
        encodeDepth = integer(state, 1, encodeDepth, 1, Integer.MAX_VALUE);
        return 1;
    }

    private int decodeMaxDepth(long state) {
        begin(state, 1);
        decodeDepth = integer(state, 1, decodeDepth, 1, Integer.MAX_VALUE);
        return 1;
    }

    private int numberPrecision(long state) {
        begin(state, 1);
        precision = integer(state, 1, precision, 1, PRECISION_MAX);
        return 1;
    }

    private int keep(long state) {
        begin(state, 1);
        keepBuffer = option(state, 1, keepBuffer, SWITCH);
        return 1;
    }

    private int encodeInvalidNumbers(long state) {
        begin(state, 1);
        encodeInvalid = option(state, 1, encodeInvalid, INVALID_NUMBERS);
        return 1;
    }

    private int decodeInvalidNumbers(long state) {
        begin(state, 1);
        decodeInvalid = option(state, 1, decodeInvalid, SWITCH);
        return 1;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.lib;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.Primitive;
import dev.sigrun.lua.vm.Stack;

/** What the libraries have in common: failures become errors, arguments are checked. */
abstract class Checked {
    final Stack stack;

    Checked(Stack stack) {
        this.stack = stack;
    }

    /** A primitive whose failures become errors. */
    final Primitive checked(Primitive inner) {
        return state -> {
            try {
                return inner.call(state);
            } catch (Failure failure) {
                return failure.argument() < 0
                        ? stack.fail(state, failure.getMessage())
                        : stack.argumentError(state, failure.argument(), failure.getMessage());
            }
        };
    }

    private static Failure wrongType(long state, int argument, String wanted) {
        return Failure.argument(
                argument, wanted + " expected, got " + Stack.typeName(Lua.type(state, argument)));
    }

    /** A number, or what reads as one. */
    static double number(long state, int argument) {
        if (Lua.isNumber(state, argument) == 0) {
            throw wrongType(state, argument, "number");
        }
        return Lua.toNumber(state, argument);
    }

    /** Address of a string, or of a number as one; its length is {@code stack.length()}. */
    final long string(long state, int argument) {
        if (Lua.isString(state, argument) == 0) {
            throw wrongType(state, argument, "string");
        }
        return stack.string(state, argument);
    }

    static void room(long state, int values) {
        if (Lua.checkStack(state, values) == 0) {
            throw Failure.of("stack overflow");
        }
    }
}

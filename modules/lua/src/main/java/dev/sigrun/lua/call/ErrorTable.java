// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.call;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.Primitive;
import dev.sigrun.lua.vm.Stack;

/** The table in which an error travels through a script: its text is the field {@code err}. */
public final class ErrorTable {
    private static final String COUNTED = "ignore_error_stats_update";

    private ErrorTable() {}

    /**
     * Pushes an error.
     *
     * @param text its text, which begins with its code when a hyphen stands before that; else the
     *     code is {@code ERR}
     * @return {@link Primitive#ERROR}
     */
    public static int push(Stack stack, long state, String text) {
        Lua.checkStack(state, 8);
        Lua.createTable(state, 0, 1);
        stack.push(state, withCode(text));
        stack.setField(state, "err");
        return Primitive.ERROR;
    }

    /** Pushes the error of a command, which is counted already. */
    static void pushCounted(Stack stack, long state, String text) {
        push(stack, state, text);
        Lua.pushBoolean(state, 1);
        stack.setField(state, COUNTED);
    }

    private static String withCode(String text) {
        int space = text.indexOf(' ');
        if (!text.startsWith("-")) {
            return "ERR " + trimmed(text);
        }
        return space < 0
                ? "ERR " + trimmed(text.substring(1))
                : text.substring(1, space) + " " + trimmed(text.substring(space + 1));
    }

    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isLineEnd(text.charAt(from))) {
            from++;
        }
        while (to > from && isLineEnd(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isLineEnd(char c) {
        return c == '\r' || c == '\n';
    }

    /** The text of an error, which may also be a string. */
    public static String text(Stack stack, long state, int index) {
        if (Lua.isString(state, index) != 0) {
            return "ERR " + cut(stack.text(state, index));
        }
        String text = Lua.type(state, index) == Lua.TABLE ? stack.field(state, index, "err") : null;
        return text == null ? "ERR unknown error" : cut(text);
    }

    /** An error ends where a text of C would. */
    private static String cut(String text) {
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Whether an error was counted when the command failed that it comes from. */
    static boolean isCounted(Stack stack, long state, int index) {
        int at = index < 0 ? index - 1 : index;
        stack.push(state, COUNTED);
        Lua.rawGet(state, at);
        boolean counted = Lua.type(state, -1) == Lua.BOOLEAN && Lua.toBoolean(state, -1) != 0;
        Lua.pop(state, 1);
        return counted;
    }
}

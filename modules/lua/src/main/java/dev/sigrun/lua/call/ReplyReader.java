// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.call;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.Stack;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.script.CallOutcome;
import java.nio.charset.StandardCharsets;

/**
 * Pushes the reply of a command as a value of Lua, in the shape that Valkey gives it: errors and
 * simple strings as tables with one field, arrays as arrays, the other types of RESP3 as tables
 * that name them. Owner thread only.
 */
final class ReplyReader {
    private static final int DEPTH_MAX = 256;

    private final Stack stack;
    private long state;
    private long at;
    private long end;

    ReplyReader(Stack stack) {
        this.stack = stack;
    }

    /**
     * Pushes a reply.
     *
     * @return whether it is an error
     */
    boolean push(long toState, Bytes reply, CallOutcome outcome) {
        state = toState;
        at = reply.address();
        end = at + reply.length();
        if (at == end) {
            throw new IllegalStateException("a command has not replied");
        }
        if (Memory.getByte(at) == '-') {
            String text = line();
            if (outcome == CallOutcome.DONE || outcome == CallOutcome.REFUSED) {
                ErrorTable.pushCounted(stack, state, worded(text, outcome));
            } else {
                // What is wrong with the call itself counts as an error of the script.
                ErrorTable.push(stack, state, worded(text, outcome));
            }
            return true;
        }
        value(0);
        return false;
    }

    /** Scripts know some errors in words of their own. */
    private static String worded(String text, CallOutcome outcome) {
        return switch (outcome) {
            case NOT_ALLOWED -> "This Valkey command is not allowed from script";
            case WRONG_COUNT -> "Wrong number of args calling command from script";
            case UNKNOWN_COMMAND ->
                    text.startsWith("ERR unknown command '")
                            ? "Unknown command called from script"
                            : "-" + text;
            case NO_PERMISSION ->
                    text.startsWith("NOPERM ")
                            ? "ACL failure in script: " + text.substring("NOPERM ".length())
                            : "-" + text;
            default -> "-" + text;
        };
    }

    private void value(int depth) {
        if (depth >= DEPTH_MAX || Lua.checkStack(state, 8) == 0) {
            throw new IllegalStateException("a reply is nested too deeply for a script");
        }
        if (at >= end) {
            throw new IllegalStateException("a reply ends early");
        }
        int mark = Memory.getByte(at);
        switch (mark) {
            case ':' -> Lua.pushNumber(state, (double) number());
            case '$' -> bulk();
            case '*' -> array(depth);
            case '%' -> map(depth);
            case '~' -> set(depth);
            case '=' -> verbatim();
            case '+' -> named("ok");
            case '(' -> named("big_number");
            case '|' -> attributed(depth);
            case '-' -> ErrorTable.pushCounted(stack, state, "-" + line());
            case ',' -> dbl();
            case '#' -> {
                Lua.pushBoolean(state, Memory.getByte(at + 1) == 't' ? 1 : 0);
                skipLine();
            }
            case '_' -> {
                Lua.pushNil(state);
                skipLine();
            }
            default -> throw new IllegalStateException("a reply begins with " + mark);
        }
    }

    /** A value with attributes before it, which scripts do not see. */
    private void attributed(int depth) {
        long pairs = number();
        for (long i = 0; i < 2 * pairs; i++) {
            value(depth + 1);
            Lua.pop(state, 1);
        }
        value(depth);
    }

    // ---- lines ----

    private long lineEnd() {
        long to = at;
        while (to < end && Memory.getByte(to) != '\r') {
            to++;
        }
        return to;
    }

    private void skipLine() {
        at = lineEnd() + 2;
    }

    private long number() {
        long to = lineEnd();
        long value = Decimal.value(at + 1, to - at - 1);
        at = to + 2;
        return value;
    }

    private String line() {
        long to = lineEnd();
        byte[] content = new byte[(int) (to - at - 1)];
        Memory.copy(at + 1, content, 0, content.length);
        at = to + 2;
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    /** A line as the only field of a table. */
    private void named(String name) {
        long to = lineEnd();
        Lua.createTable(state, 0, 1);
        stack.push(state, name);
        Lua.pushLString(state, at + 1, to - at - 1);
        Lua.rawSet(state, -3);
        at = to + 2;
    }

    private void dbl() {
        String text = line();
        double value =
                switch (text) {
                    case "inf" -> Double.POSITIVE_INFINITY;
                    case "-inf" -> Double.NEGATIVE_INFINITY;
                    case "nan", "-nan" -> Double.NaN;
                    default -> Double.parseDouble(text);
                };
        Lua.createTable(state, 0, 1);
        stack.push(state, "double");
        Lua.pushNumber(state, value);
        Lua.rawSet(state, -3);
    }

    // ---- strings ----

    private void bulk() {
        long length = number();
        if (length < 0) {
            Lua.pushBoolean(state, 0);
            return;
        }
        Lua.pushLString(state, at, length);
        at += length + 2;
    }

    private void verbatim() {
        long length = number();
        Lua.createTable(state, 0, 1);
        stack.push(state, "verbatim_string");
        Lua.createTable(state, 0, 2);
        stack.push(state, "string");
        Lua.pushLString(state, at + 4, length - 4);
        Lua.rawSet(state, -3);
        stack.push(state, "format");
        Lua.pushLString(state, at, 3);
        Lua.rawSet(state, -3);
        Lua.rawSet(state, -3);
        at += length + 2;
    }

    // ---- aggregates ----

    private void array(int depth) {
        long length = number();
        if (length < 0) {
            Lua.pushBoolean(state, 0);
            return;
        }
        Lua.createTable(state, (int) length, 0);
        for (int i = 1; i <= length; i++) {
            value(depth + 1);
            Lua.rawSetIndex(state, -2, i);
        }
    }

    private void map(int depth) {
        long length = number();
        Lua.createTable(state, 0, 1);
        stack.push(state, "map");
        Lua.createTable(state, 0, (int) length);
        for (int i = 0; i < length; i++) {
            value(depth + 1);
            value(depth + 1);
            put();
        }
        Lua.rawSet(state, -3);
    }

    private void set(int depth) {
        long length = number();
        Lua.createTable(state, 0, 1);
        stack.push(state, "set");
        Lua.createTable(state, 0, (int) length);
        for (int i = 0; i < length; i++) {
            value(depth + 1);
            Lua.pushBoolean(state, 1);
            put();
        }
        Lua.rawSet(state, -3);
    }

    /** Sets a field; nothing and what is no number cannot be a key. */
    private void put() {
        int type = Lua.type(state, -2);
        boolean usable =
                type != Lua.NIL && !(type == Lua.NUMBER && Double.isNaN(Lua.toNumber(state, -2)));
        if (usable) {
            Lua.rawSet(state, -3);
        } else {
            Lua.pop(state, 2);
        }
    }
}

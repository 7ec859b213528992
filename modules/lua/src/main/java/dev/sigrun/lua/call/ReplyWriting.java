// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.call;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.Stack;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.script.ScriptCall;

/** Writes a value of Lua as a reply, by Valkey's rules. Owner thread only. */
final class ReplyWriting {
    private static final double LONG_END = 0x1p63;

    private final Stack stack;
    private long state;
    private ScriptCall call;
    private ReplyWriter reply;
    private int protocol;

    ReplyWriting(Stack stack) {
        this.stack = stack;
    }

    /**
     * Writes the value on top of the stack, which goes.
     *
     * @param toProtocol the protocol that the script has chosen for what it hears
     */
    void write(long fromState, ScriptCall to, int toProtocol) {
        state = fromState;
        call = to;
        reply = to.reply();
        protocol = toProtocol;
        value();
    }

    /** An integer as C makes one of a number. */
    static long integer(double value) {
        return value >= -LONG_END && value < LONG_END ? (long) value : Long.MIN_VALUE;
    }

    private void value() {
        if (Lua.checkStack(state, 6) == 0) {
            call.fail("ERR reached lua stack limit", true);
            Lua.pop(state, 1);
            return;
        }
        switch (Lua.type(state, -1)) {
            case Lua.STRING -> string();
            case Lua.NUMBER -> reply.integer(integer(Lua.toNumber(state, -1)));
            case Lua.BOOLEAN -> bool(Lua.toBoolean(state, -1) != 0);
            case Lua.TABLE -> table();
            default -> reply.nil();
        }
        Lua.pop(state, 1);
    }

    private void string() {
        long address = stack.string(state, -1);
        long length = stack.length();
        if (length > Integer.MAX_VALUE - 64) {
            call.fail("ERR the script's reply is too large", true);
        } else {
            reply.bulk(address, (int) length);
        }
    }

    private void bool(boolean value) {
        if (protocol == 3) {
            reply.bool(value);
        } else if (value) {
            reply.integer(1);
        } else {
            reply.nil();
        }
    }

    /** Pushes a field of the table on top and gives its type. */
    private int field(String name) {
        stack.push(state, name);
        Lua.rawGet(state, -2);
        return Lua.type(state, -1);
    }

    private void table() {
        if (!special()) {
            array();
        }
    }

    private boolean special() {
        if (field("err") == Lua.STRING) {
            Lua.pop(state, 1);
            boolean counted = ErrorTable.isCounted(stack, state, -1);
            call.fail(ErrorTable.text(stack, state, -1), !counted);
            return true;
        }
        Lua.pop(state, 1);
        if (field("ok") == Lua.STRING) {
            reply.simple(onOneLine(stack.text(state, -1)));
            Lua.pop(state, 1);
            return true;
        }
        Lua.pop(state, 1);
        if (field("double") == Lua.NUMBER) {
            reply.dbl(Lua.toNumber(state, -1));
            Lua.pop(state, 1);
            return true;
        }
        Lua.pop(state, 1);
        if (field("big_number") == Lua.STRING) {
            reply.bigNumber(onOneLine(stack.text(state, -1)));
            Lua.pop(state, 1);
            return true;
        }
        Lua.pop(state, 1);
        return verbatim() || map() || set();
    }

    private static String onOneLine(String text) {
        int end = text.indexOf('\0');
        String cut = end < 0 ? text : text.substring(0, end);
        return cut.replace('\r', ' ').replace('\n', ' ');
    }

    private boolean verbatim() {
        boolean done = false;
        if (field("verbatim_string") == Lua.TABLE) {
            if (field("format") == Lua.STRING) {
                String format = stack.text(state, -1);
                Lua.pop(state, 1);
                if (field("string") == Lua.STRING) {
                    reply.verbatim((format + "   ").substring(0, 3), stack.bytes(state, -1));
                    done = true;
                }
            }
            Lua.pop(state, 1);
        }
        Lua.pop(state, 1);
        return done;
    }

    private boolean map() {
        if (field("map") != Lua.TABLE) {
            Lua.pop(state, 1);
            return false;
        }
        long mark = reply.deferredArray();
        int pairs = 0;
        Lua.pushNil(state);
        while (Lua.next(state, -2) != 0) {
            Lua.pushValue(state, -2);
            value();
            value();
            pairs++;
        }
        reply.closeMap(mark, pairs);
        Lua.pop(state, 1);
        return true;
    }

    private boolean set() {
        if (field("set") != Lua.TABLE) {
            Lua.pop(state, 1);
            return false;
        }
        long mark = reply.deferredArray();
        int members = 0;
        Lua.pushNil(state);
        while (Lua.next(state, -2) != 0) {
            Lua.pop(state, 1);
            Lua.pushValue(state, -1);
            value();
            members++;
        }
        reply.closeSet(mark, members);
        Lua.pop(state, 1);
        return true;
    }

    private void array() {
        long mark = reply.deferredArray();
        int length = 0;
        while (true) {
            Lua.rawGetIndex(state, -1, length + 1);
            if (Lua.type(state, -1) == Lua.NIL) {
                break;
            }
            value();
            length++;
        }
        Lua.pop(state, 1);
        reply.closeArray(mark, length);
    }
}

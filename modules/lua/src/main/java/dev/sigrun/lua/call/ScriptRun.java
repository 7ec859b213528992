// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.call;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.LuaState;
import dev.sigrun.lua.vm.MemoryLimit;
import dev.sigrun.lua.vm.Stack;
import dev.sigrun.lua.vm.Trampolines;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.script.ScriptCall;

/** Runs compiled scripts: arguments in, reply out. Owner thread only. */
public final class ScriptRun {
    private static final int ERROR_SHOWN_MAX = 100;

    /** How many runs there are between two steps of the collector, and how long those are. */
    private static final int COLLECTION_PERIOD = 50;

    private final Stack stack;
    private final Run run;
    private final Trampolines code;
    private final ReplyWriting replies;
    private int runs;

    /** For one engine. */
    public ScriptRun(Stack stack, Run run, Trampolines code) {
        this.stack = stack;
        this.run = run;
        this.code = code;
        this.replies = new ReplyWriting(stack);
    }

    /**
     * Runs a script of EVAL, whose keys and arguments are globals.
     *
     * @param handler reference of the function that errors go through
     * @param globals reference of the table of globals
     * @param function reference of the script
     */
    public void eval(
            long state,
            MemoryLimit memory,
            int handler,
            int globals,
            int function,
            ScriptCall call) {
        begin(call, true);
        Lua.rawGetIndex(state, Lua.REGISTRY, handler);
        int base = Lua.top(state);
        Lua.rawGetIndex(state, Lua.REGISTRY, globals);
        stack.push(state, "KEYS");
        pushKeys(state);
        Lua.rawSet(state, -3);
        stack.push(state, "ARGV");
        pushArguments(state);
        Lua.rawSet(state, -3);
        Lua.pop(state, 1);
        Lua.rawGetIndex(state, Lua.REGISTRY, function);
        end(state, base, code.pcall(state, 0, 1, base, memory));
    }

    /** Runs a function of a library, which is given its keys and arguments. */
    public void function(
            long state, MemoryLimit memory, int handler, int function, ScriptCall call) {
        begin(call, false);
        Lua.rawGetIndex(state, Lua.REGISTRY, handler);
        int base = Lua.top(state);
        Lua.rawGetIndex(state, Lua.REGISTRY, function);
        pushKeys(state);
        pushArguments(state);
        end(state, base, code.pcall(state, 2, 1, base, memory));
    }

    private void begin(ScriptCall call, boolean isEval) {
        run.eval = isEval;
        run.call = call;
        run.protocol = 2;
        run.inCommand = false;
    }

    private void pushKeys(long state) {
        int count = run.call.keys();
        Lua.createTable(state, count, 0);
        for (int i = 0; i < count; i++) {
            Bytes key = run.call.key(i);
            Lua.pushLString(state, key.address(), key.length());
            Lua.rawSetIndex(state, -2, i + 1);
        }
    }

    private void pushArguments(long state) {
        int count = run.call.arguments();
        Lua.createTable(state, count, 0);
        for (int i = 0; i < count; i++) {
            Bytes argument = run.call.argument(i);
            Lua.pushLString(state, argument.address(), argument.length());
            Lua.rawSetIndex(state, -2, i + 1);
        }
    }

    private void end(long state, int base, int status) {
        try {
            collect(state);
            if (status == 0) {
                replies.write(state, run.call, run.protocol);
            } else {
                fail(state);
            }
        } finally {
            run.call = null;
            Lua.setTop(state, base - 1);
        }
    }

    private void collect(long state) {
        runs++;
        if (runs == COLLECTION_PERIOD) {
            runs = 0;
            LuaState.gc(state, LuaState.GC_RESTART, 0);
            LuaState.gc(state, LuaState.GC_STEP, COLLECTION_PERIOD);
        }
    }

    private void fail(long state) {
        if (Lua.type(state, -1) != Lua.TABLE) {
            String text = Lua.isString(state, -1) == 0 ? null : stack.text(state, -1);
            String shown = text == null ? "execution failure" : text;
            run.call.fail(
                    "ERR Error running script, "
                            + shown.substring(0, Math.min(shown.length(), ERROR_SHOWN_MAX)),
                    true);
            return;
        }
        String text = ErrorTable.text(stack, state, -1);
        String source = stack.field(state, -1, "source");
        String line = stack.field(state, -1, "line");
        boolean counted = !ErrorTable.isCounted(stack, state, -1);
        boolean placed = source != null && line != null;
        run.call.fail(placed ? text + " script: on " + source + ":" + line + "." : text, counted);
    }
}

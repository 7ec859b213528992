// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua;

import dev.sigrun.lua.call.Calling;
import dev.sigrun.lua.call.Run;
import dev.sigrun.lua.call.ScriptRun;
import dev.sigrun.lua.call.ServerFunctions;
import dev.sigrun.lua.lib.Libraries;
import dev.sigrun.lua.lib.RandomNumbers;
import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.LuaState;
import dev.sigrun.lua.vm.Primitive;
import dev.sigrun.lua.vm.Stack;
import dev.sigrun.lua.vm.Trampolines;
import dev.sigrun.lua.vm.Trampolines.Probe;
import dev.sigrun.spi.PluginContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The functions that both worlds of Lua share: those of ours, and guards in front of Lua's own that
 * a script could otherwise crash the server with, or get around its limits. Owner thread only.
 */
final class Natives implements AutoCloseable {
    /** Patterns up to this length cannot nest deeply enough to matter. */
    private static final int PATTERN_LENGTH_CHECKED = 256;

    private final Stack stack;
    private final Trampolines code;
    private final Fronts fronts;
    private final Run run = new Run();
    private final Registration registration;
    private final ScriptRun scripts;
    private final long hook;

    /** Functions by the name of the table that has them, for {@code setup.lua}. */
    private final Map<String, Map<String, Long>> tables = new LinkedHashMap<>();

    Natives(Stack stack, PluginContext context) {
        this.stack = stack;
        this.code = new Trampolines(stack);
        this.fronts = new Fronts(stack);
        this.registration = new Registration(stack);
        this.scripts = new ScriptRun(stack, run, code);
        ServerFunctions server = new ServerFunctions(stack, run, context.log());
        Calling calling = new Calling(stack, run);
        addServer(server, calling);
        addGuards(new Guards(stack), OriginalFunctions.find(stack, code));
        new Libraries(stack).add(this::add);
        RandomNumbers random = new RandomNumbers(stack);
        add("guarded.math", "random", random::random);
        add("guarded.math", "randomseed", random::seed);
        this.hook = code.function(new Watch(stack, run, registration, context.log(), this)::look);
        code.ready();
    }

    private void add(String table, String name, Primitive primitive) {
        put(table, name, code.function(primitive));
    }

    private void put(String table, String name, long address) {
        tables.computeIfAbsent(table, any -> new LinkedHashMap<>()).put(name, address);
    }

    private void addServer(ServerFunctions server, Calling calling) {
        add("server", "call", calling::call);
        add("server", "pcall", calling::pcall);
        add("server", "acl_check_cmd", calling::mayCall);
        add("server", "sha1hex", server::sha1hex);
        add("server", "error_reply", server::errorReply);
        add("server", "status_reply", server::statusReply);
        add("server", "log", server::log);
        add("server", "setresp", server::setresp);
        add("server", "set_repl", server::setRepl);
        add("evalonly", "replicate_commands", server::replicateCommands);
        add("evalonly", "breakpoint", server::breakpoint);
        add("evalonly", "debug", server::debug);
        add("", "missing", server::missing);
        add("", "refuse", server::refuse);
        add("", "raise", server::raise);
        add("", "misuse", server::misuse);
        add("", "register", registration::register);
    }

    private void addGuards(Guards guards, OriginalFunctions originals) {
        guard("globals", "next", fronts::showBack, originals);
        guard("globals", "rawget", fronts::showBack, originals);
        guard("globals", "rawset", fronts::refuse, originals);
        guard("globals", "setmetatable", fronts::refuse, originals);
        guard("globals", "loadstring", guards::source, originals);
        long unpack = originals.address("_G", "unpack");
        put("globals", "unpack", code.guard(guards::range, Probe.ARGUMENTS, 1, unpack));
        fronts.iteration(tables.get("globals").get("next"), originals.address("_G", "next"));
        add("globals", "pairs", fronts::pairs);
        add("globals", "getmetatable", fronts::metatable);
        for (String name : new String[] {"find", "match", "gmatch", "gsub"}) {
            long original = originals.address("string", name);
            put(
                    "guarded.string",
                    name,
                    code.guard(
                            guards::pattern,
                            Probe.SECOND_LENGTH,
                            PATTERN_LENGTH_CHECKED,
                            original));
        }
        long rep = originals.address("string", "rep");
        put("guarded.string", "rep", code.guard(guards::repetition, Probe.ARGUMENTS, 1, rep));
        long insert = originals.address("table", "insert");
        put("guarded.table", "insert", code.guard(fronts::refuse, Probe.ARGUMENTS, 0, insert));
    }

    private void guard(
            String table, String name, Primitive primitive, OriginalFunctions originals) {
        long original = originals.address("_G", name);
        put(table, name, code.guard(primitive, Probe.ARGUMENTS, 0, original));
    }

    Stack stack() {
        return stack;
    }

    Trampolines code() {
        return code;
    }

    Fronts fronts() {
        return fronts;
    }

    Registration registration() {
        return registration;
    }

    ScriptRun scripts() {
        return scripts;
    }

    /** Has a state look around every so often. */
    void watch(long state) {
        LuaState.setHook(state, hook, LuaState.HOOK_COUNT, Watch.INSTRUCTIONS);
    }

    /** Has a state look around at every line, so that a script that shall end cannot go on. */
    void watchEveryLine(long state) {
        LuaState.setHook(state, hook, LuaState.HOOK_LINES, 0);
    }

    /** Pushes the table of all functions, by tables and names. */
    void push(long state) {
        Lua.createTable(state, 0, tables.size());
        int top = Lua.top(state);
        tables.forEach((path, functions) -> {
            Lua.pushValue(state, top);
            if (!path.isEmpty()) {
                for (String part : path.split("\\.", -1)) {
                    enter(state, part);
                }
            }
            functions.forEach((name, address) -> {
                Lua.pushCClosure(state, address, 0);
                stack.setField(state, name);
            });
            Lua.setTop(state, top);
        });
        Lua.pushLightUserdata(state, 0);
        stack.setField(state, "null");
    }

    /** Goes from the table on top into one of its fields, which is made when it is not there. */
    private void enter(long state, String name) {
        stack.push(state, name);
        Lua.rawGet(state, -2);
        if (Lua.type(state, -1) == Lua.NIL) {
            Lua.pop(state, 1);
            Lua.createTable(state, 0, 0);
            Lua.pushValue(state, -1);
            Lua.insert(state, -3);
            stack.setField(state, name);
            Lua.pop(state, 1);
        } else {
            Lua.remove(state, -2);
        }
    }

    @Override
    public void close() {
        code.close();
        stack.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua;

import dev.sigrun.lua.call.ErrorTable;
import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.LuaState;
import dev.sigrun.lua.vm.MemoryLimit;
import dev.sigrun.lua.vm.Stack;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.PluginContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.script.ScriptCall;
import dev.sigrun.spi.script.ScriptFunction;
import dev.sigrun.spi.script.ScriptKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One state of Lua with everything that scripts of one kind find in it. Owner thread only. */
final class World {
    private static final String SETUP = "setup.lua";
    private static final byte BINARY_CODE = 27;

    /** What the set-up gives back, by position. */
    private static final int GLOBALS = 1;

    private static final int OWN_GLOBALS = 2;
    private static final int METATABLE = 3;
    private static final int HANDLER = 4;
    private static final int FRONTS = 5;
    private static final int BACKS = 6;
    private static final int LOADING = 7;

    private final Natives natives;
    private final Stack stack;
    private final ScriptKind kind;
    private final long state;
    private final Arena arena = Arena.ofShared();
    private final long chunkName;
    private final MemoryLimit memory = new MemoryLimit();
    private int globals;
    private int metatable;
    private int handler;
    private int loading;
    private boolean closed;

    World(Natives natives, ScriptKind kind, boolean insecure, PluginContext context) {
        this.natives = natives;
        this.stack = natives.stack();
        this.kind = kind;
        this.chunkName =
                arena.allocateFrom(kind == ScriptKind.EVAL ? "@user_script" : "@user_function")
                        .address();
        this.state = natives.code().newState(memory);
        if (state == 0) {
            throw new IllegalStateException("no memory for a state of Lua");
        }
        setUp(insecure, context);
        natives.watch(state);
    }

    // ---- set-up ----

    private void setUp(boolean insecure, PluginContext context) {
        OriginalFunctions.openLibraries(stack, state);
        byte[] code = code();
        try (Arena once = Arena.ofConfined()) {
            MemorySegment content = once.allocate(code.length);
            MemorySegment.copy(
                    code, 0, content, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, code.length);
            MemorySegment name = once.allocateFrom("=setup");
            check(LuaState.loadBuffer(state, content.address(), code.length, name.address()));
        }
        natives.push(state);
        Lua.pushBoolean(state, kind == ScriptKind.FUNCTION ? 1 : 0);
        Lua.pushBoolean(state, insecure ? 1 : 0);
        pushConstants(context);
        check(LuaState.pcall(state, 4, LOADING, 0));
        takeOver();
    }

    private void check(int status) {
        if (status != 0) {
            String problem = stack.text(state, -1);
            LuaState.close(state);
            throw new IllegalStateException("Lua cannot be set up: " + problem);
        }
    }

    private static byte[] code() {
        try (InputStream in = World.class.getResourceAsStream(SETUP)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(SETUP, e);
        }
    }

    private void pushConstants(PluginContext context) {
        Map<String, Object> constants = new LinkedHashMap<>();
        constants.put("LOG_DEBUG", 0);
        constants.put("LOG_VERBOSE", 1);
        constants.put("LOG_NOTICE", 2);
        constants.put("LOG_WARNING", 3);
        constants.put("REPL_NONE", 0);
        constants.put("REPL_AOF", 1);
        constants.put("REPL_SLAVE", 2);
        constants.put("REPL_REPLICA", 2);
        constants.put("REPL_ALL", 3);
        constants.put("REDIS_VERSION", context.redisVersion());
        constants.put("REDIS_VERSION_NUM", number(context.redisVersion()));
        constants.put("VALKEY_VERSION", context.valkeyVersion());
        constants.put("VALKEY_VERSION_NUM", number(context.valkeyVersion()));
        constants.put("SERVER_NAME", context.serverName());
        Lua.createTable(state, 0, constants.size());
        constants.forEach((name, value) -> {
            if (value instanceof Integer number) {
                Lua.pushNumber(state, number);
            } else {
                stack.push(state, (String) value);
            }
            stack.setField(state, name);
        });
    }

    /** A version with a byte for each of its three parts. */
    private static int number(String version) {
        int number = 0;
        for (String part : version.split("\\.", -1)) {
            number = number << 8 | Integer.parseInt(part) & 0xFF;
        }
        return number;
    }

    private void takeOver() {
        int count = (int) Lua.objectLength(state, FRONTS);
        for (int i = 1; i <= count; i++) {
            Lua.rawGetIndex(state, FRONTS, i);
            long address = Lua.toPointer(state, -1);
            // The registry keeps it from being collected, and its address from being used again.
            LuaState.reference(state, Lua.REGISTRY);
            Lua.rawGetIndex(state, BACKS, i);
            natives.fronts().add(this, address, LuaState.reference(state, Lua.REGISTRY));
        }
        globals = reference(GLOBALS);
        metatable = reference(METATABLE);
        handler = reference(HANDLER);
        loading = reference(LOADING);
        Lua.pushValue(state, OWN_GLOBALS);
        Lua.replace(state, Lua.GLOBALS);
        Lua.setTop(state, 0);
    }

    private int reference(int index) {
        Lua.pushValue(state, index);
        return LuaState.reference(state, Lua.REGISTRY);
    }

    // ---- compiling ----

    /** Compiles code and leaves the function, or the error, on the stack. */
    private boolean parse(Bytes source) {
        if (source.length() == 0 || source.byteAt(0) != BINARY_CODE) {
            return LuaState.loadBuffer(state, source.address(), source.length(), chunkName) == 0;
        }
        // What is compiled already could be made to do anything, so it is read as text.
        try (Arena once = Arena.ofConfined()) {
            long text = once.allocate(source.length() + 1L).address();
            Memory.putByte(text, (byte) ' ');
            Memory.copy(source.address(), text + 1, source.length());
            return LuaState.loadBuffer(state, text, source.length() + 1L, chunkName) == 0;
        }
    }

    /** Takes the error off the stack. */
    private CommandException failure(String what) {
        String problem = stack.text(state, -1);
        Lua.setTop(state, 0);
        return CommandException.of(what + problem);
    }

    ScriptFunction compile(Bytes source) throws CommandException {
        if (!parse(source)) {
            throw failure("Error compiling script (new function): ");
        }
        int reference = LuaState.reference(state, Lua.REGISTRY);
        return new CompiledScript(this, reference, null, null, java.util.Set.of());
    }

    /** Runs the code of a library, which registers functions. */
    List<ScriptFunction> load(Bytes source, BooleanSupplier goOn) throws CommandException {
        index(loading);
        natives.registration().begin(this, goOn);
        try {
            if (!parse(source)) {
                throw failure("Error compiling function: ");
            }
            if (natives.code().pcall(state, 0, 0, 0, memory) != 0) {
                String problem = ErrorTable.text(stack, state, -1);
                Lua.setTop(state, 0);
                natives.registration().end().forEach(ScriptFunction::release);
                throw CommandException.of("Error registering functions: " + problem);
            }
            return natives.registration().end();
        } finally {
            natives.registration().end();
            index(globals);
            natives.watch(state);
        }
    }

    /** Says where globals are looked for. */
    private void index(int table) {
        Lua.rawGetIndex(state, Lua.REGISTRY, metatable);
        Lua.rawGetIndex(state, Lua.REGISTRY, table);
        stack.setField(state, "__index");
        Lua.pop(state, 1);
    }

    // ---- running ----

    void run(int reference, ScriptCall call) {
        if (kind == ScriptKind.EVAL) {
            natives.scripts().eval(state, memory, handler, globals, reference, call);
        } else {
            natives.scripts().function(state, memory, handler, reference, call);
        }
        if (memory.usedBytes() > MemoryLimit.BYTES_MAX / 2) {
            // The next script shall not fail for what this one has left behind.
            LuaState.gc(state, LuaState.GC_COLLECT, 0);
        }
        natives.watch(state);
    }

    void release(int reference) {
        if (!closed) {
            LuaState.unreference(state, Lua.REGISTRY, reference);
        }
    }

    long memoryBytes() {
        return memory.usedBytes();
    }

    void close() {
        closed = true;
        natives.fronts().forget(this);
        LuaState.close(state);
        memory.close();
        arena.close();
    }
}

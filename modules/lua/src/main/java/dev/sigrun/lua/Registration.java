// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua;

import dev.sigrun.lua.call.ErrorTable;
import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.LuaState;
import dev.sigrun.lua.vm.Stack;
import dev.sigrun.spi.script.ScriptFlag;
import dev.sigrun.spi.script.ScriptFunction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** {@code server.register_function}, while the code of a library runs. Owner thread only. */
final class Registration {
    private static final String WHERE = "server.register_function";

    private final Stack stack;
    private final List<ScriptFunction> functions = new ArrayList<>();
    private World world;
    private BooleanSupplier goOn;

    Registration(Stack stack) {
        this.stack = stack;
    }

    void begin(World ofWorld, BooleanSupplier patience) {
        world = ofWorld;
        goOn = patience;
        functions.clear();
    }

    /** Whether the code takes too long. */
    boolean isOver() {
        return goOn != null && !goOn.getAsBoolean();
    }

    /** What was registered; whoever takes it releases it. */
    List<ScriptFunction> end() {
        List<ScriptFunction> taken = List.copyOf(functions);
        functions.clear();
        world = null;
        goOn = null;
        return taken;
    }

    /** Registers a function. */
    int register(long state) {
        if (world == null) {
            return ErrorTable.push(
                    stack, state, WHERE + " can only be called on FUNCTION LOAD command");
        }
        String problem =
                switch (Lua.top(state)) {
                    case 1 -> named(state);
                    case 2 -> positional(state);
                    default -> "wrong number of arguments to " + WHERE;
                };
        return problem == null ? 0 : ErrorTable.push(stack, state, problem);
    }

    private String positional(long state) {
        if (Lua.isString(state, 1) == 0) {
            return "first argument to " + WHERE + " must be a string";
        }
        if (Lua.type(state, 2) != Lua.FUNCTION) {
            return "second argument to " + WHERE + " must be a function";
        }
        add(state, stack.text(state, 1), null, Set.of());
        return null;
    }

    /** Keeps the function on top. */
    private void add(long state, String name, String description, Set<ScriptFlag> flags) {
        Lua.checkStack(state, 4);
        int reference = LuaState.reference(state, Lua.REGISTRY);
        functions.add(new CompiledScript(world, reference, name, description, flags));
    }

    /** Reads a table of named arguments; the one for the function is left on the stack. */
    private String named(long state) {
        if (Lua.type(state, 1) != Lua.TABLE) {
            return "calling "
                    + WHERE
                    + " with a single argument is only applicable to Lua table (representing"
                    + " named arguments).";
        }
        Lua.checkStack(state, 12);
        Lua.pushNil(state);
        int callback = Lua.top(state);
        String name = null;
        String description = null;
        Set<ScriptFlag> flags = EnumSet.noneOf(ScriptFlag.class);
        Lua.pushNil(state);
        while (Lua.next(state, 1) != 0) {
            if (Lua.type(state, -2) != Lua.STRING) {
                return "named argument key given to " + WHERE + " is not a string";
            }
            switch (stack.text(state, -2).toLowerCase(Locale.ROOT)) {
                case "function_name" -> {
                    if (Lua.isString(state, -1) == 0) {
                        return "function_name argument given to " + WHERE + " must be a string";
                    }
                    name = stack.text(state, -1);
                }
                case "description" -> {
                    if (Lua.isString(state, -1) == 0) {
                        return "description argument given to " + WHERE + " must be a string";
                    }
                    description = stack.text(state, -1);
                }
                case "callback" -> {
                    if (Lua.type(state, -1) != Lua.FUNCTION) {
                        return "callback argument given to " + WHERE + " must be a function";
                    }
                    Lua.pushValue(state, -1);
                    Lua.replace(state, callback);
                }
                case "flags" -> {
                    if (Lua.type(state, -1) != Lua.TABLE) {
                        return "flags argument to "
                                + WHERE
                                + " must be a table representing function flags";
                    }
                    if (!readFlags(state, flags)) {
                        return "unknown flag given";
                    }
                }
                default -> {
                    return "unknown argument given to " + WHERE;
                }
            }
            Lua.pop(state, 1);
        }
        if (name == null) {
            return WHERE + " must get a function name argument";
        }
        if (Lua.type(state, callback) != Lua.FUNCTION) {
            return WHERE + " must get a callback argument";
        }
        Lua.setTop(state, callback);
        add(state, name, description, flags);
        return null;
    }

    /** Reads the array on top; false when it holds what is no flag. */
    private boolean readFlags(long state, Set<ScriptFlag> flags) {
        int i = 1;
        while (true) {
            Lua.rawGetIndex(state, -1, i++);
            if (Lua.type(state, -1) == Lua.NIL) {
                Lua.pop(state, 1);
                return true;
            }
            String name = Lua.isString(state, -1) == 0 ? null : stack.text(state, -1);
            Lua.pop(state, 1);
            ScriptFlag flag = name == null ? null : ScriptFlag.named(name.toLowerCase(Locale.ROOT));
            if (flag == null) {
                return false;
            }
            flags.add(flag);
        }
    }
}

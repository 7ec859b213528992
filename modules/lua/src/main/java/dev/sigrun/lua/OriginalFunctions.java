// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.LuaState;
import dev.sigrun.lua.vm.MemoryLimit;
import dev.sigrun.lua.vm.Stack;
import dev.sigrun.lua.vm.Trampolines;
import java.util.HashMap;
import java.util.Map;

/** Where the code of Lua's own functions is. Owner thread only. */
final class OriginalFunctions {
    private static final String[][] WANTED = {
        {"_G", "next", "rawget", "rawset", "setmetatable", "loadstring", "unpack"},
        {"string", "find", "match", "gmatch", "gsub", "rep"},
        {"table", "insert"},
    };

    private final Map<String, Long> addresses = new HashMap<>();

    private OriginalFunctions() {}

    /** Looks into a state that is made for this and goes again. */
    static OriginalFunctions find(Stack stack, Trampolines code) {
        OriginalFunctions found = new OriginalFunctions();
        MemoryLimit counts = new MemoryLimit();
        long state = code.newState(counts);
        if (state == 0) {
            throw new IllegalStateException("no memory for a state of Lua");
        }
        try (counts) {
            openLibraries(stack, state);
            for (String[] wanted : WANTED) {
                found.look(stack, state, wanted);
            }
            LuaState.close(state);
        }
        return found;
    }

    /** Opens those of Lua's libraries that scripts may have a part of. */
    static void openLibraries(Stack stack, long state) {
        for (String name : new String[] {"base", "table", "string", "math", "debug", "os"}) {
            Lua.pushCClosure(state, Trampolines.library("luaopen_" + name), 0);
            stack.push(state, name.equals("base") ? "" : name);
            if (LuaState.pcall(state, 1, 0, 0) != 0) {
                throw new IllegalStateException("Lua's library " + name + " does not open");
            }
        }
    }

    private void look(Stack stack, long state, String... wanted) {
        stack.push(state, wanted[0]);
        Lua.rawGet(state, Lua.GLOBALS);
        for (int i = 1; i < wanted.length; i++) {
            stack.push(state, wanted[i]);
            Lua.rawGet(state, -2);
            addresses.put(wanted[0] + "." + wanted[i], LuaState.toCFunction(state, -1));
            Lua.pop(state, 1);
        }
        Lua.pop(state, 1);
    }

    long address(String table, String name) {
        Long address = addresses.get(table + "." + name);
        if (address == null || address == 0) {
            throw new IllegalStateException("Lua has no function " + name);
        }
        return address;
    }
}

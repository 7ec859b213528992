// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.Primitive;
import dev.sigrun.lua.vm.Stack;
import java.util.ArrayList;
import java.util.List;

/**
 * Knows the tables that scripts cannot change, and the ones behind them; see {@code setup.lua}. It
 * looks at what scripts do without metatables, which would not notice. Owner thread only.
 */
final class Fronts {
    private final Stack stack;
    private final List<Front> all = new ArrayList<>();
    private long guardedNext;
    private long plainNext;

    /**
     * One such table.
     *
     * @param world who has it
     * @param address the table
     * @param back reference of the table behind
     */
    private record Front(World world, long address, int back) {}

    Fronts(Stack stack) {
        this.stack = stack;
    }

    void iteration(long guarded, long plain) {
        guardedNext = guarded;
        plainNext = plain;
    }

    void add(World world, long address, int back) {
        all.add(new Front(world, address, back));
    }

    void forget(World world) {
        all.removeIf(front -> front.world == world);
    }

    private Front find(long state) {
        if (Lua.type(state, 1) != Lua.TABLE) {
            return null;
        }
        long address = Lua.toPointer(state, 1);
        for (int i = 0; i < all.size(); i++) {
            Front front = all.get(i);
            if (front.address == address) {
                return front;
            }
        }
        return null;
    }

    /** Puts the table behind in the place of its front. */
    int showBack(long state) {
        Front front = find(state);
        if (front != null) {
            Lua.checkStack(state, 2);
            Lua.rawGetIndex(state, Lua.REGISTRY, front.back);
            Lua.replace(state, 1);
        }
        return 0;
    }

    /** Raises an error when the table to be changed is a front. */
    int refuse(long state) {
        if (find(state) == null) {
            return 0;
        }
        Lua.checkStack(state, 2);
        stack.push(state, "Attempt to modify a readonly table");
        return Primitive.ERROR;
    }

    /** {@code getmetatable(value)}: those of fronts are shown only where they say so. */
    int metatable(long state) {
        if (Lua.type(state, 1) == Lua.NONE) {
            return stack.argumentError(state, 1, "value expected");
        }
        Lua.checkStack(state, 4);
        if (Lua.getMetatable(state, 1) == 0) {
            Lua.pushNil(state);
            return 1;
        }
        stack.push(state, "__metatable");
        Lua.rawGet(state, -2);
        int shown = Lua.type(state, -1);
        if (shown == Lua.NIL) {
            Lua.pop(state, 1);
        } else if (shown == Lua.BOOLEAN && find(state) != null) {
            Lua.pushNil(state);
        }
        return 1;
    }

    /** {@code pairs(table)}: the table behind is never given out. */
    int pairs(long state) {
        if (Lua.type(state, 1) != Lua.TABLE) {
            return stack.typeError(state, 1, "table");
        }
        Lua.checkStack(state, 4);
        Lua.pushCClosure(state, find(state) == null ? plainNext : guardedNext, 0);
        Lua.pushValue(state, 1);
        Lua.pushNil(state);
        return 3;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.vm;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;

/**
 * The functions of Lua's own interface that are about a state as a whole, or run code in it. What
 * {@link Lua} says of errors holds here too. Owner thread only.
 */
public final class LuaState {
    /** The collector's actions. */
    public static final int GC_RESTART = 1;

    /** A whole collection. */
    public static final int GC_COLLECT = 2;

    /** A step of collection. */
    public static final int GC_STEP = 5;

    /** Calls the hook for each line. */
    public static final int HOOK_LINES = 1 << 2;

    /** Calls the hook after so many instructions. */
    public static final int HOOK_COUNT = 1 << 3;

    private static final MethodHandle NEW_STATE =
            LuaLibrary.handle("lua_newstate", false, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle CLOSE =
            LuaLibrary.handle("lua_close", false, null, JAVA_LONG);

    private static final MethodHandle PCALL =
            LuaLibrary.handle(
                    "lua_pcall", false, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT);

    private static final MethodHandle LOAD_BUFFER =
            LuaLibrary.handle(
                    "luaL_loadbuffer", false, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle REFERENCE =
            LuaLibrary.handle("luaL_ref", false, JAVA_INT, JAVA_LONG, JAVA_INT);

    private static final MethodHandle UNREFERENCE =
            LuaLibrary.handle("luaL_unref", false, null, JAVA_LONG, JAVA_INT, JAVA_INT);

    private static final MethodHandle GC =
            LuaLibrary.handle("lua_gc", false, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);

    private static final MethodHandle SET_HOOK =
            LuaLibrary.handle(
                    "lua_sethook", true, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT);

    private static final MethodHandle WHERE =
            LuaLibrary.handle("luaL_where", false, null, JAVA_LONG, JAVA_INT);

    private static final MethodHandle GET_STACK =
            LuaLibrary.handle("lua_getstack", true, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG);

    private static final MethodHandle GET_INFO =
            LuaLibrary.handle("lua_getinfo", false, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle TO_C_FUNCTION =
            LuaLibrary.handle("lua_tocfunction", true, JAVA_LONG, JAVA_LONG, JAVA_INT);

    private LuaState() {}

    /**
     * A new state; 0 when there is no memory.
     *
     * @param allocator address of the function that allocates
     * @param data what that is given
     */
    public static long newState(long allocator, long data) {
        try {
            return (long) NEW_STATE.invokeExact(allocator, data);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Frees a state with all that is in it. */
    public static void close(long state) {
        try {
            CLOSE.invokeExact(state);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Calls a function; everything that fails ends here. */
    public static int pcall(long state, int arguments, int results, int handler) {
        try {
            return (int) PCALL.invokeExact(state, arguments, results, handler);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Compiles code and pushes it, or the error. */
    public static int loadBuffer(long state, long code, long length, long name) {
        try {
            return (int) LOAD_BUFFER.invokeExact(state, code, length, name);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Keeps the value on top in a table, under a number. */
    public static int reference(long state, int table) {
        try {
            return (int) REFERENCE.invokeExact(state, table);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Lets a kept value go. */
    public static void unreference(long state, int table, int reference) {
        try {
            UNREFERENCE.invokeExact(state, table, reference);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Controls the collector of garbage. */
    public static int gc(long state, int what, int data) {
        try {
            return (int) GC.invokeExact(state, what, data);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Says what is called while code runs. */
    public static int setHook(long state, long hook, int mask, int count) {
        try {
            return (int) SET_HOOK.invokeExact(state, hook, mask, count);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Pushes where a function is being executed. */
    public static void where(long state, int level) {
        try {
            WHERE.invokeExact(state, level);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Finds a function that is being executed. */
    public static int getStack(long state, int level, long activation) {
        try {
            return (int) GET_STACK.invokeExact(state, level, activation);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Fills in what is known of a function. */
    public static int getInfo(long state, long what, long activation) {
        try {
            return (int) GET_INFO.invokeExact(state, what, activation);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Address of the code of a native function; 0 for other values. */
    public static long toCFunction(long state, int index) {
        try {
            return (long) TO_C_FUNCTION.invokeExact(state, index);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }
}

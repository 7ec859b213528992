// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.vm;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;

/**
 * The functions of Lua's own interface that are about values on a stack, under names of this
 * project. A state is the address that Lua knows it by. Owner thread only.
 *
 * <p>Nothing here may raise an error while Java code is on the stack above Lua, since an error is a
 * jump over all frames: inside of a function that Lua calls, only what cannot raise any may be
 * called, which leaves out access through metatables. {@link LuaState#pcall} and {@link
 * LuaState#loadBuffer} catch.
 */
public final class Lua {
    /** No value. */
    public static final int NONE = -1;

    /** The type of nil. */
    public static final int NIL = 0;

    /** The type of true and false. */
    public static final int BOOLEAN = 1;

    /** The type of plain addresses. */
    public static final int LIGHT_USERDATA = 2;

    /** The type of numbers. */
    public static final int NUMBER = 3;

    /** The type of strings. */
    public static final int STRING = 4;

    /** The type of tables. */
    public static final int TABLE = 5;

    /** The type of functions. */
    public static final int FUNCTION = 6;

    /** Index of the table that only native code sees. */
    public static final int REGISTRY = -10000;

    /** Index of the table of globals. */
    public static final int GLOBALS = -10002;

    private static final MethodHandle TOP =
            LuaLibrary.handle("lua_gettop", true, JAVA_INT, JAVA_LONG);

    private static final MethodHandle SET_TOP =
            LuaLibrary.handle("lua_settop", true, null, JAVA_LONG, JAVA_INT);

    private static final MethodHandle PUSH_VALUE =
            LuaLibrary.handle("lua_pushvalue", true, null, JAVA_LONG, JAVA_INT);

    private static final MethodHandle REMOVE =
            LuaLibrary.handle("lua_remove", true, null, JAVA_LONG, JAVA_INT);

    private static final MethodHandle INSERT =
            LuaLibrary.handle("lua_insert", true, null, JAVA_LONG, JAVA_INT);

    private static final MethodHandle REPLACE =
            LuaLibrary.handle("lua_replace", true, null, JAVA_LONG, JAVA_INT);

    private static final MethodHandle CHECK_STACK =
            LuaLibrary.handle("lua_checkstack", false, JAVA_INT, JAVA_LONG, JAVA_INT);

    private static final MethodHandle TYPE =
            LuaLibrary.handle("lua_type", true, JAVA_INT, JAVA_LONG, JAVA_INT);

    private static final MethodHandle IS_NUMBER =
            LuaLibrary.handle("lua_isnumber", true, JAVA_INT, JAVA_LONG, JAVA_INT);

    private static final MethodHandle IS_STRING =
            LuaLibrary.handle("lua_isstring", true, JAVA_INT, JAVA_LONG, JAVA_INT);

    private static final MethodHandle TO_NUMBER =
            LuaLibrary.handle("lua_tonumber", true, JAVA_DOUBLE, JAVA_LONG, JAVA_INT);

    private static final MethodHandle TO_BOOLEAN =
            LuaLibrary.handle("lua_toboolean", true, JAVA_INT, JAVA_LONG, JAVA_INT);

    private static final MethodHandle TO_L_STRING =
            LuaLibrary.handle("lua_tolstring", true, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG);

    private static final MethodHandle OBJECT_LENGTH =
            LuaLibrary.handle("lua_objlen", true, JAVA_LONG, JAVA_LONG, JAVA_INT);

    private static final MethodHandle TO_POINTER =
            LuaLibrary.handle("lua_topointer", true, JAVA_LONG, JAVA_LONG, JAVA_INT);

    private static final MethodHandle PUSH_NIL =
            LuaLibrary.handle("lua_pushnil", true, null, JAVA_LONG);

    private static final MethodHandle PUSH_NUMBER =
            LuaLibrary.handle("lua_pushnumber", true, null, JAVA_LONG, JAVA_DOUBLE);

    private static final MethodHandle PUSH_L_STRING =
            LuaLibrary.handle("lua_pushlstring", true, null, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle PUSH_BOOLEAN =
            LuaLibrary.handle("lua_pushboolean", true, null, JAVA_LONG, JAVA_INT);

    private static final MethodHandle PUSH_LIGHT_USERDATA =
            LuaLibrary.handle("lua_pushlightuserdata", true, null, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle PUSH_C_CLOSURE =
            LuaLibrary.handle("lua_pushcclosure", true, null, JAVA_LONG, JAVA_LONG, JAVA_INT);

    private static final MethodHandle CREATE_TABLE =
            LuaLibrary.handle("lua_createtable", true, null, JAVA_LONG, JAVA_INT, JAVA_INT);

    private static final MethodHandle RAW_GET =
            LuaLibrary.handle("lua_rawget", true, null, JAVA_LONG, JAVA_INT);

    private static final MethodHandle RAW_SET =
            LuaLibrary.handle("lua_rawset", false, null, JAVA_LONG, JAVA_INT);

    private static final MethodHandle RAW_GET_INDEX =
            LuaLibrary.handle("lua_rawgeti", true, null, JAVA_LONG, JAVA_INT, JAVA_INT);

    private static final MethodHandle RAW_SET_INDEX =
            LuaLibrary.handle("lua_rawseti", false, null, JAVA_LONG, JAVA_INT, JAVA_INT);

    private static final MethodHandle GET_METATABLE =
            LuaLibrary.handle("lua_getmetatable", true, JAVA_INT, JAVA_LONG, JAVA_INT);

    private static final MethodHandle NEXT =
            LuaLibrary.handle("lua_next", true, JAVA_INT, JAVA_LONG, JAVA_INT);

    private Lua() {}

    /** Number of values on the stack. */
    public static int top(long state) {
        try {
            return (int) TOP.invokeExact(state);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Drops values, or adds nils. */
    public static void setTop(long state, int index) {
        try {
            SET_TOP.invokeExact(state, index);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Pushes a value once more. */
    public static void pushValue(long state, int index) {
        try {
            PUSH_VALUE.invokeExact(state, index);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Removes a value from amid the stack. */
    public static void remove(long state, int index) {
        try {
            REMOVE.invokeExact(state, index);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Moves the top value down. */
    public static void insert(long state, int index) {
        try {
            INSERT.invokeExact(state, index);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Moves the top value over another. */
    public static void replace(long state, int index) {
        try {
            REPLACE.invokeExact(state, index);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Makes room for values; 0 when there is none. */
    public static int checkStack(long state, int more) {
        try {
            return (int) CHECK_STACK.invokeExact(state, more);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** The type of a value, {@link #NONE} beyond the stack. */
    public static int type(long state, int index) {
        try {
            return (int) TYPE.invokeExact(state, index);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Whether a value is a number or reads as one. */
    public static int isNumber(long state, int index) {
        try {
            return (int) IS_NUMBER.invokeExact(state, index);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Whether a value is a string or a number. */
    public static int isString(long state, int index) {
        try {
            return (int) IS_STRING.invokeExact(state, index);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** A value as a number, 0 when it is none. */
    public static double toNumber(long state, int index) {
        try {
            return (double) TO_NUMBER.invokeExact(state, index);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Whether a value counts as true. */
    public static int toBoolean(long state, int index) {
        try {
            return (int) TO_BOOLEAN.invokeExact(state, index);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /**
     * Address of a string; its length is written to an address. A number becomes a string in its
     * place.
     */
    public static long toLString(long state, int index, long length) {
        try {
            return (long) TO_L_STRING.invokeExact(state, index, length);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Length of a string or of the array in a table. */
    public static long objectLength(long state, int index) {
        try {
            return (long) OBJECT_LENGTH.invokeExact(state, index);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Address of an object; 0 for other values. */
    public static long toPointer(long state, int index) {
        try {
            return (long) TO_POINTER.invokeExact(state, index);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Pushes nil. */
    public static void pushNil(long state) {
        try {
            PUSH_NIL.invokeExact(state);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Pushes a number. */
    public static void pushNumber(long state, double value) {
        try {
            PUSH_NUMBER.invokeExact(state, value);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Pushes a copy of bytes as a string. */
    public static void pushLString(long state, long address, long length) {
        try {
            PUSH_L_STRING.invokeExact(state, address, length);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Pushes a boolean. */
    public static void pushBoolean(long state, int value) {
        try {
            PUSH_BOOLEAN.invokeExact(state, value);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Pushes an address. */
    public static void pushLightUserdata(long state, long value) {
        try {
            PUSH_LIGHT_USERDATA.invokeExact(state, value);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Pushes native code as a function. */
    public static void pushCClosure(long state, long code, int upvalues) {
        try {
            PUSH_C_CLOSURE.invokeExact(state, code, upvalues);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Pushes a new table with room. */
    public static void createTable(long state, int array, int fields) {
        try {
            CREATE_TABLE.invokeExact(state, array, fields);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Replaces the key on top by its value. */
    public static void rawGet(long state, int table) {
        try {
            RAW_GET.invokeExact(state, table);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Sets a field to the value on top, the key below it; both go. */
    public static void rawSet(long state, int table) {
        try {
            RAW_SET.invokeExact(state, table);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Pushes an element. */
    public static void rawGetIndex(long state, int table, int index) {
        try {
            RAW_GET_INDEX.invokeExact(state, table, index);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Sets an element to the value on top, which goes. */
    public static void rawSetIndex(long state, int table, int index) {
        try {
            RAW_SET_INDEX.invokeExact(state, table, index);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Pushes the metatable of a value; pushes nothing and gives 0 when it has none. */
    public static int getMetatable(long state, int index) {
        try {
            return (int) GET_METATABLE.invokeExact(state, index);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Replaces a key by the next one and its value; pushes nothing and gives 0 at the end. */
    public static int next(long state, int table) {
        try {
            return (int) NEXT.invokeExact(state, table);
        } catch (Throwable e) {
            throw LuaLibrary.broken(e);
        }
    }

    /** Drops values from the top. */
    public static void pop(long state, int count) {
        setTop(state, -count - 1);
    }
}

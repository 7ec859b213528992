// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.vm;

import dev.sigrun.memory.Memory;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/**
 * What is done with the values on a stack of Lua beyond single calls: texts in and out, and errors.
 * Texts have a character for each byte. One serves all states of an engine. Owner thread only.
 */
public final class Stack implements AutoCloseable {
    private static final int SCRATCH_BYTES = 32 * 1024;
    private static final int LENGTH_BYTES = 8;

    /** Room for the structure by which Lua describes a function that is being executed. */
    private static final int ACTIVATION_BYTES = 256;

    private static final int ACTIVATION_NAME = 8;
    private static final int ACTIVATION_KIND_OF_NAME = 16;

    private final Arena arena = Arena.ofShared();
    private final long length = arena.allocate(LENGTH_BYTES, 8).address();
    private final long activation = arena.allocate(ACTIVATION_BYTES, 8).address();
    private final long nameOnly = arena.allocateFrom("n").address();
    private final long scratch = arena.allocate(SCRATCH_BYTES, 8).address();

    /** Memory for texts on their way. */
    public Stack() {}

    /** Memory to put a few bytes in before they are pushed; at least 32 KiB. */
    public long scratch() {
        return scratch;
    }

    // ---- out ----

    /**
     * Address of a string, whose length {@link #length} gives then. A number becomes a string.
     *
     * @return 0 when the value is neither
     */
    public long string(long state, int index) {
        return Lua.toLString(state, index, length);
    }

    /** Length of what {@link #string} gave last. */
    public long length() {
        return Memory.getLong(length);
    }

    /** A string or number as text, or null. */
    public String text(long state, int index) {
        byte[] content = bytes(state, index);
        return content == null ? null : new String(content, StandardCharsets.ISO_8859_1);
    }

    /** A string's content; null when the value is no string, or too long to be copied. */
    public byte[] bytes(long state, int index) {
        long address = string(state, index);
        long size = length();
        if (address == 0 || size > Integer.MAX_VALUE - 64) {
            return null;
        }
        byte[] content = new byte[(int) size];
        Memory.copy(address, content, 0, content.length);
        return content;
    }

    /** The text of a field, which is got without metatables; null when it is no string. */
    public String field(long state, int table, String name) {
        int at = table < 0 && table > Lua.REGISTRY ? table - 1 : table;
        push(state, name);
        Lua.rawGet(state, at);
        String text = Lua.isString(state, -1) == 0 ? null : text(state, -1);
        Lua.pop(state, 1);
        return text;
    }

    // ---- in ----

    /** Pushes a text. */
    public void push(long state, String text) {
        int size = text.length();
        if (size > SCRATCH_BYTES) {
            push(state, text.getBytes(StandardCharsets.ISO_8859_1));
            return;
        }
        for (int i = 0; i < size; i++) {
            Memory.putByte(scratch + i, (byte) text.charAt(i));
        }
        Lua.pushLString(state, scratch, size);
    }

    /** Pushes bytes. */
    public void push(long state, byte[] content) {
        push(state, content, content.length);
    }

    /** Pushes the first bytes of an array. */
    public void push(long state, byte[] content, int size) {
        if (size <= SCRATCH_BYTES) {
            Memory.copy(content, 0, scratch, size);
            Lua.pushLString(state, scratch, size);
            return;
        }
        try (Arena once = Arena.ofConfined()) {
            long address = once.allocate(size).address();
            Memory.copy(content, 0, address, size);
            Lua.pushLString(state, address, size);
        }
    }

    /** Sets a field of the table below the value on top, which goes. */
    public void setField(long state, String name) {
        push(state, name);
        Lua.insert(state, -2);
        Lua.rawSet(state, -3);
    }

    // ---- errors ----

    /**
     * Pushes an error with the place in the script where the running function was called.
     *
     * @return {@link Primitive#ERROR}
     */
    public int fail(long state, String message) {
        return fail(state, 1, message);
    }

    /**
     * The same with the place where a function further out was called.
     *
     * @param level 1 for the function that runs, 2 for its caller
     */
    public int fail(long state, int level, String message) {
        Lua.checkStack(state, 8);
        LuaState.where(state, level);
        String place = text(state, -1);
        Lua.pop(state, 1);
        push(state, place + message);
        return Primitive.ERROR;
    }

    /** Pushes the error for an argument that is not as it should be; numbers begin with 1. */
    public int argumentError(long state, int argument, String problem) {
        int number = argument;
        String name = "?";
        if (LuaState.getStack(state, 0, activation) != 0) {
            LuaState.getInfo(state, nameOnly, activation);
            name = cText(Memory.getLong(activation + ACTIVATION_NAME), "?");
            if (cText(Memory.getLong(activation + ACTIVATION_KIND_OF_NAME), "").equals("method")) {
                number--;
                if (number == 0) {
                    return fail(state, "calling '" + name + "' on bad self (" + problem + ")");
                }
            }
        }
        return fail(state, "bad argument #" + number + " to '" + name + "' (" + problem + ")");
    }

    /** Pushes the error for an argument of the wrong type. */
    public int typeError(long state, int argument, String wanted) {
        return argumentError(
                state, argument, wanted + " expected, got " + typeName(Lua.type(state, argument)));
    }

    private static String cText(long address, String otherwise) {
        if (address == 0) {
            return otherwise;
        }
        StringBuilder text = new StringBuilder();
        for (long at = address; Memory.getByte(at) != 0 && text.length() < 256; at++) {
            text.append((char) (Memory.getByte(at) & 0xFF));
        }
        return text.toString();
    }

    /** What Lua calls a type. */
    public static String typeName(int type) {
        return switch (type) {
            case Lua.NONE -> "no value";
            case Lua.NIL -> "nil";
            case Lua.BOOLEAN -> "boolean";
            case Lua.NUMBER -> "number";
            case Lua.STRING -> "string";
            case Lua.TABLE -> "table";
            case Lua.FUNCTION -> "function";
            case 8 -> "thread";
            default -> "userdata";
        };
    }

    @Override
    public void close() {
        arena.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.lib;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.Stack;
import dev.sigrun.memory.Memory;

/** The library {@code struct}: values in the memory layouts of C. Owner thread only. */
final class Structs extends Checked {
    private static final String TABLE = "libraries.struct";
    private static final int INTEGER_BYTES_MAX = 32;
    private static final int ALIGNMENT_DEFAULT = 8;

    private final ByteSink out = new ByteSink();
    private String format;
    private int at;
    private boolean bigEndian;
    private int alignment;

    Structs(Stack stack) {
        super(stack);
    }

    void add(Libraries.Taker taker) {
        taker.add(TABLE, "pack", checked(this::pack));
        taker.add(TABLE, "unpack", checked(this::unpack));
        taker.add(TABLE, "size", checked(this::size));
    }

    // ---- formats ----

    private void begin(long state) {
        string(state, 1);
        format = stack.text(state, 1);
        int end = format.indexOf('\0');
        format = end < 0 ? format : format.substring(0, end);
        at = 0;
        bigEndian = false;
        alignment = 1;
    }

    private int count(int otherwise) {
        if (at == format.length() || !isDigit(format.charAt(at))) {
            return otherwise;
        }
        long value = 0;
        while (at < format.length() && isDigit(format.charAt(at))) {
            value = value * 10 + format.charAt(at++) - '0';
            if (value > Integer.MAX_VALUE) {
                throw Failure.of("integral size overflow");
            }
        }
        return (int) value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Bytes that an option takes; 0 for those that take none or as many as there are. */
    private int bytes(char option) {
        return switch (option) {
            case 'B', 'b', 'x' -> 1;
            case 'H', 'h' -> 2;
            case 'L', 'l', 'T', 'd' -> 8;
            case 'f' -> 4;
            case 'c' -> count(1);
            case 'i', 'I' -> {
                int size = count(4);
                if (size > INTEGER_BYTES_MAX) {
                    throw Failure.of(
                            "integral size "
                                    + size
                                    + " is larger than limit of "
                                    + INTEGER_BYTES_MAX);
                }
                yield size;
            }
            default -> 0;
        };
    }

    /** Bytes to leave out so that an element is aligned. */
    private long gap(long position, char option, int size) {
        if (size == 0 || option == 'c') {
            return 0;
        }
        int unit = Math.min(size, alignment);
        return unit - (position & unit - 1) & unit - 1;
    }

    private void control(char option) {
        switch (option) {
            case ' ' -> {}
            case '>' -> bigEndian = true;
            case '<' -> bigEndian = false;
            case '!' -> {
                int wanted = count(ALIGNMENT_DEFAULT);
                if (wanted <= 0 || (wanted & wanted - 1) != 0) {
                    throw Failure.of("alignment " + wanted + " is not a power of 2");
                }
                alignment = wanted;
            }
            default -> throw Failure.argument(1, "invalid format option '" + option + "'");
        }
    }

    // ---- pack ----

    private int pack(long state) {
        begin(state);
        out.clear();
        room(state, 4);
        int argument = 2;
        while (at < format.length()) {
            char option = format.charAt(at++);
            int size = bytes(option);
            for (long gap = gap(out.size(), option, size); gap > 0; gap--) {
                out.put(0);
            }
            switch (option) {
                case 'b', 'B', 'h', 'H', 'l', 'L', 'T', 'i', 'I' ->
                        putInteger(integer(number(state, argument++)), size);
                case 'x' -> out.put(0);
                case 'f' -> put(Float.floatToRawIntBits((float) number(state, argument++)), size);
                case 'd' -> put(Double.doubleToRawLongBits(number(state, argument++)), size);
                case 'c', 's' -> putString(state, argument++, option, size);
                default -> control(option);
            }
        }
        stack.push(state, out.content(), out.size());
        return 1;
    }

    private static long integer(double value) {
        if (value < 0) {
            return value >= -0x1p63 ? (long) value : Long.MIN_VALUE;
        }
        if (value < 0x1p63) {
            return (long) value;
        }
        return value < 0x1p64 ? (long) (value - 0x1p63) ^ Long.MIN_VALUE : 0;
    }

    private void put(long value, int size) {
        if (bigEndian) {
            out.bigEndian(value, size);
        } else {
            out.littleEndian(value, size);
        }
    }

    /** An integer may have more bytes than it has here; those are zero. */
    private void putInteger(long value, int size) {
        int extra = Math.max(0, size - Long.BYTES);
        for (int i = 0; bigEndian && i < extra; i++) {
            out.put(0);
        }
        put(value, size - extra);
        for (int i = 0; !bigEndian && i < extra; i++) {
            out.put(0);
        }
    }

    private void putString(long state, int argument, char option, int size) {
        long address = string(state, argument);
        long length = stack.length();
        long wanted = size == 0 ? length : size;
        if (length < wanted) {
            throw Failure.argument(argument + 1, "string too short");
        }
        out.memory(address, wanted);
        if (option == 's') {
            out.put(0);
        }
    }

    // ---- unpack ----

    private int unpack(long state) {
        begin(state);
        long data = string(state, 2);
        long length = stack.length();
        double first = Lua.type(state, 3) <= Lua.NIL ? 1 : number(state, 3);
        if (!(first >= 1)) {
            // Read as unsigned, a negative position is far beyond any string.
            throw first > -1 && first < 1
                    ? Failure.argument(3, "offset must be 1 or greater")
                    : tooShort();
        }
        long position = (long) first - 1;
        int results = 0;
        while (at < format.length()) {
            char option = format.charAt(at++);
            int size = bytes(option);
            position += gap(position, option, size);
            if (size > length || position > length - size) {
                throw tooShort();
            }
            if (Lua.checkStack(state, 4) == 0) {
                throw Failure.of("stack overflow (too many results)");
            }
            long used = size;
            results++;
            switch (option) {
                case 'b', 'h', 'l', 'i' -> Lua.pushNumber(state, signed(data + position, size));
                case 'B', 'H', 'L', 'T', 'I' ->
                        Lua.pushNumber(
                                state, Unpacker.unsignedToDouble(bits(data + position, size)));
                case 'f' ->
                        Lua.pushNumber(
                                state, Float.intBitsToFloat((int) bits(data + position, size)));
                case 'd' ->
                        Lua.pushNumber(state, Double.longBitsToDouble(bits(data + position, size)));
                case 'c' -> {
                    if (size == 0) {
                        used = counted(state, results > 1);
                        results--;
                        if (used < 0 || used > length || position > length - used) {
                            throw tooShort();
                        }
                    }
                    Lua.pushLString(state, data + position, used);
                }
                case 's' -> {
                    long end = zero(data + position, data + length);
                    if (end < 0) {
                        throw Failure.of("unfinished string in data");
                    }
                    Lua.pushLString(state, data + position, end);
                    used = end + 1;
                }
                case 'x' -> results--;
                default -> {
                    results--;
                    control(option);
                }
            }
            position += used;
        }
        Lua.pushNumber(state, (double) (position + 1));
        return results + 1;
    }

    private static Failure tooShort() {
        return Failure.argument(2, "data string too short");
    }

    /** Takes a length off the stack. */
    private static long counted(long state, boolean isThere) {
        if (!isThere || Lua.isNumber(state, -1) == 0) {
            throw Failure.of("format 'c0' needs a previous size");
        }
        double value = Lua.toNumber(state, -1);
        Lua.pop(state, 1);
        return value >= 0 && value < 0x1p53 ? (long) value : -1;
    }

    private static long zero(long from, long end) {
        for (long i = from; i < end; i++) {
            if (Memory.getByte(i) == 0) {
                return i - from;
            }
        }
        return -1;
    }

    /** The low 64 bits of an integer. */
    private long bits(long address, int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            int offset = bigEndian ? i : size - 1 - i;
            value = value << 8 | Memory.getByte(address + offset) & 0xFF;
        }
        return value;
    }

    private double signed(long address, int size) {
        long value = bits(address, size);
        int unused = 64 - 8 * Math.min(size, 8);
        return size == 0 ? 0 : (double) (value << unused >> unused);
    }

    // ---- size ----

    private int size(long state) {
        begin(state);
        long position = 0;
        while (at < format.length()) {
            char option = format.charAt(at++);
            int size = bytes(option);
            position += gap(position, option, size);
            if (option == 's') {
                throw Failure.argument(1, "option 's' has no fixed size");
            }
            if (option == 'c' && size == 0) {
                throw Failure.argument(1, "option 'c0' has no fixed size");
            }
            if (!Character.isLetterOrDigit(option) || option > 0x7F) {
                control(option);
            }
            position += size;
        }
        Lua.pushNumber(state, (double) position);
        return 1;
    }
}

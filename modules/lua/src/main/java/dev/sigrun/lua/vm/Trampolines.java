// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.vm;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sigrun.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes functions in Java callable from Lua. Lua raises an error by jumping over all frames up to
 * whoever catches it, and a frame of Java must never be among them. So each function has a few
 * bytes of machine code of its own: they call into Java, and when Java has returned and says that
 * it failed, it is they who raise the error. Owner thread only.
 */
public final class Trampolines implements AutoCloseable {
    private static final int PROTECTION_READ = 1;
    private static final int PROTECTION_WRITE = 2;
    private static final int PROTECTION_EXECUTE = 4;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final long FAILED = -1;
    private static final int PAGES_BYTES = 32 * 1024;
    private static final int FUNCTIONS_MAX = PAGES_BYTES / MachineCode.BYTES_MAX;

    private static final MethodHandle MAP =
            system(
                    "mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
                    JAVA_LONG);
    private static final MethodHandle PROTECT =
            system("mprotect", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle UNMAP = system("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);

    private final Stack stack;
    private final MachineCode machine = MachineCode.ofThisMachine();
    private final Arena arena = Arena.ofShared();
    private final List<Primitive> primitives = new ArrayList<>();
    private final long pages;
    private final long dispatch;
    private final long raise;
    private final long allocatorPages;
    private MemoryLimit limit;
    private int used;
    private boolean ready;

    /**
     * Makes room for functions.
     *
     * @param stack how errors of Java are told
     */
    @SuppressWarnings("restricted") // Lua is native code.
    public Trampolines(Stack stack) {
        this.stack = stack;
        FunctionDescriptor shape = FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT);
        dispatch = LuaLibrary.linker().upcallStub(entrance(), shape, arena).address();
        raise = LuaLibrary.symbol("lua_error").address();
        pages = map();
        allocatorPages = map();
        byte[] allocating = machine.allocator(system("realloc"), system("free"));
        Memory.copy(allocating, 0, allocatorPages, allocating.length);
        protect(allocatorPages);
    }

    private static long map() {
        long address;
        try {
            address =
                    (long)
                            MAP.invokeExact(
                                    0L,
                                    (long) PAGES_BYTES,
                                    PROTECTION_READ | PROTECTION_WRITE,
                                    MAP_PRIVATE_ANONYMOUS,
                                    -1,
                                    0L);
        } catch (Throwable e) {
            throw new IllegalStateException("no memory for code can be had", e);
        }
        if (address == FAILED) {
            throw new IllegalStateException("no memory for code can be had");
        }
        return address;
    }

    @SuppressWarnings("restricted") // The C library has no other way in.
    private static MethodHandle system(
            String name,
            java.lang.foreign.ValueLayout result,
            java.lang.foreign.ValueLayout... parameters) {
        Linker linker = LuaLibrary.linker();
        return linker.downcallHandle(
                linker.defaultLookup().find(name).orElseThrow(),
                FunctionDescriptor.of(result, parameters));
    }

    private static long system(String name) {
        return LuaLibrary.linker().defaultLookup().find(name).orElseThrow().address();
    }

    private MethodHandle entrance() {
        try {
            return MethodHandles.lookup()
                    .bind(
                            this,
                            "dispatch",
                            MethodType.methodType(int.class, long.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where Lua comes in. Whatever goes wrong in Java becomes an error of Lua. */
    @SuppressWarnings("UnusedMethod") // Called by way of a handle.
    private int dispatch(long state, int number) {
        MemoryLimit inForce = limit;
        if (inForce != null) {
            inForce.off();
        }
        try {
            return primitives.get(number).call(state);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            return stack.fail(state, "internal error: " + e);
        } catch (OutOfMemoryError e) {
            return stack.fail(state, "not enough memory");
        } finally {
            if (inForce != null) {
                inForce.on();
            }
        }
    }

    /**
     * A native function that runs a primitive.
     *
     * @return the address of its code
     */
    public long function(Primitive primitive) {
        int number = add(primitive);
        return put(machine.function(number, dispatch, raise));
    }

    /** The cheap look that decides whether a guard looks more closely. */
    public enum Probe {
        /** The number of arguments. */
        ARGUMENTS("lua_gettop", 0, false),
        /** The length of the second argument. */
        SECOND_LENGTH("lua_objlen", 2, true);

        private final String symbol;
        private final int argument;
        private final boolean wide;

        Probe(String symbol, int argument, boolean wide) {
            this.symbol = symbol;
            this.argument = argument;
            this.wide = wide;
        }
    }

    /**
     * A native function that goes on to another one, but first lets a primitive look at the
     * arguments when a probe exceeds a limit. The primitive may change them.
     *
     * @param original address of the other one's code
     * @return the address of its code
     */
    public long guard(Primitive primitive, Probe probe, int limit, long original) {
        int number = add(primitive);
        return put(
                machine.guard(
                        number,
                        dispatch,
                        raise,
                        LuaLibrary.symbol(probe.symbol).address(),
                        probe.argument,
                        probe.wide,
                        limit,
                        original));
    }

    private int add(Primitive primitive) {
        if (primitives.size() == FUNCTIONS_MAX || ready) {
            throw new IllegalStateException("there is no room for a further function");
        }
        primitives.add(primitive);
        return primitives.size() - 1;
    }

    private long put(byte[] code) {
        long at = pages + used;
        Memory.copy(code, 0, at, code.length);
        used += MachineCode.BYTES_MAX;
        return at;
    }

    /** Makes the code executable; there are no further functions after this. */
    public void ready() {
        ready = true;
        protect(pages);
    }

    private static void protect(long address) {
        int result;
        try {
            result =
                    (int)
                            PROTECT.invokeExact(
                                    address,
                                    (long) PAGES_BYTES,
                                    PROTECTION_READ | PROTECTION_EXECUTE);
        } catch (Throwable e) {
            throw new IllegalStateException("the system does not let new code run", e);
        }
        if (result != 0) {
            throw new IllegalStateException("the system does not let new code run");
        }
    }

    /** A new state whose memory is counted. */
    public long newState(MemoryLimit counts) {
        return LuaState.newState(allocatorPages, counts.address());
    }

    /**
     * Calls a function as {@link LuaState#pcall} does, within a limit.
     *
     * @param counts the limit of the state
     */
    public int pcall(long state, int arguments, int results, int handler, MemoryLimit counts) {
        limit = counts;
        counts.on();
        try {
            return LuaState.pcall(state, arguments, results, handler);
        } finally {
            limit = null;
            counts.off();
        }
    }

    /** Address of a function of Lua's library. */
    public static long library(String name) {
        return LuaLibrary.symbol(name).address();
    }

    private static void unmap(long address) {
        int result;
        try {
            result = (int) UNMAP.invokeExact(address, (long) PAGES_BYTES);
        } catch (Throwable e) {
            throw new IllegalStateException("memory for code cannot be given back", e);
        }
        if (result != 0) {
            throw new IllegalStateException("memory for code cannot be given back");
        }
    }

    @Override
    public void close() {
        unmap(pages);
        unmap(allocatorPages);
        arena.close();
    }
}

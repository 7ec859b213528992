// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.vm;

/** Writes the machine code that stands between Lua and Java, for one kind of processor. */
interface MachineCode {
    /** Bytes that one function takes at most. */
    int BYTES_MAX = 160;

    /** The code for the machine at hand. */
    static MachineCode ofThisMachine() {
        String machine = System.getProperty("os.arch");
        return machine.equals("amd64") || machine.equals("x86_64") ? new X86Code() : new ArmCode();
    }

    /**
     * A native function for Lua that calls {@code dispatch(state, number)}, gives back what that
     * gives, and raises the error on top of the stack when that is negative.
     *
     * @param dispatch address of the way into Java
     * @param raise address of {@code lua_error}
     */
    byte[] function(int number, long dispatch, long raise);

    /**
     * An allocator for Lua: {@code allocate(counts, block, oldSize, newSize)}, where {@code counts}
     * has the bytes in use and how many these may become at most. Only growth is ever refused.
     *
     * @param resize address of {@code realloc}
     * @param free address of {@code free}
     */
    byte[] allocator(long resize, long free);

    /**
     * A native function for Lua that goes on to another one, after {@code dispatch(state, number)}
     * has had a look whenever {@code probe(state, argument)} is larger than a limit. When that look
     * gives something negative, the error on top of the stack is raised.
     *
     * @param probe address of a function that costs next to nothing
     * @param wide whether the probe's result has 64 bits rather than 32
     * @param original address of the function to go on to
     */
    byte[] guard(
            int number,
            long dispatch,
            long raise,
            long probe,
            int argument,
            boolean wide,
            int limit,
            long original);
}

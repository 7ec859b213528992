// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.vm;

/** A function in Java that Lua calls. */
@FunctionalInterface
public interface Primitive {
    /** What {@link #call} gives when it has failed; the error is on top of the stack then. */
    int ERROR = -1;

    /**
     * Runs.
     *
     * @param state where the arguments are, from index 1 on
     * @return the number of results on top of the stack, or {@link #ERROR}
     */
    int call(long state);
}

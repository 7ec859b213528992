// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.script;

import dev.sigrun.spi.ForPlugin;
import java.util.Set;

/** A script that is compiled: the code of one {@code EVAL}, or one function of a library. */
@ForPlugin
public interface ScriptFunction {
    /** The function's name, a character for each byte; null for the code of an {@code EVAL}. */
    String name();

    /** What the function says it does, a character for each byte; null when it says nothing. */
    String description();

    /** What the function says about itself; empty for the code of an {@code EVAL}. */
    Set<ScriptFlag> flags();

    /**
     * Runs the function, and replies with what it returns or with how it failed.
     *
     * @param call lent until this returns
     */
    void run(ScriptCall call);

    /**
     * The function is not wanted any more. It is not called when all functions go at once with
     * {@link ScriptEngine#reset}.
     */
    void release();

    /** Bytes that the function takes beside the engine's own memory. */
    long memoryBytes();
}

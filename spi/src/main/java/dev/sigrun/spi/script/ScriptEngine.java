// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.script;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.ForPlugin;
import dev.sigrun.spi.command.CommandException;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A language for scripts. Owner thread only. */
@ForPlugin
public interface ScriptEngine {
    /**
     * The name that scripts begin with, as in {@code #!lua}. It is matched without regard to case
     * and shown as it is.
     */
    String name();

    /**
     * Compiles a script. The source is not trusted: whatever it holds, this returns or throws, and
     * soon.
     *
     * @param source the code without its first line when that names the engine; lent
     * @param goOn asked now and then while code runs that registers functions; once it says no, the
     *     compilation gives up
     * @return for {@link ScriptKind#EVAL} exactly one function; else all that were registered, of
     *     which two may have one name
     * @throws CommandException when the script does not compile; nothing is left of it
     */
    List<ScriptFunction> compile(ScriptKind kind, Bytes source, BooleanSupplier goOn)
            throws CommandException;

    /**
     * Forgets everything of one kind, all functions included, so that what a script has left behind
     * is gone too. No script of the kind runs meanwhile.
     */
    void reset(ScriptKind kind);

    /** Bytes that the engine takes for one kind. */
    long memoryBytes(ScriptKind kind);
}

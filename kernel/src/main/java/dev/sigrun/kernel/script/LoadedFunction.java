// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import dev.sigrun.spi.script.ScriptFunction;

/** A function of a library. Owner thread only. */
final class LoadedFunction {
    final Library library;
    final ScriptFunction code;
    final String name;

    /** The next function in the same place of {@link FunctionTable}. */
    LoadedFunction next;

    LoadedFunction(Library library, ScriptFunction code) {
        this.library = library;
        this.code = code;
        this.name = code.name();
    }
}

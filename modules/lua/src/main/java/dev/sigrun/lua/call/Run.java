// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.call;

import dev.sigrun.spi.script.ScriptCall;

/** The run at hand, for the functions that scripts call. Owner thread only. */
public final class Run {
    ScriptCall call;

    /** The protocol of the replies that the script hears. */
    int protocol = 2;

    boolean inCommand;
    boolean eval;

    /** Whether a script runs, rather than the code of a library that registers functions. */
    boolean isOn() {
        return call != null;
    }

    /** Whether the script is one of EVAL rather than a function. */
    public boolean isEval() {
        return eval;
    }

    /** The run that the server has begun. */
    public ScriptCall call() {
        return call;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua;

import dev.sigrun.lua.call.ErrorTable;
import dev.sigrun.lua.call.Run;
import dev.sigrun.lua.vm.Stack;
import org.slf4j.Logger;

/** Looks around now and then while code runs, and ends it when it shall not go on. */
final class Watch {
    /** Instructions of Lua between two looks. */
    static final int INSTRUCTIONS = 100_000;

    private final Stack stack;
    private final Run run;
    private final Registration registration;
    private final Logger log;
    private final Natives natives;

    Watch(Stack stack, Run run, Registration registration, Logger log, Natives natives) {
        this.stack = stack;
        this.run = run;
        this.registration = registration;
        this.log = log;
        this.natives = natives;
    }

    /** Lua calls this every so many instructions. */
    int look(long state) {
        String end = null;
        if (run.call() != null) {
            if (!run.call().tick()) {
                end =
                        run.isEval()
                                ? "Script killed by user with SCRIPT KILL."
                                : "Script killed by user with FUNCTION KILL.";
                log.info(end);
            }
        } else if (registration.isOver()) {
            end = "FUNCTION LOAD timeout";
        }
        if (end == null) {
            return 0;
        }
        // From now on at every line, so that the script cannot catch the error for good.
        natives.watchEveryLine(state);
        return ErrorTable.push(stack, state, end);
    }
}

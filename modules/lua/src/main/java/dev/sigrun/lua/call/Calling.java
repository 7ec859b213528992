// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.call;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.Primitive;
import dev.sigrun.lua.vm.Stack;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.DoubleText;
import dev.sigrun.spi.script.CallOutcome;

/**
 * {@code server.call}, {@code server.pcall} and {@code server.acl_check_cmd}. Owner thread only.
 */
public final class Calling {
    /** What a command may be in all; beyond it the server would not take it from a client. */
    private static final long COMMAND_BYTES_MAX = 1L << 30;

    private final Stack stack;
    private final Run run;
    private final ReplyReader replies;
    private final DoubleText digits = new DoubleText();

    /** For one engine. */
    public Calling(Stack stack, Run run) {
        this.stack = stack;
        this.run = run;
        this.replies = new ReplyReader(stack);
    }

    /** Runs a command; an error is raised. */
    public int call(long state) {
        return run(state, true);
    }

    /** Runs a command; an error is a result. */
    public int pcall(long state) {
        return run(state, false);
    }

    private int run(long state, boolean raise) {
        if (!run.isOn() || run.inCommand) {
            return ErrorTable.push(stack, state, "commands can only be called while a script runs");
        }
        if (!takeArguments(state)) {
            return raise ? Primitive.ERROR : 1;
        }
        run.inCommand = true;
        boolean failed;
        try {
            CallOutcome outcome = run.call.execute(run.protocol);
            failed = replies.push(state, run.call.result(), outcome);
        } finally {
            run.inCommand = false;
        }
        return raise && failed ? Primitive.ERROR : 1;
    }

    /** Makes the arguments a command, and takes them off; on failure pushes an error. */
    private boolean takeArguments(long state) {
        int count = Lua.top(state);
        if (count == 0) {
            ErrorTable.push(stack, state, "Please specify at least one argument for this call");
            return false;
        }
        run.call.begin();
        long room = COMMAND_BYTES_MAX;
        int taken = 0;
        while (taken < count && room >= 0) {
            int type = Lua.type(state, taken + 1);
            if (type == Lua.STRING) {
                long address = stack.string(state, taken + 1);
                long length = stack.length();
                room -= length;
                if (room >= 0) {
                    run.call.add(address, length);
                }
            } else if (type == Lua.NUMBER) {
                addNumber(Lua.toNumber(state, taken + 1));
            } else {
                break;
            }
            taken++;
        }
        Lua.setTop(state, 0);
        if (room < 0) {
            ErrorTable.push(stack, state, "Command arguments are too large");
            return false;
        }
        if (taken < count) {
            ErrorTable.push(stack, state, "Command arguments must be strings or integers");
            return false;
        }
        return true;
    }

    private void addNumber(double value) {
        digits.format(value == 0 ? 0 : value);
        Memory.copy(digits.bytes(), 0, stack.scratch(), digits.length());
        run.call.add(stack.scratch(), digits.length());
    }

    /** Says whether the user may run a command. */
    public int mayCall(long state) {
        if (!run.isOn()) {
            return ErrorTable.push(stack, state, "commands can only be called while a script runs");
        }
        if (!takeArguments(state)) {
            return Primitive.ERROR;
        }
        CallOutcome outcome = run.call.check();
        if (outcome == CallOutcome.UNKNOWN_COMMAND || outcome == CallOutcome.WRONG_COUNT) {
            return ErrorTable.push(
                    stack, state, "Invalid command passed to server.acl_check_cmd()");
        }
        Lua.pushBoolean(state, outcome == CallOutcome.DONE ? 1 : 0);
        return 1;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.call;

import dev.sigrun.lua.vm.Lua;
import dev.sigrun.lua.vm.Primitive;
import dev.sigrun.lua.vm.Stack;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.slf4j.Logger;

/** The smaller functions of the table {@code server}. Owner thread only. */
public final class ServerFunctions {
    private static final int LEVEL_MAX = 3;

    private final Stack stack;
    private final Run run;
    private final Logger log;
    private final MessageDigest sha1;

    /**
     * For one engine.
     *
     * @param log where scripts write to the server's log
     */
    public ServerFunctions(Stack stack, Run run, Logger log) {
        this.stack = stack;
        this.run = run;
        this.log = log;
        try {
            this.sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** {@code server.sha1hex(text)}. */
    public int sha1hex(long state) {
        if (Lua.top(state) != 1) {
            return ErrorTable.push(stack, state, "wrong number of arguments");
        }
        byte[] content = stack.bytes(state, 1);
        byte[] digest = sha1.digest(content == null ? new byte[0] : content);
        stack.push(state, HexFormat.of().formatHex(digest));
        return 1;
    }

    private boolean hasOneString(long state) {
        return Lua.top(state) == 1 && Lua.type(state, 1) == Lua.STRING;
    }

    /** {@code server.error_reply(text)}. */
    public int errorReply(long state) {
        if (!hasOneString(state)) {
            ErrorTable.push(stack, state, "wrong number or type of arguments");
            return 1;
        }
        String text = stack.text(state, 1);
        int end = text.indexOf('\0');
        String shown = end < 0 ? text : text.substring(0, end);
        ErrorTable.push(stack, state, shown.startsWith("-") ? shown : "-" + shown);
        return 1;
    }

    /** {@code server.status_reply(text)}. */
    public int statusReply(long state) {
        if (!hasOneString(state)) {
            ErrorTable.push(stack, state, "wrong number or type of arguments");
            return 1;
        }
        Lua.checkStack(state, 4);
        Lua.createTable(state, 0, 1);
        Lua.pushValue(state, 1);
        stack.setField(state, "ok");
        return 1;
    }

    /** {@code server.log(level, text, ...)}. */
    public int log(long state) {
        int count = Lua.top(state);
        if (count < 2) {
            return ErrorTable.push(stack, state, "server.log() requires two arguments or more.");
        }
        if (Lua.isNumber(state, 1) == 0) {
            return ErrorTable.push(stack, state, "First argument must be a number (log level).");
        }
        int level = (int) Lua.toNumber(state, 1);
        if (level < 0 || level > LEVEL_MAX) {
            return ErrorTable.push(stack, state, "Invalid log level.");
        }
        StringBuilder line = new StringBuilder("<lua>");
        for (int i = 2; i <= count; i++) {
            String part = stack.text(state, i);
            if (part != null) {
                line.append(' ').append(part);
            }
        }
        write(level, line.toString());
        return 0;
    }

    private void write(int level, String line) {
        switch (level) {
            case 0 -> log.trace(line);
            case 1 -> log.debug(line);
            case 2 -> log.info(line);
            default -> log.warn(line);
        }
    }

    /** {@code server.setresp(version)}. */
    public int setresp(long state) {
        if (Lua.top(state) != 1) {
            return ErrorTable.push(stack, state, "server.setresp() requires one argument.");
        }
        int version = (int) Lua.toNumber(state, 1);
        if (version != 2 && version != 3) {
            return ErrorTable.push(stack, state, "RESP version must be 2 or 3.");
        }
        run.protocol = version;
        return 0;
    }

    /** {@code server.set_repl(where)}. */
    public int setRepl(long state) {
        if (Lua.top(state) != 1) {
            return ErrorTable.push(stack, state, "server.set_repl() requires one argument.");
        }
        int where = (int) Lua.toNumber(state, 1);
        if ((where & ~3) != 0) {
            return ErrorTable.push(
                    stack,
                    state,
                    "Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or"
                            + " REPL_NONE.");
        }
        if (run.isOn()) {
            run.call.replicate((where & 1) != 0, (where & 2) != 0);
        }
        return 0;
    }

    /** {@code server.replicate_commands()}, which is how it always is. */
    public int replicateCommands(long state) {
        Lua.pushBoolean(state, 1);
        return 1;
    }

    /** {@code server.breakpoint()}: nobody debugs. */
    public int breakpoint(long state) {
        Lua.pushBoolean(state, 0);
        return 1;
    }

    /** {@code server.debug(...)}: nobody listens. */
    public int debug(long state) {
        return 0;
    }

    // ---- globals ----

    /** Reads a global that does not exist. */
    public int missing(long state) {
        String name = Lua.isString(state, 2) == 0 ? null : stack.text(state, 2);
        if (Lua.top(state) != 2) {
            return stack.fail(state, "Wrong number of arguments to luaProtectedTableError");
        }
        if (name == null) {
            return stack.fail(
                    state, "Second argument to luaProtectedTableError must be a string or number");
        }
        return stack.fail(
                state, "Script attempted to access nonexistent global variable '" + name + "'");
    }

    /** Changes a table that may not be changed. */
    public int refuse(long state) {
        return stack.fail(state, "Attempt to modify a readonly table");
    }

    /** Raises its argument as an error, with the place of the caller's caller. */
    public int raise(long state) {
        String text = stack.text(state, 1);
        Lua.setTop(state, 0);
        stack.push(state, text == null ? "error" : text);
        return Primitive.ERROR;
    }

    /** Raises the error for an argument of the wrong type: function, number, type, value. */
    public int misuse(long state) {
        String name = stack.text(state, 1);
        int number = (int) Lua.toNumber(state, 2);
        String wanted = stack.text(state, 3);
        String type = Stack.typeName(Lua.top(state) < 4 ? Lua.NONE : Lua.type(state, 4));
        return stack.fail(
                state,
                2,
                "bad argument #"
                        + number
                        + " to '"
                        + name
                        + "' ("
                        + wanted
                        + " expected, got "
                        + type
                        + ")");
    }
}

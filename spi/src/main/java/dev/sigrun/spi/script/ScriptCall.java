// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.script;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.ForKernel;
import dev.sigrun.spi.reply.ReplyWriter;

/**
 * One run of a script, as its engine sees it: what it was given, how it calls commands and where
 * its reply goes. Lent until {@link ScriptFunction#run} returns; a script cannot start another, so
 * there is one at a time. Owner thread only.
 */
@ForKernel
public interface ScriptCall {
    /** Number of keys that the script was given. */
    int keys();

    /**
     * A key's name, lent until the next one is asked for.
     *
     * @param index the first one has 0
     */
    Bytes key(int index);

    /** Number of arguments beside the keys. */
    int arguments();

    /**
     * An argument, lent until the next one is asked for.
     *
     * @param index the first one has 0
     */
    Bytes argument(int index);

    // ---- commands ----

    /** Begins the command that the next calls of {@link #add} give arguments to. */
    void begin();

    /**
     * Adds an argument to the command; its name comes first. The bytes are copied.
     *
     * @param address address of the first byte
     * @param length number of bytes
     */
    void add(long address, long length);

    /**
     * Runs the command in the client's name, with the same checks as if the client had sent it, and
     * those for scripts besides. An error is a reply like any other.
     *
     * @param protocol the protocol version of the reply, 2 or 3
     */
    CallOutcome execute(int protocol);

    /**
     * The reply to the command that ran last: one whole value in the protocol's own form. It is
     * lent until the next command begins.
     */
    Bytes result();

    /** Whether the client's user may run the command; it does not run. */
    CallOutcome check();

    /**
     * Chooses where the effects of the commands go that follow. At first they go everywhere.
     *
     * @param file whether to the append-only file
     * @param replicas whether to the replicas
     */
    void replicate(boolean file, boolean replicas);

    // ---- the script ----

    /**
     * To be called every so often while the script runs, at least every 100,000 instructions; the
     * server then sees to what cannot wait.
     *
     * @return false when the script was killed, and must end at once
     */
    boolean tick();

    /** Where the script's reply goes: one value. */
    ReplyWriter reply();

    /**
     * Answers with an error.
     *
     * @param text the whole error with its code, a character for each byte
     * @param counted whether it counts among the errors of the server; false when it is the error
     *     of a command that was counted already
     */
    void fail(String text, boolean counted);
}

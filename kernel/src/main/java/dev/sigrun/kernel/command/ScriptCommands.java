// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.kernel.wire.RequestBatch;
import dev.sigrun.kernel.wire.ScratchSpace;
import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.script.CallOutcome;
import org.slf4j.Logger;

/**
 * Runs the commands that a script calls while the script's own command is on its way. They have an
 * execution, a timer and a reply buffer of their own, so that whatever the script's command was
 * lent stays as it is; they run in a session of their own, which acts for the client. Owner thread
 * only.
 */
public final class ScriptCommands {
    private static final int ARGUMENT_BYTES_FIRST = 1024;
    private static final int ARGUMENT_BYTES_KEPT_MAX = 64 * 1024;

    private final CommandTable table;
    private final ServerStats stats;
    private final Sessions sessions;
    private final ScriptAdmission admission;
    private final Effects effects;
    private final Allocator allocator;
    private final ReplyBuffer reply = new ReplyBuffer();
    private final ScratchSpace replySpace;
    private final Execution execution;
    private final CommandTimer timer;
    private final Calls calls;
    private final RequestBatch request = new RequestBatch(1);
    private final Slice result = new Slice();
    private final CallerTransport transport = new CallerTransport();
    private final Session session;
    private long arguments;
    private int room;
    private int used;

    ScriptCommands(
            Dispatcher dispatcher,
            Store store,
            Clock clock,
            CommandTable table,
            ServerStats stats,
            Admission admission,
            CommandWatch watch,
            Effects effects,
            Logger log) {
        this.table = table;
        this.stats = stats;
        this.sessions = dispatcher.sessions();
        this.admission = new ScriptAdmission(admission);
        this.effects = effects;
        this.allocator = store.allocator();
        this.replySpace = new ScratchSpace();
        this.execution = new Execution(dispatcher, store, reply);
        this.timer = new CommandTimer(clock, watch);
        this.calls = new Calls(store, sessions, stats, execution, timer, watch, effects, log);
        this.session = Session.ofScripts(transport);
    }

    /** Says who closes clients whose replies are too large. */
    void replyLimits(ReplyLimits limits) {
        calls.replyLimits(limits);
    }

    /** Says who looks on. */
    void onlookers(Onlookers all) {
        calls.onlookers(all);
    }

    /** Sets {@code latency-tracking}. */
    void latencyTracking(boolean on) {
        timer.keepHistograms(on);
    }

    /** Sets {@code proto-max-bulk-len}. */
    void stringBytesMax(long bytes) {
        execution.stringBytesMax(bytes);
    }

    /** Lets scripts call commands that are not for them; for tests. */
    public void allowAll(boolean yes) {
        admission.denies(!yes);
    }

    // ---- a script ----

    /**
     * A script begins.
     *
     * @param caller the client in whose name commands run
     * @param readOnly whether commands that write are refused
     * @param allowOom whether commands that need memory run although there is none
     */
    public void begin(Session caller, boolean readOnly, boolean allowOom) {
        transport.caller(caller.transport());
        session.actFor(caller);
        admission.begin(readOnly, allowOom);
        replicate(Propagation.ALL);
    }

    /** The script has ended. */
    public void end() {
        timer.flush();
        replicate(Propagation.ALL);
        result.expire();
        replySpace.trim();
        if (room > ARGUMENT_BYTES_KEPT_MAX) {
            freeArguments();
        }
    }

    private void freeArguments() {
        if (arguments != 0) {
            allocator.free(arguments, room);
            arguments = 0;
            room = 0;
        }
    }

    /** Gives back all memory; no script runs. */
    public void free() {
        replySpace.free();
        freeArguments();
    }

    /** Whether the script has written, or tried to. */
    public boolean hasWritten() {
        return admission.hasWritten();
    }

    /**
     * Says who hears of the effects of the commands that follow.
     *
     * @param targets some of {@link Propagation#FILE} and {@link Propagation#REPLICAS}, or 0
     */
    public void replicate(int targets) {
        effects.targets(targets);
    }

    // ---- one command ----

    /** Begins a command, which has no arguments yet. */
    public void beginCommand() {
        request.dropAll();
        result.expire();
        used = 0;
    }

    /** Adds an argument; the bytes are copied. */
    public void add(long address, long length) {
        if (length > Integer.MAX_VALUE - 64 - used) {
            throw new IllegalArgumentException("a command of more than 2 GiB");
        }
        reserve((int) length);
        Memory.copy(address, arguments + used, length);
        request.add(used, (int) length);
        used += (int) length;
    }

    private void reserve(int length) {
        if (arguments == 0) {
            room = Math.max(ARGUMENT_BYTES_FIRST, length);
            arguments = allocator.allocate(room);
        } else if (room - used < length) {
            int wanted = (int) Math.min(Math.max(2L * room, (long) used + length), 0x7FFF_FFC0);
            arguments = allocator.resize(arguments, room, wanted);
            room = wanted;
        }
    }

    /**
     * Runs the command whose arguments were added, at least one.
     *
     * @param protocol the protocol version of the reply
     */
    public CallOutcome execute(int protocol) {
        request.commit();
        reply.wrap(replySpace, 0);
        reply.protocol(protocol);
        session.protocol(protocol);
        ArgsView args = execution.argsView();
        args.wrap(request, arguments, 0);
        Command command = named(args);
        CommandException refusal = admission.refusal(session, command, args);
        if (refusal == null) {
            stats.commandsProcessed++;
            execution.prepared(null, 0, 0);
            calls.call(session, command, 0, 0);
            insistOnReply();
        } else {
            if (admission.outcome() == CallOutcome.REFUSED) {
                // The state of the server refuses a command that is right in itself.
                command.rejectedCalls++;
                stats.countError(refusal.code());
            }
            reply.error(refusal.getMessage());
        }
        execution.end();
        result.wrap(replySpace.address(), reply.used());
        return refusal == null ? CallOutcome.DONE : admission.outcome();
    }

    /** A command that waits although it may not is answered for. */
    private void insistOnReply() {
        if (session.isBlocked()) {
            Session.Block block = session.block();
            session.block(null);
            sessions.end(session, block);
            reply.truncate(0);
        }
        if (reply.used() == 0) {
            reply.error("ERR the command cannot run in a script, since it waits");
        }
    }

    /** Whether the client's user may run the command whose arguments were added. */
    public CallOutcome check() {
        request.commit();
        ArgsView args = execution.argsView();
        args.wrap(request, arguments, 0);
        Command command = named(args);
        CallOutcome outcome = admission.permission(session, command, args);
        args.release();
        return outcome;
    }

    private Command named(ArgsView args) {
        Command command = table.find(args.address(0), args.length(0));
        return command == null ? null : command.meant(args);
    }

    /** The reply to the command that ran last, lent until the next one begins. */
    public Bytes result() {
        return result;
    }

    /** Whether there was no memory when the script's command began. */
    public boolean isOutOfMemory() {
        return admission.isOutOfMemory();
    }
}

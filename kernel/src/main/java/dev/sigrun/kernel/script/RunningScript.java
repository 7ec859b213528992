// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Propagation;
import dev.sigrun.kernel.command.ScriptCommands;
import dev.sigrun.kernel.loop.BusyLoop;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.script.CallOutcome;
import dev.sigrun.spi.script.ScriptCall;
import dev.sigrun.spi.script.ScriptKind;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The script that runs, if one does. It may be asked, and killed, by a command that runs while the
 * script's own command is still on its way. Owner thread only.
 */
public final class RunningScript implements ScriptCall {
    private static final Logger LOG = LoggerFactory.getLogger(RunningScript.class);

    private static final int FIRST_KEY = 3;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final CommandException NOT_BUSY =
            new CommandException("NOTBUSY", "No scripts in execution right now.");
    private static final CommandException OBEYED =
            new CommandException(
                    "UNKILLABLE",
                    "The busy script was sent by a master instance in the context of replication"
                            + " and cannot be killed.");
    private static final CommandException HAS_WRITTEN =
            new CommandException(
                    "UNKILLABLE",
                    "Sorry the script already executed write commands against the dataset. You"
                            + " can either wait the script termination or kill the server in a"
                            + " hard way using the SHUTDOWN NOSAVE command.");

    /** What others hear while a script of {@code EVAL} holds the server. */
    static final CommandException BUSY_EVAL = busy("SCRIPT KILL");

    /** What others hear while a function holds the server. */
    static final CommandException BUSY_FUNCTION = busy("FUNCTION KILL");

    private final Clock clock;
    private final ScriptCommands commands;
    private BusyLoop busyLoop = BusyLoop.IDLE;
    private long busyNanos = 5_000 * NANOS_PER_MILLI;
    private boolean running;
    private ScriptKind kind;
    private String name;
    private Execution execution;
    private Args args;
    private int keys;
    private long sinceNanos;
    private boolean busy;
    private boolean killed;

    RunningScript(Clock clock, ScriptCommands commands) {
        this.clock = clock;
        this.commands = commands;
    }

    private static CommandException busy(String way) {
        return new CommandException(
                "BUSY",
                "Valkey is busy running a script. You can only call "
                        + way
                        + " or SHUTDOWN NOSAVE.");
    }

    void busyLoop(BusyLoop loop) {
        busyLoop = loop;
    }

    /** Sets {@code busy-reply-threshold}; 0 for never. */
    void busyMillis(long millis) {
        busyNanos = millis == 0 ? Long.MAX_VALUE : Math.min(millis, 1L << 40) * NANOS_PER_MILLI;
    }

    // ---- the run ----

    void begin(
            ScriptKind scriptKind,
            String scriptName,
            Execution on,
            int keyCount,
            boolean readOnly,
            boolean allowOom) {
        if (running) {
            throw new IllegalStateException("a script runs already");
        }
        kind = scriptKind;
        name = scriptName;
        execution = on;
        args = on.args();
        keys = keyCount;
        busy = false;
        killed = false;
        sinceNanos = clock.nanos();
        commands.begin(on.session(), readOnly, allowOom);
        running = true;
    }

    void end() {
        running = false;
        commands.end();
        execution = null;
        args = null;
    }

    // ---- what others ask ----

    /** Whether a script runs. */
    public boolean isRunning() {
        return running;
    }

    /** Whether a script has been running for so long that others are served meanwhile. */
    public boolean isBusy() {
        return running && busy;
    }

    /** What others hear whose commands may not run while a script is busy. */
    public CommandException busyError() {
        return isEval() ? BUSY_EVAL : BUSY_FUNCTION;
    }

    /** Whether the script that runs has written, so that the server cannot just stop. */
    public boolean hasWritten() {
        return running && commands.hasWritten();
    }

    boolean isEval() {
        return kind == ScriptKind.EVAL;
    }

    String name() {
        return name;
    }

    long durationMillis() {
        return (clock.nanos() - sinceNanos) / NANOS_PER_MILLI;
    }

    /** The arguments of the script's command. */
    List<byte[]> command() {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < args.count(); i++) {
            all.add(args.bytes(i).copy());
        }
        return all;
    }

    /**
     * Has the script end as soon as it can.
     *
     * @param asEval whether a script of {@code EVAL} is meant, rather than a function
     * @throws CommandException when none runs or it has to be left alone
     */
    public void kill(boolean asEval) throws CommandException {
        if (!running) {
            throw NOT_BUSY;
        }
        if (execution.session().isReplicated()) {
            throw OBEYED;
        }
        if (commands.hasWritten()) {
            throw HAS_WRITTEN;
        }
        if (asEval != isEval()) {
            throw busyError();
        }
        killed = true;
    }

    /** The server ends: the script that runs ends too, whatever it has done. */
    public void abandon() {
        killed = true;
    }

    // ---- what the engine asks ----

    @Override
    public int keys() {
        return keys;
    }

    @Override
    public Bytes key(int index) {
        return args.bytes(FIRST_KEY + index);
    }

    @Override
    public int arguments() {
        return args.count() - FIRST_KEY - keys;
    }

    @Override
    public Bytes argument(int index) {
        return args.bytes(FIRST_KEY + keys + index);
    }

    @Override
    public void begin() {
        commands.beginCommand();
    }

    @Override
    public void add(long address, long length) {
        commands.add(address, length);
    }

    @Override
    public CallOutcome execute(int protocol) {
        return commands.execute(protocol);
    }

    @Override
    public Bytes result() {
        return commands.result();
    }

    @Override
    public CallOutcome check() {
        return commands.check();
    }

    @Override
    public void replicate(boolean file, boolean replicas) {
        commands.replicate((file ? Propagation.FILE : 0) | (replicas ? Propagation.REPLICAS : 0));
    }

    @Override
    public boolean tick() {
        if (!busy) {
            if (clock.nanos() - sinceNanos < busyNanos) {
                return true;
            }
            LOG.warn(
                    "Slow script detected: still in execution after {} milliseconds. You can try"
                            + " killing the script using the {} command. Script name is: {}.",
                    durationMillis(),
                    isEval() ? "SCRIPT KILL" : "FUNCTION KILL",
                    name);
            busy = true;
        }
        busyLoop.pump();
        return !killed;
    }

    @Override
    public ReplyWriter reply() {
        return execution.reply();
    }

    @Override
    public void fail(String text, boolean counted) {
        ReplyBuffer reply = execution.replyBuffer();
        if (counted) {
            // A line break would end the reply, and so ends the code.
            String line = text.replace('\r', ' ').replace('\n', ' ');
            int space = line.indexOf(' ');
            String code = space < 0 ? line : line.substring(0, space);
            reply.error(new CommandException(code, space < 0 ? "" : line.substring(space + 1)));
        } else {
            reply.errorCountedBefore(text);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.measure.CommandLog;
import dev.sigrun.kernel.measure.LatencyMonitor;
import dev.sigrun.kernel.measure.OwnerLoad;
import dev.sigrun.spi.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;

/**
 * Notices commands that took long, or whose request or reply was large. Owner thread only.
 *
 * <p>Commands that are quick by nature are measured many at once, since reading the clock for each
 * would cost more than a comparison. So that a slow one among them does not hide: whoever asks for
 * times below a millisecond has each command measured by itself; so is one that moves many bytes,
 * since then it may be slow of its own accord. What is left is a stop that came from outside, of
 * the machine or of its collector. Such a stop is noted at the last command of those measured
 * together, with their time, and for a second from then on each is measured by itself.
 */
public final class CommandWatch {
    private static final long MEASURED_TOGETHER_MICROS_MIN = 1000;

    /** Commands that move more than this are measured by themselves. */
    private static final int FEW_BYTES = 4096;

    /** What the heads of a request take at most, and what they take for each argument. */
    private static final int HEAD_BYTES_MAX = 32;

    private static final int ARGUMENT_HEAD_BYTES_MAX = 16;
    private static final int ARGUMENTS_SHOWN_MAX = 32;
    private static final int ARGUMENT_BYTES_SHOWN_MAX = 128;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final Clock clock;
    private final Logger log;
    private final LatencyMonitor latency;
    private final OwnerLoad load = new OwnerLoad();
    private final Redaction redaction = new Redaction();
    private final CommandLog slow;
    private final CommandLog largeRequests;
    private final CommandLog largeReplies;
    private final ArgsView lastArgs = new ArgsView();
    private final ArgsView waitedArgs = new ArgsView();
    private Session lastSession;
    private boolean together;
    private boolean stopped;
    private long stoppedNanos;
    private long slowNanos = Long.MAX_VALUE;
    private long warnNanos = Long.MAX_VALUE;
    private long noteNanos = Long.MAX_VALUE;
    private long requestBytesMin = Long.MAX_VALUE;
    private long replyBytesMin = Long.MAX_VALUE;
    private boolean warned;
    private long warnedNanos;
    private long unwarned;

    CommandWatch(Clock clock, LatencyMonitor latency, Logger log) {
        this.clock = clock;
        this.log = log;
        this.latency = latency;
        this.slow = new CommandLog(clock);
        this.largeRequests = new CommandLog(clock);
        this.largeReplies = new CommandLog(clock);
    }

    /** Commands that took long; the values are microseconds. */
    public CommandLog slow() {
        return slow;
    }

    /** Commands whose request was large; the values are bytes. */
    public CommandLog largeRequests() {
        return largeRequests;
    }

    /** Commands whose reply was large; the values are bytes. */
    public CommandLog largeReplies() {
        return largeReplies;
    }

    /** What is kept out of logs. */
    public Redaction redaction() {
        return redaction;
    }

    /** How busy the owner was lately. */
    public OwnerLoad load() {
        return load;
    }

    /**
     * Takes up what the logs and the latency monitor have been told anew.
     *
     * @param warnMillis commands that take so long are named in the server's log; 0 for none
     */
    public void configured(long warnMillis) {
        slowNanos = nanos(slow.threshold(), 1000);
        warnNanos = warnMillis == 0 ? Long.MAX_VALUE : nanos(warnMillis, 1_000_000);
        noteNanos = Math.min(Math.min(slowNanos, warnNanos), latency.thresholdNanos());
        requestBytesMin = largeRequests.threshold();
        replyBytesMin = largeReplies.threshold();
        measure();
    }

    private static long nanos(long count, long unit) {
        return count > Long.MAX_VALUE / unit ? Long.MAX_VALUE : count * unit;
    }

    private void measure() {
        together = !stopped && noteNanos >= MEASURED_TOGETHER_MICROS_MIN * 1000;
    }

    /** The owner's clock ticks; see {@link OwnerLoad#tick}. */
    public void tick(long periodNanos) {
        long now = clock.nanos();
        load.tick(now, periodNanos);
        if (stopped && now - stoppedNanos >= SECOND_NANOS) {
            stopped = false;
            measure();
        }
    }

    // ---- what the commands say ----

    /**
     * A command has ended that may be measured together with others like it.
     *
     * @param span what {@link ArgsView#span} says
     * @return whether that is done; otherwise its own time is wanted
     */
    boolean isLeftWithOthers(Session session, ArgsView args, long span, int replyBytes) {
        if (together && replyBytes <= FEW_BYTES && span <= FEW_BYTES) {
            lastSession = session;
            lastArgs.point(args);
            return true;
        }
        return false;
    }

    /** Commands have ended that were measured together; the last one is known. */
    void ended(Command command, long calls, long nanos) {
        load.command(command.fullName(), nanos / calls);
        load.cycle(nanos);
        if (nanos >= noteNanos) {
            if (calls > 1) {
                stopped = true;
                stoppedNanos = clock.nanos();
                measure();
            }
            note(lastSession, command, lastArgs, nanos);
        }
    }

    /** A command has ended that was measured by itself. */
    void ended(Session session, Command command, ArgsView args, long nanos) {
        load.command(command.fullName(), nanos);
        load.cycle(nanos);
        if (nanos >= noteNanos) {
            note(session, command, args, nanos);
        }
    }

    /** A command has ended that has waited and was not run again. */
    void waited(KeyWait waiting) {
        waitedArgs.wrap(waiting.request(), waiting.address(), 0);
        ended(waiting.session(), waiting.command(), waitedArgs, waiting.nanos());
    }

    /** A transaction has ended, whose commands have been noted each by itself. */
    void transactionEnded(Command exec, long nanos) {
        latency.sample(exec.latencyEvent, nanos);
    }

    private void note(Session session, Command command, ArgsView args, long nanos) {
        latency.sample(command.latencyEvent, nanos);
        if (nanos >= slowNanos && command.isLogged) {
            add(slow, nanos / 1000, session, command, args);
        }
        if (nanos >= warnNanos) {
            warn(session, command, nanos);
        }
    }

    /**
     * A command has ended: notes a large request and a large reply.
     *
     * @param span what {@link ArgsView#span} says
     */
    void moved(Session session, Command command, ArgsView args, long span, int replyBytes) {
        if (replyBytes >= replyBytesMin && command.isLogged) {
            add(largeReplies, replyBytes, session, command, args);
        }
        long bytesMax = span + HEAD_BYTES_MAX + (long) args.count() * ARGUMENT_HEAD_BYTES_MAX;
        if (bytesMax >= requestBytesMin && command.isLogged) {
            long bytes = args.requestBytes();
            if (bytes >= requestBytesMin) {
                add(largeRequests, bytes, session, command, args);
            }
        }
    }

    // ---- entries ----

    private void add(CommandLog to, long value, Session session, Command command, ArgsView args) {
        to.add(value, shown(command, args), session.transport().remoteAddress(), session.name());
    }

    private List<byte[]> shown(Command command, ArgsView args) {
        redaction.of(command, args);
        int count = Math.min(args.count(), ARGUMENTS_SHOWN_MAX);
        List<byte[]> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (i == count - 1 && count < args.count()) {
                all.add(text("... (" + (args.count() - i) + " more arguments)"));
            } else {
                all.add(redaction.hides(i) ? text(Redaction.SHOWN) : shown(args.bytes(i)));
            }
        }
        return all;
    }

    private static byte[] shown(Bytes argument) {
        if (argument.length() <= ARGUMENT_BYTES_SHOWN_MAX) {
            return argument.copy();
        }
        byte[] rest =
                text("... (" + (argument.length() - ARGUMENT_BYTES_SHOWN_MAX) + " more bytes)");
        byte[] cut = new byte[ARGUMENT_BYTES_SHOWN_MAX + rest.length];
        for (int i = 0; i < ARGUMENT_BYTES_SHOWN_MAX; i++) {
            cut[i] = argument.byteAt(i);
        }
        System.arraycopy(rest, 0, cut, ARGUMENT_BYTES_SHOWN_MAX, rest.length);
        return cut;
    }

    private static byte[] text(String words) {
        return words.getBytes(StandardCharsets.US_ASCII);
    }

    /** Names a command in the server's log, at most one a second. */
    private void warn(Session session, Command command, long nanos) {
        long now = clock.nanos();
        if (warned && now - warnedNanos < SECOND_NANOS) {
            unwarned++;
            return;
        }
        log.warn(
                "Command '{}' of client id={} addr={} held the server for {} milliseconds"
                        + " ({} more such commands since the last warning)",
                command.fullName(),
                session.id(),
                session.transport().remoteAddress(),
                nanos / 1_000_000,
                unwarned);
        warned = true;
        warnedNanos = now;
        unwarned = 0;
    }
}

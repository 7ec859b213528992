// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.tracking.ClientTracking;
import dev.sigrun.kernel.tracking.Tracking;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.kernel.wire.ScratchSpace;
import dev.sigrun.spi.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Those who look on while commands run: clients that monitor all of them, and those whose reads are
 * remembered so that they can be told of changes. Owner thread only.
 */
public final class Onlookers {
    private static final String HEXADECIMAL = "0123456789abcdef";

    private final Set<Session> monitors = new LinkedHashSet<>();
    private final ClientTracking tracking;
    private final Redaction redaction;
    private final Clock clock;
    private final ScratchSpace space = new ScratchSpace();
    private final ReplyBuffer line = new ReplyBuffer();
    private final KeyPositions keys = new KeyPositions();

    Onlookers(ClientTracking tracking, Redaction redaction, Clock clock) {
        this.tracking = tracking;
        this.redaction = redaction;
        this.clock = clock;
    }

    // ---- MONITOR ----

    /** Shows a client all commands from now on. */
    public void addMonitor(Session session) {
        monitors.add(session);
        session.monitor(true);
    }

    /** Shows a client nothing any more. */
    public void removeMonitor(Session session) {
        if (session.isMonitor()) {
            monitors.remove(session);
            session.monitor(false);
        }
    }

    /** A command is about to run: a script is shown before what it calls. */
    void runs(Session session, Command command, ArgsView args) {
        if (command.runsScript && command.isMonitored && !monitors.isEmpty()) {
            show(session, command, args);
        }
    }

    private void show(Session session, Command command, ArgsView args) {
        redaction.of(command, args);
        line.wrap(space, 0);
        line.encoded(ascii(start(session)));
        for (int i = 0; i < args.count(); i++) {
            quote(i, args.bytes(i));
        }
        line.encoded(ascii("\r\n"));
        push();
    }

    private void push() {
        for (Session monitor : monitors) {
            monitor.push(space.address(), line.used());
        }
        space.trim();
    }

    /** Whether anybody monitors. */
    boolean isMonitored() {
        return !monitors.isEmpty();
    }

    /**
     * A transaction has run, and EXEC is shown behind its commands.
     *
     * @param name as the client has written it
     */
    void transactionHasRun(Session session, String name) {
        line.wrap(space, 0);
        line.encoded(ascii(start(session) + " \"" + name + "\"\r\n"));
        push();
    }

    private String start(Session session) {
        long micros = clock.unixMicros();
        String fraction = Long.toString(1_000_000 + micros % 1_000_000).substring(1);
        String from = session.isInScript() ? "lua" : shownAddress(session);
        return "+" + micros / 1_000_000 + "." + fraction + " [" + session.db() + " " + from + "]";
    }

    private static String shownAddress(Session session) {
        String address = session.transport().remoteAddress();
        boolean isUnix = address.endsWith(":0");
        return isUnix ? "unix:" + address.substring(0, address.length() - 2) : address;
    }

    private void quote(int index, Bytes argument) {
        if (redaction.hides(index)) {
            line.encoded(ascii(" \"" + Redaction.SHOWN + "\""));
            return;
        }
        StringBuilder text = new StringBuilder(argument.length() + 3).append(" \"");
        for (int i = 0; i < argument.length(); i++) {
            append(text, argument.byteAt(i) & 0xff);
        }
        line.encoded(ascii(text.append('"').toString()));
    }

    private static void append(StringBuilder text, int c) {
        switch (c) {
            case '\\', '"' -> text.append('\\').append((char) c);
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            case '\b' -> text.append("\\b");
            case 7 -> text.append("\\a");
            default -> {
                if (c >= ' ' && c <= '~') {
                    text.append((char) c);
                } else {
                    text.append("\\x")
                            .append(HEXADECIMAL.charAt(c >> 4))
                            .append(HEXADECIMAL.charAt(c & 15));
                }
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    // ---- CLIENT TRACKING ----

    /**
     * A command has run: shows it, and remembers the keys that it has read for its client.
     *
     * @param isAgain whether it was shown before, and has waited since
     */
    void hasRun(Session session, Command command, ArgsView args, boolean isAgain) {
        boolean isShownLater = command.isExec && session.runsTransaction();
        if (!monitors.isEmpty()
                && command.isMonitored
                && !command.runsScript
                && !isAgain
                && !isShownLater) {
            show(session, command, args);
        }
        Session reader = session.inNameOf();
        Tracking of = reader.tracking();
        if (of == null || !command.isRead || !of.remembers()) {
            return;
        }
        if (keys.find(command.spec(), args, false)) {
            for (int i = 0; i < keys.count(); i++) {
                int at = keys.position(i);
                tracking.read(reader, args.address(at), args.length(at));
            }
        }
    }

    /** All that belongs to a command has been done: what the client said of it is over. */
    void ended(Session session, Command command) {
        Tracking of = session.tracking();
        if (of != null && of.isCaching() && !session.isInTransaction() && !isOfClient(command)) {
            of.caching(false);
        }
    }

    private static boolean isOfClient(Command command) {
        return command != null
                && command.container() != null
                && command.container().name().equals("client");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.messaging;

import dev.sigrun.kernel.command.Sessions;
import dev.sigrun.kernel.tracking.Tracking;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What a {@code CLIENT TRACKING} asks for.
 *
 * @param isOn whether tracking is to be switched on
 * @param options how
 * @param prefixes those of a broadcast
 */
record TrackingRequest(boolean isOn, Tracking.Options options, List<String> prefixes) {
    private static final CommandException SINGLE_REDIRECT =
            CommandException.of("A client can only redirect to a single other client");
    private static final CommandException NO_SUCH_CLIENT =
            CommandException.of("The client ID you want redirect to does not exist");
    private static final CommandException NEEDS_BROADCAST =
            CommandException.of("PREFIX option requires BCAST mode to be enabled");
    private static final CommandException NO_SWITCH_OF_BROADCAST =
            CommandException.of(
                    "You can't switch BCAST mode on/off before disabling tracking for this client,"
                            + " and then re-enabling it with a different mode.");
    private static final CommandException NOT_WITH_BROADCAST =
            CommandException.of("OPTIN and OPTOUT are not compatible with BCAST");
    private static final CommandException NOT_BOTH =
            CommandException.of("You can't specify both OPTIN mode and OPTOUT mode");
    private static final CommandException NO_SWITCH_OF_OPTION =
            CommandException.of(
                    "You can't switch OPTIN/OPTOUT mode before disabling tracking for this client,"
                            + " and then re-enabling it with a different mode.");

    static TrackingRequest parse(Args args, Sessions sessions) throws CommandException {
        long redirection = 0;
        boolean broadcast = false;
        boolean optIn = false;
        boolean optOut = false;
        boolean noLoop = false;
        List<String> prefixes = new ArrayList<>();
        for (int i = 3; i < args.count(); i++) {
            boolean hasMore = i + 1 < args.count();
            if (args.is(i, "redirect") && hasMore) {
                if (redirection != 0) {
                    throw SINGLE_REDIRECT;
                }
                redirection = args.longAt(++i);
                if (sessions.find(redirection) == null) {
                    throw NO_SUCH_CLIENT;
                }
            } else if (args.is(i, "bcast")) {
                broadcast = true;
            } else if (args.is(i, "optin")) {
                optIn = true;
            } else if (args.is(i, "optout")) {
                optOut = true;
            } else if (args.is(i, "noloop")) {
                noLoop = true;
            } else if (args.is(i, "prefix") && hasMore) {
                prefixes.add(args.bytes(++i).text());
            } else {
                throw CommandException.SYNTAX;
            }
        }
        if (!args.is(2, "on") && !args.is(2, "off")) {
            throw CommandException.SYNTAX;
        }
        return new TrackingRequest(
                args.is(2, "on"),
                new Tracking.Options(redirection, broadcast, optIn, optOut, noLoop),
                prefixes);
    }

    /**
     * Whether the options go together, and with what was chosen before.
     *
     * @param before null as long as nothing was
     */
    void check(Tracking before) throws CommandException {
        if (!options.broadcast() && !prefixes.isEmpty()) {
            throw NEEDS_BROADCAST;
        }
        Tracking.Options old = before == null ? null : before.options();
        if (old != null && old.broadcast() != options.broadcast()) {
            throw NO_SWITCH_OF_BROADCAST;
        }
        if (options.broadcast() && (options.optIn() || options.optOut())) {
            throw NOT_WITH_BROADCAST;
        }
        if (options.optIn() && options.optOut()) {
            throw NOT_BOTH;
        }
        if (old != null && (options.optIn() && old.optOut() || options.optOut() && old.optIn())) {
            throw NO_SWITCH_OF_OPTION;
        }
        if (options.broadcast()) {
            checkOverlaps(before);
        }
    }

    /** Names the first prefix that overlaps with another, and the first of these others. */
    private void checkOverlaps(Tracking before) throws CommandException {
        NavigableSet<String> others =
                before == null ? new TreeSet<>() : new TreeSet<>(before.prefixes());
        for (String prefix : prefixes) {
            String other = firstOverlap(others, prefix);
            if (other != null) {
                throw overlap(prefix, "an existing prefix", other);
            }
        }
        // From behind, so that what is found last is the first.
        others.clear();
        int first = -1;
        for (int i = prefixes.size() - 1; i >= 0; i--) {
            String prefix = prefixes.get(i);
            String other = firstOverlap(others, prefix);
            if (other != null) {
                first = i;
            }
            // Of names that overlap the shortest stands for all.
            while (other != null && other.startsWith(prefix)) {
                others.remove(other);
                other = firstOverlap(others, prefix);
            }
            if (other == null) {
                others.add(prefix);
            }
        }
        if (first >= 0) {
            String prefix = prefixes.get(first);
            for (String other : prefixes.subList(first + 1, prefixes.size())) {
                if (overlaps(prefix, other)) {
                    throw overlap(prefix, "another provided prefix", other);
                }
            }
        }
    }

    /**
     * A prefix among some that stands for keys which another does, too; null for none. As no two of
     * them overlap, only the neighbours in order have to be looked at.
     */
    private static String firstOverlap(NavigableSet<String> some, String prefix) {
        String before = some.floor(prefix);
        if (before != null && prefix.startsWith(before)) {
            return before;
        }
        String after = some.ceiling(prefix);
        return after != null && after.startsWith(prefix) ? after : null;
    }

    private static boolean overlaps(String one, String other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    private static CommandException overlap(String prefix, String what, String other) {
        return CommandException.of(
                "Prefix '"
                        + prefix
                        + "' overlaps with "
                        + what
                        + " '"
                        + other
                        + "'. Prefixes for a single client must not overlap.");
    }
}

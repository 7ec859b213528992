// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import dev.sigrun.kernel.command.Session;
import dev.sigrun.spi.command.CommandException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which clients {@code CLIENT LIST} shows and {@code CLIENT KILL} closes: those that every
 * condition holds for. A condition given twice counts as it was given last; only ids add up. Owner
 * thread only.
 */
final class ClientFilter {
    private final Session asking;
    private final Map<String, Predicate<Session>> conditions = new HashMap<>();
    private final Map<String, Set<Long>> ids = new HashMap<>();
    private boolean skipsAsking;

    /**
     * A filter that lets everybody through.
     *
     * @param asking the client whose command it belongs to
     * @param skipsAsking whether that client is left out, unless the conditions say otherwise
     */
    ClientFilter(Session asking, boolean skipsAsking) {
        this.asking = asking;
        this.skipsAsking = skipsAsking;
    }

    /** The clients among {@code sessions} that pass; a copy, so that they can be closed. */
    List<Session> select(Iterable<Session> sessions) {
        List<Session> passing = new ArrayList<>();
        for (Session session : sessions) {
            if (matches(session)) {
                passing.add(session);
            }
        }
        return passing;
    }

    boolean matches(Session session) {
        if (skipsAsking && session == asking) {
            return false;
        }
        for (Predicate<Session> condition : conditions.values()) {
            if (!condition.test(session)) {
                return false;
            }
        }
        return true;
    }

    void skipAsking(boolean yes) {
        skipsAsking = yes;
    }

    /** Sets a condition in the place of an earlier one of that name. */
    void require(String name, Predicate<Session> condition) {
        conditions.put(name, condition);
    }

    /** Begins, or goes on with, a list of ids. */
    Set<Long> ids(String name, boolean wanted) {
        return ids.computeIfAbsent(
                name,
                any -> {
                    Set<Long> list = new HashSet<>();
                    require(name, session -> list.contains(session.id()) == wanted);
                    return list;
                });
    }

    /** Whether the client's address begins with an IP address, in front of its port. */
    static boolean isFrom(Session session, String ip) {
        String address = session.transport().remoteAddress();
        int at = address.startsWith("[") ? 1 : 0;
        if (!address.startsWith(ip, at)) {
            return false;
        }
        at += ip.length();
        if (address.startsWith("]", at)) {
            at++;
        }
        return address.startsWith(":", at) && !address.startsWith("0", at + 1);
    }

    /** Whether all letters are among the client's flags. */
    static boolean hasFlags(Session session, String letters) {
        return letters.chars().allMatch(letter -> ClientLine.has(session, (char) letter));
    }

    /** Whether all letters are among the client's capabilities. */
    static boolean hasCapabilities(Session session, String letters) {
        String own = ClientLine.capabilities(session);
        return letters.chars().allMatch(letter -> own.indexOf(letter) >= 0);
    }

    /** Fails on a letter that is not among the known ones. */
    static void checkLetters(String letters, String known, String complaint)
            throws CommandException {
        if (!letters.chars().allMatch(letter -> known.indexOf(letter) >= 0)) {
            throw Arguments.error(complaint, letters, "");
        }
    }
}

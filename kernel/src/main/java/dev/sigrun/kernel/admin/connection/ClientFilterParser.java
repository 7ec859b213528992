// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import dev.sigrun.kernel.acl.User;
import dev.sigrun.kernel.acl.Users;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads the conditions of a {@link ClientFilter}. Most exist twice, the second time with {@code
 * NOT-} in front, and mean the opposite then. Owner thread only.
 */
final class ClientFilterParser {
    private static final CommandException BAD_ID =
            CommandException.of("client-id should be greater than 0");
    private static final String NOT = "not-";

    private final Args args;
    private final ClientFilter filter;
    private final long nowMillis;
    private final int databases;
    private final Users users;

    ClientFilterParser(Args args, ClientFilter filter, long nowMillis, int databases, Users users) {
        this.args = args;
        this.filter = filter;
        this.nowMillis = nowMillis;
        this.databases = databases;
        this.users = users;
    }

    /** Reads all arguments from a position on. */
    void parse(int from) throws CommandException {
        int at = from;
        while (at < args.count()) {
            String option = args.bytes(at).text().toLowerCase(Locale.ROOT);
            boolean negated = option.startsWith(NOT);
            String name = negated ? option.substring(NOT.length()) : option;
            if (name.equals("id")) {
                at = ids(at + 1, option, !negated);
            } else if (at + 1 < args.count()) {
                condition(name, option, negated, at + 1);
                at += 2;
            } else {
                throw CommandException.SYNTAX;
            }
        }
    }

    /** As many ids as there are; the first argument that is no number is the next option. */
    private int ids(int from, String option, boolean wanted) throws CommandException {
        Set<Long> list = filter.ids(option, wanted);
        int at = from;
        while (at < args.count()) {
            long id;
            try {
                id = args.longAt(at);
            } catch (CommandException notANumber) {
                break;
            }
            if (id < 1) {
                throw BAD_ID;
            }
            list.add(id);
            at++;
        }
        return at;
    }

    private void condition(String name, String option, boolean negated, int index)
            throws CommandException {
        if (!negated && isUnpaired(name, index)) {
            return;
        }
        Predicate<Session> condition = paired(name, option, negated, index);
        filter.require(option, negated ? condition.negate() : condition);
    }

    /** The conditions that have no opposite. */
    private boolean isUnpaired(String name, int index) throws CommandException {
        switch (name) {
            case "skipme" -> filter.skipAsking(yesOrNo(index));
            case "maxage" -> {
                long seconds = seconds(name, index);
                filter.require(name, one -> ClientLine.ageSeconds(one, nowMillis) >= seconds);
            }
            case "idle" -> {
                long seconds = seconds(name, index);
                filter.require(name, one -> ClientLine.idleSeconds(one, nowMillis) >= seconds);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private Predicate<Session> paired(String name, String option, boolean negated, int index)
            throws CommandException {
        String value = args.bytes(index).text();
        return switch (name) {
            case "type" -> ofType(value);
            case "addr" -> one -> one.transport().remoteAddress().equals(value);
            case "laddr" -> one -> one.transport().localAddress().equals(value);
            case "ip" -> one -> ClientFilter.isFrom(one, value);
            case "user" -> ofUser(value);
            case "name" -> one -> !one.name().isEmpty() && one.name().equals(value);
            case "lib-name" -> one -> !one.libName().isEmpty() && one.libName().equals(value);
            case "lib-ver" -> one -> !one.libVersion().isEmpty() && one.libVersion().equals(value);
            case "db" -> onDatabase(option, index);
            case "flags" -> {
                ClientFilter.checkLetters(
                        value, ClientLine.FLAGS, unknown("flags", option, negated));
                yield one -> ClientFilter.hasFlags(one, value);
            }
            case "capa" -> {
                ClientFilter.checkLetters(
                        value, ClientLine.CAPABILITIES, unknown("capa", option, negated));
                yield one -> ClientFilter.hasCapabilities(one, value);
            }
            default -> throw CommandException.SYNTAX;
        };
    }

    private static String unknown(String what, String option, boolean negated) {
        String where = negated ? option.toUpperCase(Locale.ROOT) : "provided";
        return "Unknown " + what + " found in the " + where + " filter: ";
    }

    private boolean yesOrNo(int index) throws CommandException {
        if (args.is(index, "yes")) {
            return true;
        }
        if (args.is(index, "no")) {
            return false;
        }
        throw CommandException.SYNTAX;
    }

    private long seconds(String name, int index) throws CommandException {
        CommandException notAnInteger =
                CommandException.of(name + " is not an integer or out of range");
        long seconds = args.longAt(index, Long.MIN_VALUE, Long.MAX_VALUE, notAnInteger);
        if (seconds <= 0) {
            throw CommandException.of(name + " should be greater than 0");
        }
        return seconds;
    }

    /** There are no replicas yet. */
    private static Predicate<Session> ofType(String type) throws CommandException {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "normal" -> one -> !one.isSubscribed() && !one.isReplica() && !one.isReplicated();
            case "pubsub" -> Session::isSubscribed;
            case "slave", "replica" -> Session::isReplica;
            case "master", "primary" -> Session::isReplicated;
            default -> throw Arguments.error("Unknown client type '", type, "'");
        };
    }

    private Predicate<Session> ofUser(String name) throws CommandException {
        User user = users.find(name);
        if (user == null) {
            throw Arguments.error("No such user '", name, "'");
        }
        return one -> one.user() == user;
    }

    private Predicate<Session> onDatabase(String option, int index) throws CommandException {
        String shown = option.toUpperCase(Locale.ROOT);
        CommandException notAnInteger =
                CommandException.of(shown + " is not an integer or out of range");
        long db = args.longAt(index, Integer.MIN_VALUE, Integer.MAX_VALUE, notAnInteger);
        if (db < 0 || db >= databases) {
            throw CommandException.of(shown + " number should be between 0 and " + (databases - 1));
        }
        return one -> one.db() == db;
    }
}

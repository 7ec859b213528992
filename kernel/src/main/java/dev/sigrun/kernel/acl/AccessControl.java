// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import dev.sigrun.spi.command.Args;
import java.util.function.Supplier;

/** The way into this package: one server's users, the check of commands, the log. Owner only. */
public final class AccessControl {
    private final Users users;
    private final AclLog log = new AclLog();
    private final AccessCheck check;

    /**
     * Begins with the default user, who may do everything.
     *
     * @param keys finds the keys of commands; nobody else may use it
     * @param databases number of databases
     */
    public AccessControl(AclCommands commands, FoundKeys keys, int databases) {
        this.users = new Users(commands);
        this.check = new AccessCheck(keys, databases);
    }

    /** The users. */
    public Users users() {
        return users;
    }

    /** What was refused. */
    public AclLog log() {
        return log;
    }

    // ---- checks ----

    /**
     * Why a user may not run a command; null when nothing is against it.
     *
     * @param args the whole command, its name at 0
     * @param db the database that it would work on
     */
    public Denial check(User user, AclCommand command, Args args, int db) {
        return check.check(user, command, args, db);
    }

    /** Position of the argument that the last refusal was about; 0 for the command itself. */
    public int position() {
        return check.position();
    }

    /** Whether a user may run a command even if it reads keys that it does not name. */
    public boolean mayReadAnyKey(User user, AclCommand command, Args args, int db) {
        return check.allowsAnyKey(user, command, args, db, KeyPattern.READ);
    }

    /** What a client that is refused hears behind NOPERM; it is not told which key it was. */
    public static String message(Denial denial, User user, AclCommand command) {
        return switch (denial) {
            case COMMAND -> commandMessage(user, command);
            case KEY -> "No permissions to access a key";
            case CHANNEL -> "No permissions to access a channel";
            default -> "No permissions to access database";
        };
    }

    /**
     * The same for somebody who tries what a user may do.
     *
     * @param object the argument that is refused
     */
    public static String message(Denial denial, User user, AclCommand command, String object) {
        String begin = "User " + user.name() + " has no permissions to access ";
        return switch (denial) {
            case COMMAND -> commandMessage(user, command);
            case KEY -> begin + "the '" + object + "' key";
            case CHANNEL -> begin + "the '" + object + "' channel";
            default -> begin + "database " + object;
        };
    }

    private static String commandMessage(User user, AclCommand command) {
        return "User "
                + user.name()
                + " has no permissions to run the '"
                + command.fullName()
                + "' command";
    }

    // ---- the log ----

    /**
     * Counts the last refusal and takes it down.
     *
     * @param args those of the last check
     * @param clientInfo asked only if it is needed
     */
    public void takeDown(
            Denial denial,
            AclLog.Context context,
            User user,
            AclCommand command,
            Args args,
            Supplier<String> clientInfo,
            long nowMillis) {
        if (log.isToBeKept(denial)) {
            boolean isCommand = denial == Denial.COMMAND || check.position() == 0;
            String object = isCommand ? command.fullName() : args.bytes(check.position()).text();
            log.add(denial, context, object, user.name(), clientInfo.get(), nowMillis);
        }
    }

    /**
     * Counts a certificate that names nobody who may come in, and takes it down.
     *
     * @param userName who that would be
     */
    public void takeDownCertificate(String userName, Supplier<String> clientInfo, long nowMillis) {
        if (log.isToBeKept(Denial.CERTIFICATE)) {
            log.add(
                    Denial.CERTIFICATE,
                    AclLog.Context.TOPLEVEL,
                    "",
                    userName,
                    clientInfo.get(),
                    nowMillis);
        }
    }

    /**
     * Counts somebody who is not who he says he is, and takes it down.
     *
     * @param userName who that would be
     * @param object the command
     */
    public void takeDownLogin(
            AclLog.Context context,
            String userName,
            String object,
            Supplier<String> clientInfo,
            long nowMillis) {
        if (log.isToBeKept(Denial.AUTH)) {
            log.add(Denial.AUTH, context, object, userName, clientInfo.get(), nowMillis);
        }
    }
}

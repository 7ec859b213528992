// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/**
 * Which arguments of a command are numbers of databases. When an argument is no database, or the
 * command makes no sense, there are none: the command itself will refuse. Any thread.
 */
enum DatabaseUse {
    /** None. */
    NONE,
    /** The only one. */
    SELECT,
    /** Both. */
    SWAPDB,
    /** The second one. */
    MOVE,
    /** Those behind DB, of which there may be several although only the last one counts. */
    COPY;

    private static final int COPY_OPTIONS = 3;

    /** What the command of a name does. */
    static DatabaseUse of(String command) {
        return switch (command) {
            case "select" -> SELECT;
            case "swapdb" -> SWAPDB;
            case "move" -> MOVE;
            case "copy" -> COPY;
            default -> NONE;
        };
    }

    /** Position of the first number of a database; 0 when there is none. */
    int first(Args args, int databases) {
        return switch (this) {
            case NONE -> 0;
            case SELECT -> isDatabase(args, 1, databases) ? 1 : 0;
            case SWAPDB -> isDatabase(args, 1, databases) && isDatabase(args, 2, databases) ? 1 : 0;
            case MOVE -> isDatabase(args, 2, databases) ? 2 : 0;
            case COPY -> isCopy(args, databases) ? nextOfCopy(args, COPY_OPTIONS) : 0;
        };
    }

    /** Position of the number behind another; 0 when that was the last one. */
    int next(Args args, int position) {
        return switch (this) {
            case NONE, SELECT, MOVE -> 0;
            case SWAPDB -> position == 1 ? 2 : 0;
            case COPY -> nextOfCopy(args, position + 1);
        };
    }

    private static boolean isDatabase(Args args, int index, int databases) {
        if (index >= args.count()) {
            return false;
        }
        int db = number(args, index);
        return db >= 0 && db < databases;
    }

    /** A number that is known to fit; -1 when it does not. */
    static int number(Args args, int index) {
        try {
            long number = args.longAt(index);
            return number == (int) number ? (int) number : -1;
        } catch (CommandException notANumber) {
            return -1;
        }
    }

    private static boolean isCopy(Args args, int databases) {
        int at = COPY_OPTIONS;
        while (at < args.count()) {
            if (args.is(at, "replace")) {
                at++;
            } else if (args.is(at, "db") && isDatabase(args, at + 1, databases)) {
                at += 2;
            } else {
                return false;
            }
        }
        return true;
    }

    private static int nextOfCopy(Args args, int from) {
        for (int i = from; i + 1 < args.count(); i++) {
            if (args.is(i, "db")) {
                return i + 1;
            }
        }
        return 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.migrate;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.util.concurrent.TimeUnit;

/**
 * What a MIGRATE asks for. Any thread.
 *
 * @param db number of the database at the target
 * @param timeoutNanos how long the target may go without a sign of progress
 * @param copy whether the keys stay here
 * @param replace whether keys that the target has already are replaced
 * @param firstKey position of the first key among the arguments
 * @param keyCount number of keys
 */
record MigrateOptions(
        Target target,
        long db,
        long timeoutNanos,
        boolean copy,
        boolean replace,
        int firstKey,
        int keyCount) {
    static final int KEY = 3;
    static final int OPTIONS = 6;
    private static final int HOST = 1;
    private static final int PORT = 2;
    private static final int DB = 4;
    private static final int TIMEOUT = 5;
    private static final long TIMEOUT_MILLIS = 1000;
    private static final long TIMEOUT_MILLIS_MAX = TimeUnit.DAYS.toMillis(365);
    private static final CommandException TWO_PLACES =
            CommandException.of(
                    "When using MIGRATE KEYS option, the key argument"
                            + " must be set to the empty string");

    static MigrateOptions parse(Args args) throws CommandException {
        boolean copy = false;
        boolean replace = false;
        String user = null;
        String password = null;
        int firstKey = KEY;
        int keyCount = 1;
        int count = args.count();
        for (int i = OPTIONS; i < count && firstKey == KEY; i++) {
            if (args.is(i, "copy")) {
                copy = true;
            } else if (args.is(i, "replace")) {
                replace = true;
            } else if (args.is(i, "auth") && i + 1 < count) {
                password = args.bytes(++i).text();
            } else if (args.is(i, "auth2") && i + 2 < count) {
                user = args.bytes(++i).text();
                password = args.bytes(++i).text();
            } else if (args.is(i, "keys")) {
                if (!args.bytes(KEY).isEmpty()) {
                    throw TWO_PLACES;
                }
                firstKey = i + 1;
                keyCount = count - firstKey;
            } else {
                throw CommandException.SYNTAX;
            }
        }
        long timeout = args.longAt(TIMEOUT);
        long db = args.longAt(DB);
        timeout = timeout <= 0 ? TIMEOUT_MILLIS : Math.min(timeout, TIMEOUT_MILLIS_MAX);
        return new MigrateOptions(
                new Target(args.bytes(HOST).text(), args.bytes(PORT).text(), user, password),
                db,
                TimeUnit.MILLISECONDS.toNanos(timeout),
                copy,
                replace,
                firstKey,
                keyCount);
    }

    /** The time to connect in. */
    int timeoutMillis() {
        return (int) Math.min(TimeUnit.NANOSECONDS.toMillis(timeoutNanos), Integer.MAX_VALUE);
    }
}

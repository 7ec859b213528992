// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;

/** The identifiers and options of XCLAIM. Owner thread only. */
final class ClaimOptions {
    /** No option says how many times the entries were delivered. */
    static final long NO_RETRY_COUNT = -1;

    private static final int FIRST_ID = 5;
    private static final long NO_TIME = -1;

    private final IdParser parser;
    private final IdList ids = new IdList();
    private final StreamId lastId = new StreamId();
    private final StreamId id = new StreamId();
    private long minIdle;
    private long time;
    private long retryCount;
    private boolean force;
    private boolean justId;

    ClaimOptions(IdParser parser) {
        this.parser = parser;
    }

    /** The entries that are claimed. */
    IdList ids() {
        return ids;
    }

    /** Position of the argument that an identifier was read from. */
    int idIndex(int index) {
        return FIRST_ID + index;
    }

    /** Since how many milliseconds nobody may have got an entry that is claimed. */
    long minIdle() {
        return minIdle;
    }

    /** When the entries count as delivered. */
    long time() {
        return time;
    }

    /** How many times the entries count as delivered, or {@link #NO_RETRY_COUNT}. */
    long retryCount() {
        return retryCount;
    }

    /** Whether entries are claimed that no consumer had. */
    boolean isForce() {
        return force;
    }

    /** Whether only identifiers are answered, and the delivery does not count. */
    boolean isJustId() {
        return justId;
    }

    /** Up to which entry the group counts as served at least. */
    StreamId lastId() {
        return lastId;
    }

    void read(CommandContext context) throws CommandException {
        Args args = context.args();
        CommandException badIdle = StreamErrors.badMinIdle("XCLAIM");
        minIdle = Math.max(args.longAt(4, Long.MIN_VALUE, Long.MAX_VALUE, badIdle), 0);
        time = NO_TIME;
        retryCount = NO_RETRY_COUNT;
        force = false;
        justId = false;
        lastId.set(0, 0);
        ids.clear();
        int at = FIRST_ID;
        while (at < args.count() && parser.tryReadStrict(args.bytes(at), 0, id)) {
            ids.add(id);
            at++;
        }
        long now = context.nowMillis();
        while (at < args.count()) {
            at = readOption(args, at, now) + 1;
        }
        // Clients work their times out by clocks of their own, so what cannot be is now.
        if (time < 0 || time > now) {
            time = now;
        }
    }

    /** Reads one option and gives the position of its last argument. */
    private int readOption(Args args, int at, long now) throws CommandException {
        boolean more = at + 1 < args.count();
        if (args.is(at, "FORCE")) {
            force = true;
            return at;
        }
        if (args.is(at, "JUSTID")) {
            justId = true;
            return at;
        }
        if (more && args.is(at, "IDLE")) {
            time = now - number(args, at + 1, StreamErrors.BAD_IDLE_OPTION);
        } else if (more && args.is(at, "TIME")) {
            time = number(args, at + 1, StreamErrors.BAD_TIME_OPTION);
        } else if (more && args.is(at, "RETRYCOUNT")) {
            retryCount = number(args, at + 1, StreamErrors.BAD_RETRY_COUNT);
        } else if (more && args.is(at, "LASTID")) {
            parser.readStrict(args.bytes(at + 1), 0, lastId);
        } else {
            throw StreamErrors.badClaimOption(args.bytes(at));
        }
        return at + 1;
    }

    private static long number(Args args, int at, CommandException error) throws CommandException {
        return args.longAt(at, Long.MIN_VALUE, Long.MAX_VALUE, error);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;

/** The options of XREAD and XREADGROUP. Owner thread only. */
final class ReadOptions {
    /** No option says that the client is to wait. */
    static final long NO_WAIT = -1;

    private final boolean ofGroup;
    private long count;
    private long deadlineMillis;
    private boolean noAck;
    private int groupIndex;
    private int firstKey;
    private int keys;

    ReadOptions(boolean ofGroup) {
        this.ofGroup = ofGroup;
    }

    /** How many entries of each stream are asked for; 0 for all. */
    long count() {
        return count;
    }

    /** Until when the client waits; 0 for ever, or {@link #NO_WAIT}. */
    long deadlineMillis() {
        return deadlineMillis;
    }

    /** Whether what is delivered counts as acknowledged. */
    boolean isNoAck() {
        return noAck;
    }

    /** Position of the group's name, behind which the consumer's name comes. */
    int groupIndex() {
        return groupIndex;
    }

    /** Position of the first key. */
    int firstKey() {
        return firstKey;
    }

    /** Number of keys, and of identifiers behind them. */
    int keys() {
        return keys;
    }

    void read(CommandContext context) throws CommandException {
        Args args = context.args();
        count = 0;
        deadlineMillis = NO_WAIT;
        noAck = false;
        groupIndex = 0;
        firstKey = 0;
        int at = 1;
        while (at < args.count() && firstKey == 0) {
            at = readOption(context, args, at) + 1;
        }
        if (firstKey == 0) {
            throw CommandException.SYNTAX;
        }
        if (ofGroup && groupIndex == 0) {
            throw StreamErrors.MISSING_GROUP;
        }
    }

    /** Reads one option and gives the position of its last argument. */
    private int readOption(CommandContext context, Args args, int at) throws CommandException {
        int more = args.count() - at - 1;
        if (more > 0 && args.is(at, "BLOCK")) {
            deadlineMillis = deadline(context, at + 1);
            return at + 1;
        }
        if (more > 0 && args.is(at, "COUNT")) {
            count = Math.max(args.longAt(at + 1), 0);
            return at + 1;
        }
        if (more > 0 && args.is(at, "STREAMS")) {
            if (more % 2 != 0) {
                throw ofGroup
                        ? StreamErrors.unbalanced("xreadgroup", '>')
                        : StreamErrors.unbalanced("xread", '$');
            }
            firstKey = at + 1;
            keys = more / 2;
            return at;
        }
        if (more > 1 && args.is(at, "GROUP")) {
            requireGroup(StreamErrors.GROUP_IN_XREAD);
            groupIndex = at + 1;
            return at + 2;
        }
        if (args.is(at, "NOACK")) {
            requireGroup(StreamErrors.NOACK_IN_XREAD);
            noAck = true;
            return at;
        }
        throw CommandException.SYNTAX;
    }

    private void requireGroup(CommandException error) throws CommandException {
        if (!ofGroup) {
            throw error;
        }
    }

    private static long deadline(CommandContext context, int at) throws CommandException {
        long millis =
                context.args()
                        .longAt(
                                at,
                                Long.MIN_VALUE,
                                Long.MAX_VALUE,
                                StreamErrors.TIMEOUT_NOT_AN_INTEGER);
        if (millis < 0) {
            throw StreamErrors.TIMEOUT_NEGATIVE;
        }
        if (millis > Long.MAX_VALUE - context.nowMillis()) {
            throw StreamErrors.TIMEOUT_OUT_OF_RANGE;
        }
        return millis == 0 ? 0 : millis + context.nowMillis();
    }

    /** Finds the keys without looking at anything else; null when there are none. */
    static int[] keyPositions(Args args) {
        int at = 1;
        while (at < args.count() && !args.is(at, "STREAMS")) {
            int width = optionWidth(args, at);
            if (width == 0) {
                return null;
            }
            at += width;
        }
        int named = args.count() - at - 1;
        if (named <= 0 || named % 2 != 0) {
            return null;
        }
        int[] positions = new int[named / 2];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = at + 1 + i;
        }
        return positions;
    }

    private static int optionWidth(Args args, int at) {
        if (args.is(at, "BLOCK") || args.is(at, "COUNT")) {
            return 2;
        }
        if (args.is(at, "GROUP")) {
            return 3;
        }
        return args.is(at, "NOACK") ? 1 : 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import dev.sigrun.core.stream.store.NodeLimits;
import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.core.stream.store.TrimRule;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;

/** The options that XADD and XTRIM share, and those of XADD alone. Owner thread only. */
final class TrimOptions {
    private static final int FIRST_OPTION = 2;
    private static final int NODES_MAX = 100;
    private static final long LIMIT_MAX = 1_000_000;
    private static final long LIMIT_WITHOUT_ENTRIES_MAX = 10_000;

    private final TrimRule rule = new TrimRule();
    private final StreamId id = new StreamId();
    private final IdParser parser;
    private final NodeLimits limits;
    private int thresholdIndex;
    private boolean limitGiven;
    private boolean idGiven;
    private boolean sequenceGiven;
    private boolean mayCreate;

    TrimOptions(IdParser parser, NodeLimits limits) {
        this.parser = parser;
        this.limits = limits;
    }

    /** How far the stream is cut. */
    TrimRule rule() {
        return rule;
    }

    /** Position of the argument that says how far the stream is cut. */
    int thresholdIndex() {
        return thresholdIndex;
    }

    /** The identifier that was given, wholly or in part. */
    StreamId id() {
        return id;
    }

    /** Whether the identifier or a part of it was given. */
    boolean isIdGiven() {
        return idGiven;
    }

    /** Whether the whole identifier was given. */
    boolean isWholeIdGiven() {
        return idGiven && sequenceGiven;
    }

    /** Whether the key is made when it is absent. */
    boolean mayCreate() {
        return mayCreate;
    }

    /**
     * Reads the options.
     *
     * @param add whether they are XADD's
     * @return position of the identifier, or of what else ended the options
     */
    int read(CommandContext context, boolean add) throws CommandException {
        rule.clear();
        limitGiven = false;
        idGiven = false;
        sequenceGiven = false;
        mayCreate = true;
        int end = readOptions(context.args(), add);
        finish(context, add);
        return end;
    }

    private int readOptions(Args args, boolean add) throws CommandException {
        int at = FIRST_OPTION;
        while (at < args.count()) {
            boolean more = at + 1 < args.count();
            if (add && args.is(at, "*")) {
                return at;
            }
            if (more && args.is(at, "MAXLEN")) {
                at = readLength(args, readOperator(args, at + 1));
            } else if (more && args.is(at, "MINID")) {
                at = readOperator(args, at + 1);
                parser.readStrict(args.bytes(at), 0, rule.toId());
                thresholdIndex = at;
            } else if (more && args.is(at, "LIMIT")) {
                at++;
                readLimit(args.longAt(at));
            } else if (add && args.is(at, "NOMKSTREAM")) {
                mayCreate = false;
            } else if (add) {
                parser.readOpen(args.bytes(at), id);
                idGiven = true;
                sequenceGiven = parser.isSequenceGiven();
                return at;
            } else {
                throw CommandException.SYNTAX;
            }
            at++;
        }
        return at;
    }

    /** Reads what may stand before the threshold, and gives the position of that. */
    private int readOperator(Args args, int at) throws CommandException {
        if (rule.kind() != TrimRule.Kind.NONE) {
            throw StreamErrors.TWO_STRATEGIES;
        }
        boolean more = at + 1 < args.count();
        boolean whole = more && args.is(at, "~");
        rule.wholeNodes(whole);
        return whole || (more && args.is(at, "=")) ? at + 1 : at;
    }

    private int readLength(Args args, int at) throws CommandException {
        long length = args.longAt(at);
        if (length < 0) {
            throw StreamErrors.NEGATIVE_LENGTH;
        }
        rule.toLength(length);
        thresholdIndex = at;
        return at;
    }

    private void readLimit(long limit) throws CommandException {
        if (limit < 0) {
            throw StreamErrors.NEGATIVE_LIMIT;
        }
        rule.limit(limit);
        limitGiven = true;
    }

    private void finish(CommandContext context, boolean add) throws CommandException {
        boolean none = rule.kind() == TrimRule.Kind.NONE;
        if (none && rule.limit() != 0) {
            throw StreamErrors.LIMIT_ALONE;
        }
        if (none && !add) {
            throw StreamErrors.NO_STRATEGY;
        }
        if (context.client().isReplicated()) {
            // What comes from a primary names what came of the limit there.
            rule.limit(0);
        } else if (limitGiven) {
            if (!rule.isWholeNodes()) {
                throw StreamErrors.LIMIT_EXACT;
            }
        } else {
            rule.limit(rule.isWholeNodes() ? usualLimit() : 0);
        }
    }

    /** So many entries that cutting them does not take long. */
    private long usualLimit() {
        long entries = limits.entriesMax();
        if (entries <= 0 || entries > Long.MAX_VALUE / NODES_MAX) {
            return LIMIT_WITHOUT_ENTRIES_MAX;
        }
        return Math.min(NODES_MAX * entries, LIMIT_MAX);
    }
}

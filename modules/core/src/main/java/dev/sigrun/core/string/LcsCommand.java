// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.reply.ReplyWriter;

/**
 * LCS: the longest common subsequence of two strings, its length, or where it lies in them. Owner
 * thread only.
 *
 * <p>The limit on the table counts four bytes a cell, as Valkey's table takes, although {@link
 * LcsTable} needs a fraction of that: the same commands succeed on both.
 */
final class LcsCommand implements CommandHandler {
    private static final CommandException NOT_STRINGS =
            CommandException.of("The specified keys must contain string values");
    private static final CommandException LENGTH_AND_INDEX =
            CommandException.of("If you want both the length and indexes, please just use IDX.");
    private static final CommandException TABLE_TOO_LARGE =
            CommandException.of(
                    "Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len");
    private static final CommandException NO_MEMORY =
            CommandException.of("Insufficient memory, failed allocating transient memory for LCS");

    private static final Bytes EMPTY = Bytes.constant("");
    private static final Bytes MATCHES = Bytes.constant("matches");
    private static final Bytes LEN = Bytes.constant("len");
    private static final int FIRST_OPTION = 3;

    private boolean wantsLength;
    private boolean wantsRanges;
    private boolean wantsRangeLengths;
    private long rangeLengthMin;

    private LcsCommand() {}

    static void register(Registrar registrar) {
        registrar.command(
                StringCommands.command("LCS", -3)
                        .flags(READONLY)
                        .key(KeySpec.range(1, 1, 1, RO, ACCESS))
                        .build(),
                new LcsCommand());
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        Key first = context.read(1);
        Key second = context.read(2);
        if (holdsOther(first) || holdsOther(second)) {
            throw NOT_STRINGS;
        }
        parse(context.args());
        Bytes a = orEmpty(first.string());
        Bytes b = orEmpty(second.string());
        long cells = (a.length() + 1L) * (b.length() + 1L);
        if (cells > context.stringBytesMax() / Integer.BYTES) {
            throw TABLE_TOO_LARGE;
        }
        LcsTable table = table(a, b);
        if (wantsRanges) {
            replyRanges(context.reply(), table);
        } else if (wantsLength) {
            context.reply().integer(table.length());
        } else {
            context.reply().bulk(subsequence(table));
        }
    }

    private static boolean holdsOther(Key key) {
        return key.isPresent() && !key.isString();
    }

    private static Bytes orEmpty(Bytes content) {
        return content == null ? EMPTY : content;
    }

    private void parse(Args args) throws CommandException {
        wantsLength = false;
        wantsRanges = false;
        wantsRangeLengths = false;
        rangeLengthMin = 0;
        for (int i = FIRST_OPTION; i < args.count(); i++) {
            if (args.is(i, "IDX")) {
                wantsRanges = true;
            } else if (args.is(i, "LEN")) {
                wantsLength = true;
            } else if (args.is(i, "WITHMATCHLEN")) {
                wantsRangeLengths = true;
            } else if (args.is(i, "MINMATCHLEN") && i + 1 < args.count()) {
                i++;
                rangeLengthMin = args.longAt(i);
            } else {
                throw CommandException.SYNTAX;
            }
        }
        if (wantsLength && wantsRanges) {
            throw LENGTH_AND_INDEX;
        }
    }

    private LcsTable table(Bytes a, Bytes b) throws CommandException {
        try {
            return LcsTable.of(a, b, wantsRanges || !wantsLength);
        } catch (OutOfMemoryError e) { // One array that did not fit; nothing else is affected.
            throw NO_MEMORY;
        }
    }

    private static byte[] subsequence(LcsTable table) {
        byte[] result = new byte[table.length()];
        int end = result.length;
        LcsRuns runs = new LcsRuns(table);
        while (runs.next()) {
            end -= runs.length();
            for (int k = 0; k < runs.length(); k++) {
                result[end + k] = table.a().byteAt(runs.startInA() + k);
            }
        }
        return result;
    }

    private void replyRanges(ReplyWriter reply, LcsTable table) {
        reply.map(2);
        reply.bulk(MATCHES);
        long mark = reply.deferredArray();
        int count = 0;
        LcsRuns runs = new LcsRuns(table);
        while (runs.next()) {
            if (runs.length() >= rangeLengthMin) {
                replyRange(reply, runs);
                count++;
            }
        }
        reply.closeArray(mark, count);
        reply.bulk(LEN);
        reply.integer(table.length());
    }

    private void replyRange(ReplyWriter reply, LcsRuns runs) {
        reply.array(wantsRangeLengths ? 3 : 2);
        replyBounds(reply, runs.startInA(), runs.length());
        replyBounds(reply, runs.startInB(), runs.length());
        if (wantsRangeLengths) {
            reply.integer(runs.length());
        }
    }

    private static void replyBounds(ReplyWriter reply, int start, int length) {
        reply.array(2);
        reply.integer(start);
        reply.integer(start + length - 1L);
    }
}

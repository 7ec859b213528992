// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.core.View;
import dev.sigrun.core.element.ElementScan;
import dev.sigrun.core.generic.ScanCursor;
import dev.sigrun.memory.ordered.MemberVisitor;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.Cell;

/**
 * ZSCAN. A small set is answered as a whole, as on Valkey; of a large one, each step answers some
 * members that are neighbours by their hash, so that a change of scores hides none. Scores are
 * written as Valkey writes them here, which is not the same in both forms. Owner thread only.
 */
final class ScanCommand implements MemberVisitor {
    private final SortedSetKeys keys;
    private final ElementScan scan = new ElementScan("NOSCORES");
    private final ScoreText scoreText = new ScoreText();
    private final View view = new View();
    private ReplyWriter reply;

    ScanCommand(SortedSetKeys keys) {
        this.keys = keys;
    }

    void register(Registrar registrar) {
        registrar.command(
                SortedSetCommands.command("ZSCAN", -3)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .tips("nondeterministic_output")
                        .build(),
                this::scan);
    }

    private void scan(CommandContext context) throws CommandException {
        long cursor = ElementScan.cursor(context.args());
        Cell cell = keys.find(context.read(1));
        reply = context.reply();
        if (cell == null) {
            ElementScan.answerNothing(reply);
            return;
        }
        scan.parse(context.args());
        if (SortedSets.isLarge(cell)) {
            answerSome(cell, cursor);
        } else {
            answerAll(cell);
        }
    }

    private void answerSome(Cell cell, long cursor) {
        long end = end(cell, cursor);
        scan.begin(reply, end);
        long at = cursor;
        do {
            at = keys.sets.scan(cell, at, this);
        } while (at != end);
        scan.finish();
    }

    /** Where the scan will have come to: the reply has that before the members. */
    private long end(Cell cell, long cursor) {
        long stepsLeft = ScanCursor.stepsMax(scan.count());
        long at = cursor;
        long seen = 0;
        do {
            seen += SortedSets.scanCount(cell, at);
            at = SortedSets.scanEnd(cell, at);
            stepsLeft--;
        } while (at != 0 && stepsLeft > 0 && seen < scan.count());
        return at;
    }

    /** Answers a member of a large set. */
    @Override
    public void visit(long member, int length, double score) {
        if (scan.matches(view.over(member, length))) {
            reply.bulk(member, length);
            scan.answered();
            if (!scan.keysOnly()) {
                reply.bulk(scoreText.print(score));
                scan.answered();
            }
        }
    }

    private void answerAll(Cell cell) {
        scan.begin(reply, 0);
        SortedSetWalk walk = keys.walk;
        boolean more = walk.first(cell);
        while (more) {
            if (scan.matches(view.over(walk.member(), walk.length()))) {
                reply.bulk(walk.member(), walk.length());
                scan.answered();
                if (!scan.keysOnly()) {
                    reply.bulk(scoreText.format(walk.score()));
                    scan.answered();
                }
            }
            more = walk.next();
        }
        scan.finish();
    }
}

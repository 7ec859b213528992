// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.core.element.ElementScan;
import dev.sigrun.memory.dict.Dict;
import dev.sigrun.memory.dict.DictVisitor;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.Cell;

/**
 * SSCAN. A small set is answered as a whole, as on Valkey; of a table, each step answers one of its
 * buckets. Owner thread only.
 */
final class ScanCommand implements DictVisitor {
    private final Sets sets;
    private final SetType type;
    private final ElementScan scan = new ElementScan(null);
    private final SetIterator iterator = new SetIterator();
    private final Item item = new Item();
    private ReplyWriter reply;

    ScanCommand(Sets sets, SetType type) {
        this.sets = sets;
        this.type = type;
    }

    void register(Registrar registrar) {
        registrar.command(
                SetCommands.command("SSCAN", -3)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .tips("nondeterministic_output")
                        .build(),
                this::scan);
    }

    private void scan(CommandContext context) throws CommandException {
        long cursor = ElementScan.cursor(context.args());
        Cell cell = context.read(1).value(type);
        reply = context.reply();
        if (cell == null) {
            ElementScan.answerNothing(reply);
            return;
        }
        scan.parse(context.args());
        if (Sets.form(cell) == Sets.HASHTABLE) {
            answerSome(Sets.content(cell), cursor);
        } else {
            answerAll(cell);
        }
    }

    private void answerSome(long root, long cursor) {
        Dict tables = sets.tables();
        long end = scan.end(tables, root, cursor);
        scan.begin(reply, end);
        long at = cursor;
        do {
            at = tables.scan(root, at, this);
        } while (at != end);
        scan.finish();
    }

    /** Answers a member of a table. */
    @Override
    public void visit(long position) {
        answer(item.element(position));
    }

    private void answerAll(Cell cell) {
        scan.begin(reply, 0);
        iterator.over(cell);
        while (iterator.next()) {
            answer(iterator.item());
        }
        scan.finish();
    }

    private void answer(Item member) {
        if (scan.matches(member)) {
            Members.reply(reply, member);
            scan.answered();
        }
    }
}

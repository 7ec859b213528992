// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.core.element.ElementScan;
import dev.sigrun.memory.dict.DictVisitor;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;

/** HSCAN. A small hash is answered at once, whatever the cursor. Owner thread only. */
final class HscanCommand implements DictVisitor {
    private final Hashes hashes;
    private final ElementScan scan = new ElementScan("NOVALUES");
    private HashValue hash;
    private ReplyWriter reply;

    HscanCommand(Hashes hashes) {
        this.hashes = hashes;
    }

    void register(Registrar registrar) {
        registrar.command(
                HashCommands.command("HSCAN", -3)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .tips("nondeterministic_output")
                        .build(),
                this::scan);
    }

    private void scan(CommandContext context) throws CommandException {
        long cursor = ElementScan.cursor(context.args());
        hash = hashes.read(context);
        reply = context.reply();
        if (hash == null) {
            ElementScan.answerNothing(reply);
            return;
        }
        scan.parse(context.args());
        if (hash.isLarge()) {
            answerSome(cursor);
        } else {
            answerAll();
        }
    }

    private void answerSome(long cursor) {
        long end = scan.end(hashes.dict, hash.root(), cursor);
        scan.begin(reply, end);
        long at = cursor;
        do {
            at = hashes.dict.scan(hash.root(), at, this);
        } while (at != end);
        scan.finish();
    }

    private void answerAll() {
        scan.begin(reply, 0);
        hash.begin();
        for (long field = hash.next(); field != 0; field = hash.next()) {
            visit(field);
        }
        scan.finish();
    }

    /** Answers a field, unless its time is over. */
    @Override
    public void visit(long field) {
        if (!hash.isSeenAt(field) || !scan.matches(field)) {
            return;
        }
        Hashes.say(reply, field);
        scan.answered();
        if (!scan.keysOnly()) {
            Hashes.say(reply, HashValue.valueOf(field));
            scan.answered();
        }
    }
}

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
    private int answered;

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
        answered = 0;
        if (hash.isLarge()) {
            answerSome(cursor);
        } else {
            answerAll();
        }
    }

    private void answerSome(long cursor) {
        long end = scan.end(hashes.dict, hash.root(), cursor);
        reply.array(2);
        reply.bulk(Long.toUnsignedString(end));
        long mark = reply.deferredArray();
        long at = cursor;
        do {
            at = hashes.dict.scan(hash.root(), at, this);
        } while (at != end);
        reply.closeArray(mark, answered);
    }

    private void answerAll() {
        reply.array(2);
        reply.bulk(0);
        long mark = reply.deferredArray();
        hash.begin();
        for (long field = hash.next(); field != 0; field = hash.next()) {
            visit(field);
        }
        reply.closeArray(mark, answered);
    }

    /** Answers a field, unless its time is over. */
    @Override
    public void visit(long field) {
        if (!hash.isSeenAt(field) || !scan.matches(field)) {
            return;
        }
        Hashes.say(reply, field);
        answered++;
        if (!scan.keysOnly()) {
            Hashes.say(reply, HashValue.valueOf(field));
            answered++;
        }
    }
}

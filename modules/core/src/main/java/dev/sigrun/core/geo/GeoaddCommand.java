// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.core.sortedset.SortedSetType;
import dev.sigrun.core.sortedset.SortedSetWriter;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.CommandEmitter;

/**
 * GEOADD, which is ZADD with scores that stand for places; it replicates as that. Owner thread
 * only; allocates nothing on the heap but what the parsing of coordinates does.
 */
final class GeoaddCommand implements CommandHandler {
    private final GeoaddOptions options = new GeoaddOptions();
    private final SortedSetWriter places;
    private int added;
    private int updated;

    private GeoaddCommand(SortedSetType type) {
        this.places = new SortedSetWriter(type);
    }

    static void register(Registrar registrar, SortedSetType type) {
        registrar.command(
                GeoCommands.command("GEOADD", -5)
                        .flags(WRITE, DENYOOM)
                        .key(KeySpec.at(1, RW, UPDATE))
                        .build(),
                new GeoaddCommand(type));
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        options.parse(context.args());
        Key key = context.write(1);
        places.open(key);
        added = 0;
        updated = 0;
        if (places.isPresent() || options.takesNew()) {
            places.begin(options.members(), options.lengthMax());
            try {
                addAll(context.args());
            } finally {
                places.end();
            }
        }
        if (added + updated > 0) {
            key.markModified();
            key.countChanges(added + updated - 1L);
            key.notify(NotifyClass.SORTED_SET, "zadd");
            replicate(context);
        }
        context.reply().integer(options.countsChanges() ? added + updated : added);
    }

    private void addAll(Args args) {
        for (int i = 0; i < options.members(); i++) {
            double score = options.score(i);
            if (!places.find(args.bytes(options.memberIndex(i)))) {
                if (options.takesNew()) {
                    places.add(score);
                    added++;
                }
            } else if (options.takesOld() && places.score() != score) {
                places.update(score);
                updated++;
            }
        }
    }

    private void replicate(CommandContext context) {
        Args args = context.args();
        int before = options.optionsEnd();
        CommandEmitter out = context.replication().instead();
        out.command("ZADD", before - 1 + 2 * options.members());
        for (int i = 1; i < before; i++) {
            out.arg(args.bytes(i));
        }
        for (int i = 0; i < options.members(); i++) {
            out.arg(options.score(i)).arg(args.bytes(options.memberIndex(i)));
        }
    }
}

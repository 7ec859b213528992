// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import static dev.sigrun.spi.command.CommandFlag.MAY_REPLICATE;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RW;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;

/**
 * PFCOUNT. The estimate of a single key is kept in its string, so that it need not be made anew
 * until an element is added; that is a change, and replicates. Owner thread only; allocates nothing
 * on the heap.
 */
final class PfcountCommand implements CommandHandler {
    private final Reader reader = new Reader();
    private final Registers union = new Registers();

    private PfcountCommand() {}

    static void register(Registrar registrar) {
        registrar.command(
                HyperLogLogCommands.command("PFCOUNT", -2)
                        .flags(READONLY, MAY_REPLICATE)
                        .key(
                                KeySpec.range(1, -1, 1, RW, ACCESS)
                                        .withNotes("A new estimate is kept in the key."))
                        .build(),
                new PfcountCommand());
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        long estimate = context.args().count() == 2 ? ofOne(context) : ofUnion(context);
        context.reply().integer(estimate);
    }

    private long ofOne(CommandContext context) throws CommandException {
        Key key = context.read(1);
        Bytes content = key.string();
        if (content == null) {
            return 0;
        }
        Layout.check(content);
        long known = Layout.estimate(content.address());
        if (known >= 0) {
            return known;
        }
        long estimate = reader.estimate(content.address(), content.length());
        // The estimate is kept in the value, which so far was only opened for reading.
        Bytes kept = context.write(1).growString(content.length());
        Layout.estimate(kept.address(), estimate);
        context.replication().verbatim();
        return estimate;
    }

    private long ofUnion(CommandContext context) throws CommandException {
        union.clear();
        for (int i = 1; i < context.args().count(); i++) {
            Bytes content = context.read(i).string();
            if (content != null) {
                Layout.check(content);
                reader.merge(content.address(), content.length(), union);
            }
        }
        return reader.estimate(union);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.INSERT;
import static dev.sigrun.spi.command.KeySpec.Use.RO;
import static dev.sigrun.spi.command.KeySpec.Use.RW;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.ConfigParam;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;

/**
 * PFMERGE. The target is one of the sources, and stays sparse only when all of them are. Owner
 * thread only; allocates nothing on the heap.
 */
final class PfmergeCommand implements CommandHandler {
    private final Draft draft;
    private final ConfigParam<Long> sparseBytesMax;
    private final Reader reader = new Reader();
    private final Registers union = new Registers();

    private PfmergeCommand(Draft draft, ConfigParam<Long> sparseBytesMax) {
        this.draft = draft;
        this.sparseBytesMax = sparseBytesMax;
    }

    static void register(Registrar registrar, Draft draft, ConfigParam<Long> sparseBytesMax) {
        registrar.command(
                HyperLogLogCommands.command("PFMERGE", -2)
                        .flags(WRITE, DENYOOM)
                        .key(KeySpec.at(1, RW, ACCESS, INSERT))
                        .key(KeySpec.range(2, -1, 1, RO, ACCESS))
                        .build(),
                new PfmergeCommand(draft, sparseBytesMax));
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        union.clear();
        boolean dense = false;
        for (int i = 1; i < context.args().count(); i++) {
            Bytes content = context.read(i).string();
            if (content != null) {
                Layout.check(content);
                dense |= Layout.encoding(content.address()) == Layout.DENSE;
                reader.merge(content.address(), content.length(), union);
            }
        }
        store(context.write(1), dense);
        context.replication().verbatim();
        context.reply().ok();
    }

    private void store(Key target, boolean dense) throws CommandException {
        draft.open(target.string(), sparseBytesMax.value(), Layout.REGISTERS);
        try {
            if (dense) {
                draft.become(union);
            } else {
                raiseAll();
            }
            draft.store(target);
        } finally {
            draft.close();
        }
        target.notify(NotifyClass.STRING, "pfadd");
    }

    private void raiseAll() throws CommandException {
        for (int index = 0; index < Layout.REGISTERS; index++) {
            int value = union.get(index);
            if (value > 0) {
                draft.raise(index, value);
            }
        }
    }
}

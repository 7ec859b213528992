// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.INSERT;
import static dev.sigrun.spi.command.KeySpec.Use.RW;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.ConfigParam;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;

/** PFADD. Owner thread only; allocates nothing on the heap. */
final class PfaddCommand implements CommandHandler {
    private static final int FIRST_ELEMENT = 2;

    private final Draft draft;
    private final ConfigParam<Long> sparseBytesMax;

    private PfaddCommand(Draft draft, ConfigParam<Long> sparseBytesMax) {
        this.draft = draft;
        this.sparseBytesMax = sparseBytesMax;
    }

    static void register(Registrar registrar, Draft draft, ConfigParam<Long> sparseBytesMax) {
        registrar.command(
                HyperLogLogCommands.command("PFADD", -2)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, INSERT))
                        .build(),
                new PfaddCommand(draft, sparseBytesMax));
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        Key key = context.write(1);
        Bytes content = key.string();
        if (content != null) {
            Layout.check(content);
        }
        boolean dense = content != null && Layout.encoding(content.address()) == Layout.DENSE;
        int changes =
                dense
                        ? addToDense(context.args(), key, content)
                        : addToSparse(context.args(), key, content);
        if (changes > 0) {
            key.countChanges(changes - 1L);
            key.notify(NotifyClass.STRING, "pfadd");
            context.replication().verbatim();
        }
        context.reply().integer(changes > 0 ? 1 : 0);
    }

    /** Changes the string in place, but asks for that only when a register is really raised. */
    private static int addToDense(Args args, Key key, Bytes content) throws CommandException {
        long registers = content.address() + Layout.HEADER_BYTES;
        int changes = 0;
        for (int i = FIRST_ELEMENT; i < args.count(); i++) {
            int element = element(args, i);
            int index = Element.index(element);
            int run = Element.run(element);
            if (DenseRegisters.get(registers, index) < run) {
                if (changes == 0) {
                    long address = key.growString(Layout.DENSE_LENGTH).address();
                    Layout.outdate(address);
                    registers = address + Layout.HEADER_BYTES;
                }
                DenseRegisters.set(registers, index, run);
                changes++;
            }
        }
        return changes;
    }

    /** A new key counts as a change of its own. */
    private int addToSparse(Args args, Key key, Bytes content) throws CommandException {
        draft.open(content, sparseBytesMax.value(), args.count() - FIRST_ELEMENT);
        try {
            int changes = content == null ? 1 : 0;
            for (int i = FIRST_ELEMENT; i < args.count(); i++) {
                int element = element(args, i);
                changes += draft.raise(Element.index(element), Element.run(element)) ? 1 : 0;
            }
            if (changes > 0) {
                draft.store(key);
            }
            return changes;
        } finally {
            draft.close();
        }
    }

    private static int element(Args args, int index) {
        Bytes content = args.bytes(index);
        return Element.of(content.address(), content.length());
    }
}

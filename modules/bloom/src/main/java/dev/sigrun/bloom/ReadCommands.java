// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import dev.sigrun.bloom.filter.Errors;
import dev.sigrun.bloom.filter.Filter;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;

/** Owner thread only. {@code BF.EXISTS}, {@code BF.MEXISTS} and {@code BF.CARD}. */
final class ReadCommands {
    private static final CommandException EXISTS_ARITY = Errors.arity("BF.EXISTS");
    private static final CommandException MEXISTS_ARITY = Errors.arity("BF.MEXISTS");
    private static final CommandException CARD_ARITY = Errors.arity("BF.CARD");
    private static final int FIRST_ITEM = 2;

    private final Vault vault;

    ReadCommands(Vault vault) {
        this.vault = vault;
    }

    void exists(CommandContext context) throws CommandException {
        final Args args = context.args();
        if (args.count() != FIRST_ITEM + 1) {
            throw EXISTS_ARITY;
        }
        final Filter<?> filter = vault.find(context.read(1));
        final boolean there = filter != null && filter.contains(args.bytes(FIRST_ITEM));
        context.reply().integer(there ? 1 : 0);
    }

    void existsMany(CommandContext context) throws CommandException {
        final Args args = context.args();
        final int count = args.count();
        if (count <= FIRST_ITEM) {
            throw MEXISTS_ARITY;
        }
        final Filter<?> filter = vault.find(context.read(1));
        context.reply().array(count - FIRST_ITEM);
        for (int i = FIRST_ITEM; i < count; i++) {
            final boolean there = filter != null && filter.contains(args.bytes(i));
            context.reply().integer(there ? 1 : 0);
        }
    }

    void cardinality(CommandContext context) throws CommandException {
        if (context.args().count() != 2) {
            throw CARD_ARITY;
        }
        final Filter<?> filter = vault.find(context.read(1));
        context.reply().integer(filter == null ? 0 : filter.items());
    }
}

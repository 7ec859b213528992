// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import dev.sigrun.bloom.filter.BloomFilter;
import dev.sigrun.bloom.filter.Errors;
import dev.sigrun.bloom.filter.Filter;
import dev.sigrun.bloom.filter.Shape;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;

/** Owner thread only. {@code BF.ADD} and {@code BF.MADD}. */
final class AddCommands {
    private static final CommandException ADD_ARITY = Errors.arity("BF.ADD");
    private static final CommandException MADD_ARITY = Errors.arity("BF.MADD");
    private static final int FIRST_ITEM = 2;

    private final Vault vault;
    private final ItemAdder adder;

    AddCommands(Vault vault) {
        this.vault = vault;
        this.adder = new ItemAdder(vault);
    }

    void add(CommandContext context) throws CommandException {
        final Args args = context.args();
        if (args.count() != FIRST_ITEM + 1) {
            throw ADD_ARITY;
        }
        final Key key = context.write(1);
        final Filter<?> filter = vault.find(key);
        if (filter == null) {
            final Shape shape = vault.shape(context);
            final BloomFilter created = vault.create(context, key, shape);
            final boolean added =
                    created.add(vault.memory(), args.bytes(FIRST_ITEM), vault.limit(context));
            Vault.created(context, key, shape, added, FIRST_ITEM, args.count());
            context.reply().integer(added ? 1 : 0);
            return;
        }
        final boolean added =
                filter.add(vault.memory(), args.bytes(FIRST_ITEM), vault.limit(context));
        if (added) {
            Vault.added(context, key, FIRST_ITEM, args.count());
        }
        context.reply().integer(added ? 1 : 0);
    }

    void addMany(CommandContext context) throws CommandException {
        if (context.args().count() <= FIRST_ITEM) {
            throw MADD_ARITY;
        }
        final Key key = context.write(1);
        final Filter<?> filter = vault.find(key);
        if (filter == null) {
            final Shape shape = vault.shape(context);
            adder.addAll(context, vault.create(context, key, shape), FIRST_ITEM);
            Vault.created(context, key, shape, adder.added(), FIRST_ITEM, adder.end());
            return;
        }
        adder.addAll(context, filter, FIRST_ITEM);
        if (adder.added()) {
            Vault.added(context, key, FIRST_ITEM, adder.end());
        }
    }
}

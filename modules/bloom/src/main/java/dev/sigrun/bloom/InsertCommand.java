// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import dev.sigrun.bloom.filter.Errors;
import dev.sigrun.bloom.filter.Filter;
import dev.sigrun.bloom.filter.Shape;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;

/** Owner thread only. {@code BF.INSERT}. */
final class InsertCommand {
    private final Vault vault;
    private final ItemAdder adder;

    InsertCommand(Vault vault) {
        this.vault = vault;
        this.adder = new ItemAdder(vault);
    }

    void insert(CommandContext context) throws CommandException {
        if (context.args().count() < 2) {
            throw InsertOptions.ARITY;
        }
        final InsertOptions options = InsertOptions.parse(context.args(), vault.settings);
        if (!context.client().isReplicated()) {
            options.checkScale(vault.settings.memoryLimit());
        }
        final Key key = context.write(1);
        final Filter<?> filter = vault.find(key);
        final int first = options.firstItem();
        if (filter != null) {
            adder.addAll(context, filter, first);
            if (adder.added()) {
                Vault.added(context, key, first, adder.end());
            }
            return;
        }
        if (options.mustExist()) {
            throw Errors.NOT_FOUND;
        }
        final Shape shape = options.shape(vault, context);
        adder.addAll(context, vault.create(context, key, shape), first);
        Vault.created(context, key, shape, adder.added(), first, adder.end());
    }
}

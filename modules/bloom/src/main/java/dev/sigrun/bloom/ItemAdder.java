// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import dev.sigrun.bloom.filter.Filter;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.reply.ReplyWriter;

/** Owner thread only. Adds the items of one command and remembers how far it came. */
final class ItemAdder {
    private final Vault vault;
    private boolean added;
    private int end;

    ItemAdder(Vault vault) {
        this.vault = vault;
    }

    /**
     * Adds all arguments from {@code from} on and answers with an array: 1 for an item that was
     * added, 0 for one that was there. The first error is the last element.
     */
    void addAll(CommandContext context, Filter<?> filter, int from) {
        final ReplyWriter reply = context.reply();
        final int count = context.args().count();
        final long limit = vault.limit(context);
        final long mark = reply.deferredArray();
        added = false;
        int replies = 0;
        for (end = from; end < count; end++) {
            replies++;
            try {
                boolean isNew = filter.add(vault.memory(), context.args().bytes(end), limit);
                added |= isNew;
                reply.integer(isNew ? 1 : 0);
            } catch (CommandException failure) {
                reply.error(failure);
                break;
            }
        }
        reply.closeArray(mark, replies);
    }

    /** Whether an item was added. */
    boolean added() {
        return added;
    }

    /** End of the items that were dealt with. */
    int end() {
        return end;
    }
}

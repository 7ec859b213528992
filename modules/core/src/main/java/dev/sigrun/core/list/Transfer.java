// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.Cell;

/**
 * Moves an element from one list's end to another's, or to that of the same list. In between the
 * element stands in a block of its own, since both lists may move meanwhile. Owner thread only;
 * allocates nothing on the heap.
 */
final class Transfer {
    private final ListKeys keys;
    private final CoreMemory memory;

    Transfer(ListKeys keys, CoreMemory memory) {
        this.keys = keys;
        this.memory = memory;
    }

    /** Moves from the key at 1, which holds a list, to the one at 2, and answers. */
    void run(CommandContext context, Side from, Side to) throws CommandException {
        Key sourceKey = context.write(1);
        Key targetKey = context.write(2);
        Cell target = keys.find(targetKey);
        Cell source = keys.find(sourceKey);
        Lists.seek(keys.cursor, source, from.edge());
        int length = keys.cursor.contentLength();
        // Valkey does not count the digits of an integer from a large list; this is seen where the
        // form changes.
        boolean isCounted = !(Lists.isLarge(source) && keys.cursor.isInteger());
        long expected = isCounted ? length : 0;
        long block = memory.allocate(Math.max(length, Decimal.BYTES_MAX));
        try {
            keys.cursor.writeContent(block);
            boolean isSameKey = context.args().bytes(1).contentEquals(context.args().bytes(2));
            if (isSameKey) {
                keys.lists.pop(source, from);
                add(sourceKey, source, to, block, length, expected);
            } else {
                add(targetKey, target, to, block, length, expected);
                source = keys.find(sourceKey);
                keys.lists.pop(source, from);
            }
            // Of two keys both change, but a move is one change, which was counted with the target.
            long counted = isSameKey ? 1 : 0;
            keys.finishRemoval(sourceKey, source, from.popped, keys.lists.length(source), counted);
            context.reply().bulk(block, length);
        } finally {
            memory.free(block, Math.max(length, Decimal.BYTES_MAX));
        }
    }

    private void add(Key key, Cell cell, Side side, long block, int length, long expected) {
        Cell list = cell == null ? keys.create(key) : cell;
        try {
            keys.lists.expect(list, expected, 1);
            keys.lists.push(list, side, block, length);
        } finally {
            if (cell == null) {
                ListKeys.dropWhenEmpty(key, keys.lists.length(list));
            }
        }
        key.markModified();
        key.notify(NotifyClass.LIST, side.pushed);
    }
}

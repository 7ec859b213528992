// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sort;

import dev.sigrun.core.list.ListAccess;
import dev.sigrun.memory.quicklist.ListCursor;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;

/** Elements of lists. Owner thread only. */
final class ListSource implements ElementSource {
    private final ListAccess lists;

    ListSource(ListAccess lists) {
        this.lists = lists;
    }

    @Override
    public long open(Key key) throws CommandException {
        return lists.open(key);
    }

    @Override
    public void collect(SortVector vector) {
        collect(vector, 0, lists.length(), false);
    }

    @Override
    public void collect(SortVector vector, long first, long count, boolean backwards) {
        ListCursor cursor = lists.seek(backwards ? -1 - first : first);
        for (long i = 0; i < count; i++) {
            if (cursor.isInteger()) {
                vector.add(cursor.integer());
            } else {
                vector.add(cursor.stringAddress(), cursor.stringLength());
            }
            if (backwards) {
                cursor.previous();
            } else {
                cursor.next();
            }
        }
    }
}

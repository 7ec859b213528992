// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sort;

import dev.sigrun.core.set.SetIterator;
import dev.sigrun.core.set.SetType;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.Cell;

/** Members of sets, which have no order of their own. Owner thread only. */
final class SetSource implements ElementSource {
    private final SetType type;
    private final SetIterator members = new SetIterator();
    private Cell cell;

    SetSource(SetType type) {
        this.type = type;
    }

    @Override
    public long open(Key key) throws CommandException {
        cell = key.value(type);
        return type.size(cell);
    }

    @Override
    public void collect(SortVector vector) {
        collect(vector, 0, type.size(cell), false);
    }

    @Override
    public void collect(SortVector vector, long first, long count, boolean backwards) {
        members.over(cell);
        for (long i = 0; i < first; i++) {
            members.next();
        }
        for (long i = 0; i < count; i++) {
            members.next();
            Item member = members.item();
            if (member.isInteger()) {
                vector.add(member.integer());
            } else {
                vector.add(member.address(), member.length());
            }
        }
    }
}

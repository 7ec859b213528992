// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sort;

import dev.sigrun.core.sortedset.SortedSetReader;
import dev.sigrun.core.sortedset.SortedSetType;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;

/**
 * Members of sorted sets, in the order of their scores. Owner thread only. Deviation: Valkey turns
 * a sorted set that it sorts into its large encoding for good; here it is read and stays as it is.
 */
final class SortedSetSource implements ElementSource {
    private final SortedSetReader members;

    SortedSetSource(SortedSetType type) {
        this.members = new SortedSetReader(type);
    }

    @Override
    public long open(Key key) throws CommandException {
        members.open(key);
        return members.size();
    }

    @Override
    public void collect(SortVector vector) {
        collect(vector, 0, members.size(), false);
    }

    @Override
    public void collect(SortVector vector, long first, long count, boolean backwards) {
        members.seekRank(backwards ? members.size() - 1 - first : first);
        for (long i = 0; i < count; i++) {
            vector.add(members.member(), members.length());
            if (backwards) {
                members.previous();
            } else {
                members.next();
            }
        }
    }
}

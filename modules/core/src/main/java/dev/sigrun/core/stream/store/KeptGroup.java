// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.idmap.IdMap;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * A group as it was when a walk began. What was pending or a consumer and still is the same way
 * stands in the group itself, and the rest here. Owner thread only.
 */
final class KeptGroup {
    final byte[] name;

    /** The group itself; 0 when it is gone, or was not there. */
    long live;

    final boolean wasThere;
    final long lastMs;
    final long lastSeq;
    final long entriesRead;
    final long pendingCount;
    final int consumerCount;
    final KeptIds pending;
    final TreeMap<byte[], KeptConsumer> consumers = new TreeMap<>(Arrays::compareUnsigned);

    private KeptGroup(byte[] name, long group, Blocks blocks) {
        this.name = name;
        live = group;
        wasThere = group != 0;
        lastMs = wasThere ? Group.lastMs(group) : 0;
        lastSeq = wasThere ? Group.lastSeq(group) : 0;
        entriesRead = wasThere ? Group.entriesRead(group) : 0;
        pendingCount = wasThere ? IdMap.size(Group.pending(group)) : 0;
        consumerCount = wasThere ? Groups.consumerCount(group) : 0;
        pending = new KeptIds(blocks);
    }

    static KeptGroup of(byte[] name, long group, Blocks blocks) {
        return new KeptGroup(name, group, blocks);
    }

    /** Stands for a group that was not there. */
    static KeptGroup absent(byte[] name, Blocks blocks) {
        return new KeptGroup(name, 0, blocks);
    }

    /** Frees everything that is kept here. */
    void free() {
        pending.freeSome(Long.MAX_VALUE);
        consumers.values().forEach(consumer -> consumer.owned.freeSome(Long.MAX_VALUE));
        consumers.clear();
    }
}

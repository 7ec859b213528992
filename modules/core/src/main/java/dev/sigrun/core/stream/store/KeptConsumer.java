// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.idmap.IdMap;

/**
 * A consumer as it was when a walk began. What it had and still has the same way stands in the
 * consumer itself, and the rest here. Owner thread only.
 */
final class KeptConsumer {
    final byte[] name;

    /** The consumer itself; 0 when it is gone, or was not there. */
    long live;

    final boolean wasThere;
    final long seenMillis;
    final long activeMillis;
    final long count;
    final KeptIds owned;

    private KeptConsumer(byte[] name, long consumer, Blocks blocks) {
        this.name = name;
        live = consumer;
        wasThere = consumer != 0;
        seenMillis = wasThere ? Consumer.seenMillis(consumer) : 0;
        activeMillis = wasThere ? Consumer.activeMillis(consumer) : 0;
        count = wasThere ? IdMap.size(Consumer.pending(consumer)) : 0;
        owned = new KeptIds(blocks);
    }

    static KeptConsumer of(byte[] name, long consumer, Blocks blocks) {
        return new KeptConsumer(name, consumer, blocks);
    }

    /** Stands for a consumer that was not there. */
    static KeptConsumer absent(byte[] name, Blocks blocks) {
        return new KeptConsumer(name, 0, blocks);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.idmap.IdCursor;
import dev.sigrun.memory.idmap.IdMap;
import dev.sigrun.memory.pack.Listpack;

/**
 * Shows the nodes that a stream has when a walk begins, as they are then. A node that is about to
 * change or to go is shown before, since their order does not matter. Owner thread only.
 */
final class NodeWalk {
    /** A step ends when it has shown so much. */
    private static final long STEP_BYTES = 8 << 10;

    private static final int STEP_NODES = 32;

    private final StreamVisitor visitor;
    private final IdCursor cursor = new IdCursor();
    private final StreamId next = new StreamId();
    private final StreamId last = new StreamId();

    /** The nodes that were shown before their turn, and those that were not there. */
    private final KeptIds touched;

    private long left;
    private boolean ended;

    NodeWalk(long root, StreamVisitor visitor, Blocks blocks) {
        this.visitor = visitor;
        this.touched = new KeptIds(blocks);
        left = IdMap.size(StreamRoot.nodes(root));
        ended = !cursor.last(StreamRoot.nodes(root));
        if (!ended) {
            last.set(cursor.ms(), cursor.seq());
        }
        visitor.nodes(left);
    }

    /** Shows the next nodes; says whether there may be more. */
    boolean step(long root) {
        if (ended) {
            return !touched.freeSome(STEP_NODES);
        }
        boolean more = cursor.atLeast(StreamRoot.nodes(root), next.ms(), next.seq());
        long bytes = 0;
        for (int i = 0; more && i < STEP_NODES && bytes < STEP_BYTES; i++) {
            if (last.compareTo(cursor.ms(), cursor.seq()) < 0) {
                more = false;
            } else {
                bytes += pass();
                ended = !next.set(cursor.ms(), cursor.seq()).increment();
                more = cursor.next();
            }
        }
        ended |= !more;
        if (ended && left != 0) {
            throw new IllegalStateException(left + " nodes of a stream were not found");
        }
        return true;
    }

    private long pass() {
        if (touched.has(cursor.ms(), cursor.seq())) {
            return 0;
        }
        show(cursor.ms(), cursor.seq(), cursor.value());
        return Listpack.bytes(cursor.value());
    }

    private void show(long ms, long seq, long node) {
        visitor.node(ms, seq, node);
        left--;
    }

    /** A node is about to be made, to change or to go. */
    void beforeChange(long root, long ms, long seq) {
        if (ended
                || next.compareTo(ms, seq) > 0
                || last.compareTo(ms, seq) < 0
                || touched.has(ms, seq)) {
            return;
        }
        long node = IdMap.get(StreamRoot.nodes(root), ms, seq);
        touched.put(ms, seq, node == 0 ? KeptIds.ABSENT : KeptIds.PRESENT);
        if (node != 0) {
            show(ms, seq, node);
        }
    }

    void close() {
        ended = true;
        touched.freeSome(Long.MAX_VALUE);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import dev.sigrun.kernel.command.ReplyGate;
import dev.sigrun.kernel.loop.Owner;
import java.util.ArrayDeque;

/**
 * Keeps the stream from replicas up to where it is safe in this server's own file, when replies
 * wait for that as well: nobody may know of a write that a sudden end of this server would undo.
 * Where replies do not wait the stream does not either. Owner thread only.
 */
final class StreamHold {
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final ReplyGate gate;
    private final Owner owner;
    private final Runnable onMore;
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private final Runnable look = this::look;
    private long limit = NO_LIMIT;
    private long lastOffset;
    private boolean awaits;

    /** The stream up to an offset is safe when the file is up to a position. */
    private record Mark(long position, long offset) {}

    /**
     * Makes one that holds nothing.
     *
     * @param onMore is told when more of the stream may be sent
     */
    StreamHold(ReplyGate gate, Owner owner, Runnable onMore) {
        this.gate = gate;
        this.owner = owner;
        this.onMore = onMore;
    }

    /** The stream has grown, and the file before it. */
    void grown(long offset) {
        if (limit == NO_LIMIT) {
            if (gate.isClosed()) {
                limit = lastOffset;
            } else {
                lastOffset = offset;
            }
        }
    }

    /** A turn is over in which the stream has grown. */
    void turnEnded(long offset) {
        if (limit == NO_LIMIT) {
            return;
        }
        if (gate.isClosed()) {
            marks.add(new Mark(gate.written(), offset));
            await();
        } else {
            open(offset);
        }
    }

    /** Bytes that may be sent of those from an offset on. */
    long sendable(long offset, long waiting) {
        return limit == NO_LIMIT ? waiting : Math.clamp(limit + 1 - offset, 0, waiting);
    }

    private void await() {
        if (!awaits) {
            awaits = true;
            gate.await(() -> owner.execute(look));
            gate.hurry();
            if (!gate.isClosed()) {
                // It may have opened before anybody knew of this one.
                owner.execute(look);
            }
        }
    }

    private void look() {
        awaits = false;
        long safe = gate.safe();
        while (!marks.isEmpty() && marks.peek().position() <= safe) {
            limit = marks.poll().offset();
        }
        if (!marks.isEmpty()) {
            await();
        } else if (limit != NO_LIMIT && !gate.isClosed()) {
            open(limit);
        }
        onMore.run();
    }

    private void open(long offset) {
        marks.clear();
        lastOffset = offset;
        limit = NO_LIMIT;
    }
}

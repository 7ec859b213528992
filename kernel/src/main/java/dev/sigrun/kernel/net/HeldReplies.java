// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.command.ReplyGate;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/**
 * Replies of a loop's connections that must not leave before that is safe which they acknowledge.
 * They leave in the order in which they came. Confined to the loop.
 *
 * <p>What the owner has written is known here when the reply comes, since the queue between the two
 * orders memory; so each reply waits for everything that it can have seen, and perhaps for a little
 * more.
 */
final class HeldReplies {
    private final LoopState state;
    private final ReplyGate gate;
    private final ArrayDeque<Held> queue = new ArrayDeque<>();
    private final Runnable release = this::release;
    private final Runnable wake = this::wake;
    private boolean awaits;

    /** A reply, and how far the content has to be safe. */
    private record Held(ConnectionOutput output, ByteBuf content, long position) {}

    HeldReplies(LoopState state, ReplyGate gate) {
        this.state = state;
        this.gate = gate;
    }

    /** Takes a reply, whose reference goes over. */
    void add(ConnectionOutput output, ByteBuf content) {
        queue.add(new Held(output, content, gate.written()));
        await();
    }

    private void await() {
        if (!awaits) {
            awaits = true;
            gate.await(wake);
            if (!gate.isClosed()) {
                // It may have opened before anybody knew of this one.
                wake();
            }
        }
    }

    /** More is safe; any thread. */
    private void wake() {
        state.loop().execute(release);
    }

    private void release() {
        awaits = false;
        long safe = gate.safe();
        while (!queue.isEmpty() && queue.peek().position() <= safe) {
            Held next = queue.poll();
            next.output().release(next.content(), state);
        }
        if (!queue.isEmpty()) {
            await();
        }
    }

    /** The loop has ended, and nobody sends any more. */
    void drop() {
        queue.forEach(held -> held.content().release());
        queue.clear();
    }
}

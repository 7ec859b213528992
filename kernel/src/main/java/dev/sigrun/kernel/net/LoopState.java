// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.wire.RequestBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/**
 * What the connections of one event loop share, so that an idle connection holds next to nothing:
 * the buffer that is read into, batches and outputs. Confined to its loop.
 */
final class LoopState {
    private static final int READ_BYTES = 64 * 1024;
    private static final int KEPT_MAX = 64;

    private final EventLoop loop;
    private final ByteBufAllocator allocator;
    private final ByteBuf readBuffer;
    private final ArrayDeque<RequestBatch> batches = new ArrayDeque<>();
    private final ArrayDeque<Output> outputs = new ArrayDeque<>();
    private final ArrayList<Connection> unsent = new ArrayList<>();
    private final Runnable sendUnsent = this::sendUnsent;
    private final Set<Connection> queryKeepers = new HashSet<>();

    LoopState(EventLoop loop, ByteBufAllocator allocator) {
        this.loop = loop;
        this.allocator = allocator;
        this.readBuffer = allocator.directBuffer(READ_BYTES, READ_BYTES);
    }

    EventLoop loop() {
        return loop;
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    ByteBuf readBuffer() {
        return readBuffer;
    }

    RequestBatch takeBatch() {
        RequestBatch batch = batches.poll();
        return batch != null ? batch : new RequestBatch(Dispatcher.BATCH_COMMANDS_MAX);
    }

    void giveBatch(RequestBatch batch) {
        if (batches.size() < KEPT_MAX) {
            batches.push(batch);
        }
    }

    Output takeOutput() {
        Output output = outputs.poll();
        return output != null ? output : new Output(allocator);
    }

    void giveOutput(Output output) {
        output.recycle();
        if (outputs.size() < KEPT_MAX) {
            outputs.push(output);
        } else {
            output.release();
        }
    }

    /**
     * Sends a connection's replies once the loop has served all that had something to read. Sent
     * one after the other they wake a client's process once, where one by one they would wake it
     * again and again.
     */
    void sendLater(Connection connection) {
        if (unsent.isEmpty()) {
            loop.execute(sendUnsent);
        }
        unsent.add(connection);
        if (unsent.size() == KEPT_MAX) {
            // More would mean more outputs than are kept.
            sendUnsent();
        }
    }

    private void sendUnsent() {
        for (int i = 0; i < unsent.size(); i++) {
            unsent.get(i).sendAwaited();
        }
        unsent.clear();
    }

    /** A connection has a query buffer of its own from now on. */
    void queryKept(Connection connection) {
        queryKeepers.add(connection);
    }

    /** A connection has no query buffer of its own any more. */
    void queryDropped(Connection connection) {
        queryKeepers.remove(connection);
    }

    /** A tenth of a second has passed. Any thread. */
    void tick() {
        if (!loop.isShuttingDown()) {
            loop.execute(this::trimQueries);
        }
    }

    private void trimQueries() {
        if (!queryKeepers.isEmpty()) {
            // A connection that gives its buffer back leaves the set.
            for (Connection connection : queryKeepers.toArray(new Connection[0])) {
                connection.trimQuery();
            }
        }
    }

    /** Gives back what is kept; the loop has ended. */
    void release() {
        readBuffer.release();
        outputs.forEach(Output::release);
        outputs.clear();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.wire.RequestBatch;
import dev.sigrun.kernel.wire.RequestParser;
import io.netty.buffer.ByteBuf;

/**
 * What a client has sent and the owner has not executed: the query buffer, and what was parsed of
 * it. Confined to the connection's loop, but for the time that the batch is lent to the owner.
 *
 * <p>The query buffer is the one that the loop's connections share as long as whole requests come;
 * a connection has one of its own while a request is incomplete. What arrives while the batch is
 * lent is set aside. Nothing is held while the client is idle.
 */
@SuppressWarnings("ReferenceEquality") // A buffer is the shared one or it is not.
final class ConnectionInput {
    private final Connection connection;
    private final RequestParser parser = new RequestParser();
    private RequestBatch batch;
    private ByteBuf query;
    private QuerySize ownSize;
    private ByteBuf aside;
    private int settledBytes;

    ConnectionInput(Connection connection) {
        this.connection = connection;
    }

    RequestBatch batch() {
        return batch;
    }

    /** What is wrong with the input, or null. */
    String error() {
        return parser.error();
    }

    /** The address that the batch's offsets count from. */
    long address() {
        return query.memoryAddress();
    }

    /** Bytes of requests that wait; any thread may ask, and may hear what was a moment ago. */
    long bytes(LoopState state) {
        ByteBuf own = query;
        if (own == null || own == state.readBuffer()) {
            return 0;
        }
        RequestBatch parsed = batch;
        boolean isWaiting = parsed != null && parsed.commands() > 0;
        return Math.max(own.writerIndex() - (isWaiting ? 0 : parser.position()), 0);
    }

    /** Bytes that the query buffer takes; any thread, as above. */
    long capacity(LoopState state) {
        ByteBuf own = query;
        return own == null || own == state.readBuffer() ? 0 : own.capacity();
    }

    // ---- reading ----

    /** The buffer that the next bytes go to, which wait there if {@code asideOnly}; retained. */
    ByteBuf bufferToFill(LoopState state, boolean asideOnly) {
        if (!state.readsAtOnce()) {
            // When the bytes come, the buffers that there are now may be others.
            long missing = query == null ? 0 : parser.missingBytes(query.writerIndex());
            return state.allocator().directBuffer(QuerySize.roomy(0, missing, state.trustBytes()));
        }
        if (asideOnly) {
            if (aside == null) {
                aside = state.allocator().directBuffer(QuerySize.STEP);
            }
            aside.ensureWritable(QuerySize.STEP / 2);
            return aside.retain();
        }
        if (query != null) {
            makeRoom(state, QuerySize.STEP);
            return query.retain();
        }
        // The shared buffer can only be read from before the next connection has its turn.
        ByteBuf shared = state.readBuffer();
        return shared != null
                ? shared.clear().retain()
                : state.allocator().directBuffer(QuerySize.STEP);
    }

    /** Makes room in the query buffer, and if it grows then for the rest of the request, too. */
    private void makeRoom(LoopState state, int bytes) {
        int used = query.writerIndex();
        if (query.writableBytes() < bytes) {
            long missing = parser.missingBytes(used);
            int roomy = QuerySize.roomy(used, missing, state.trustBytes());
            replaceQuery(state, Math.max(roomy, used + bytes), 0, used);
        }
    }

    private void replaceQuery(LoopState state, int capacity, int start, int length) {
        ByteBuf fresh = state.allocator().directBuffer(capacity);
        fresh.writeBytes(query, start, length);
        query.release();
        query = fresh;
    }

    /**
     * Takes a filled buffer, whose reference goes over.
     *
     * @return how many bytes have come with it
     */
    int take(LoopState state, ByteBuf buffer) {
        int come = buffer.writerIndex();
        if (buffer == query) {
            come -= settledBytes;
            buffer.release();
        } else if (query == null) {
            query = buffer;
        } else {
            makeRoom(state, come);
            query.writeBytes(buffer, 0, come);
            buffer.release();
        }
        if (ownSize != null) {
            ownSize.filled(query.writerIndex());
        }
        return come;
    }

    /** Whether the query buffer is the one that the loop's connections share. */
    boolean isShared(LoopState state) {
        return query != null && query == state.readBuffer();
    }

    /** Whether a buffer is the query buffer. */
    boolean isQuery(ByteBuf buffer) {
        return buffer == query;
    }

    /** Sets a filled buffer aside, whose reference goes over. */
    void setAside(LoopState state, ByteBuf buffer) {
        if (aside == null && buffer != state.readBuffer()) {
            aside = buffer;
        } else if (aside == null) {
            aside = state.allocator().directBuffer(buffer.writerIndex()).writeBytes(buffer);
            buffer.release();
        } else {
            if (buffer != aside) {
                aside.writeBytes(buffer);
            }
            buffer.release();
        }
    }

    boolean hasAside() {
        return aside != null;
    }

    int asideBytes() {
        return aside == null ? 0 : aside.readableBytes();
    }

    /** Takes up what was set aside, to a limit; returns how many bytes that was. */
    int takeAside(LoopState state, int bytesMax) {
        int more = Math.min(aside.readableBytes(), bytesMax);
        if (query == null) {
            query = state.allocator().directBuffer(more + QuerySize.STEP);
        } else {
            makeRoom(state, more);
        }
        query.writeBytes(aside, more);
        if (!aside.isReadable()) {
            aside.release();
            aside = null;
        }
        return more;
    }

    // ---- parsing ----

    /**
     * Parses what is there.
     *
     * @param isAuthenticated whether the client may send what is large, and many at once
     * @return whether there is something for the owner: commands, or an error to report
     */
    boolean parse(LoopState state, boolean isAuthenticated, long bulkBytesMax) {
        if (query == null) {
            return false;
        }
        if (batch == null) {
            batch = state.takeBatch();
        }
        parser.parse(
                batch,
                query.memoryAddress(),
                query.writerIndex(),
                isAuthenticated ? Integer.MAX_VALUE : 1,
                bulkBytesMax,
                isAuthenticated);
        return batch.commands() > 0 || parser.error() != null;
    }

    /** Whether there is nothing but what was parsed and stands in the batch. */
    boolean isAllParsed() {
        return parser.error() == null && incompleteBytes() == 0;
    }

    /** Bytes of the request that is incomplete; after {@link #parse}. */
    int incompleteBytes() {
        return query == null ? 0 : query.writerIndex() - parser.commandStart();
    }

    /** Keeps what is incomplete and gives back everything else. */
    void settle(LoopState state) {
        if (query == null) {
            return;
        }
        int left = incompleteBytes();
        if (left > 0) {
            keepIncomplete(state, parser.commandStart(), left);
        } else {
            if (ownSize != null && QuerySize.isKept(query.capacity())) {
                query.clear();
            } else {
                dropQuery(state);
            }
            giveBatch(state);
        }
        settledBytes = left;
        parser.rebase();
    }

    private void keepIncomplete(LoopState state, int start, int left) {
        if (query == state.readBuffer()) {
            long missing = parser.missingBytes(query.writerIndex());
            int capacity = QuerySize.waiting(left, missing, state.trustBytes());
            replaceQuery(state, capacity, start, left);
        } else if (start > 0) {
            query.setBytes(0, query, start, left);
            query.writerIndex(left);
        }
        batch.consume(start);
        if (ownSize == null) {
            ownSize = new QuerySize();
            state.queryKept(connection);
        }
        ownSize.filled(left);
    }

    private void giveBatch(LoopState state) {
        batch.dropAll();
        state.giveBatch(batch);
        batch = null;
    }

    private void dropQuery(LoopState state) {
        query.release();
        query = null;
        if (ownSize != null) {
            ownSize = null;
            state.queryDropped(connection);
        }
    }

    /** Gives everything back: the client gets no more answers. */
    void release(LoopState state) {
        if (query != null) {
            dropQuery(state);
        }
        if (batch != null) {
            giveBatch(state);
        }
        if (aside != null) {
            aside.release();
            aside = null;
        }
    }

    /** Waits for a while, and so leaves the buffer that all share, or one that is too large. */
    void tighten(LoopState state) {
        int used = query.writerIndex();
        if (query == state.readBuffer() || used < query.capacity() / 2) {
            replaceQuery(state, used, 0, used);
        }
    }

    /** Gives back what a query buffer of the connection's own has too much; not while lent. */
    void trim(LoopState state) {
        if (ownSize == null) {
            return;
        }
        int used = query.writerIndex();
        long missing = parser.missingBytes(used);
        int wanted = ownSize.afterTick(query.capacity(), used, missing, state.trustBytes());
        if (wanted == 0) {
            dropQuery(state);
        } else if (wanted < query.capacity()) {
            replaceQuery(state, wanted, 0, used);
        }
    }

    /** Whether the connection has a query buffer for itself, to be trimmed by its loop. */
    boolean isOwn() {
        return ownSize != null;
    }
}

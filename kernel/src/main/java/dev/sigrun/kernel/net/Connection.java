// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.wire.RequestBatch;
import dev.sigrun.kernel.wire.RequestParser;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/**
 * A client's connection: reads, lets the owner execute, writes.
 *
 * <p>The fields belong to the connection's loop, except while the batch is lent to the owner, and
 * then batch, query buffer and output are the owner's. Where the loop is the owner itself, lending
 * is a plain call; elsewhere both ways go through the loops' task queues, which also order memory.
 * A batch whose session is blocked stays lent until the session goes on or the connection ends;
 * when it is drained, so that nothing in it is left to execute, the owner looks at it and at the
 * query buffer no more, and the loop gives both back.
 */
// A buffer is the shared one or it is not, and a channel's futures are heard by the channel itself.
@SuppressWarnings({"ReferenceEquality", "FutureReturnValueIgnored"})
final class Connection extends ChannelInboundHandlerAdapter {
    /** Replies beyond this are handed to the socket before all requests are answered. */
    private static final int OUTPUT_BYTES_MAX = 256 * 1024;

    private final Connections connections;
    private final Channel channel;
    private final SessionTransport transport;
    private final RequestParser parser = new RequestParser();
    private final Runnable runOnOwner = this::run;
    private final Runnable returnToLoop = this::returned;
    private final Runnable goOn = this::goOn;
    private LoopState state;
    private Session session;
    private RequestBatch batch;
    private ByteBuf query;
    private QuerySize ownQuery;
    private ByteBuf pendingInput;
    private Output output;
    private Output answer;
    private int outputUsed;
    private int outputCounted;
    private int nextCommand;
    private int settledBytes;
    private boolean inline;
    private boolean lent;
    private boolean drained;
    private boolean parked;
    private boolean closed;
    private boolean isAuthenticated;
    private boolean mustClose;
    private boolean awaitsSending;

    Connection(Connections connections, Channel channel) {
        this.connections = connections;
        this.channel = channel;
        this.transport = new SessionTransport(this, channel);
    }

    /** Called on the loop, once the channel is registered there. */
    void start(LoopState loopState, boolean loopIsOwner, Session newSession) {
        state = loopState;
        inline = loopIsOwner;
        session = newSession;
        isAuthenticated = newSession.isAuthenticated();
    }

    Session session() {
        return session;
    }

    SessionTransport transport() {
        return transport;
    }

    Connections connections() {
        return connections;
    }

    /** Bytes of requests that wait. */
    long queryBytes() {
        ByteBuf own = query;
        return own == null || own == state.readBuffer() ? 0 : own.writerIndex();
    }

    /** Bytes that the query buffer takes. */
    long queryCapacity() {
        ByteBuf own = query;
        return own == null || own == state.readBuffer() ? 0 : own.capacity();
    }

    // ---- on the loop: reading ----

    /** The buffer that the next bytes go to; the caller gets a reference of its own. */
    ByteBuf bufferToReadInto() {
        if (lent) {
            if (pendingInput == null) {
                pendingInput = state.allocator().directBuffer(QuerySize.STEP);
            }
            pendingInput.ensureWritable(QuerySize.STEP / 2);
            return pendingInput.retain();
        }
        if (query != null) {
            growQuery();
            return query.retain();
        }
        // The shared buffer can only be read from before the next connection has its turn.
        return inline
                ? state.readBuffer().clear().retain()
                : state.allocator().directBuffer(QuerySize.STEP);
    }

    /** Makes room for the rest of the incomplete request. */
    private void growQuery() {
        int used = query.writerIndex();
        if (query.writableBytes() < QuerySize.STEP) {
            replaceQuery(QuerySize.roomy(used, parser.missingBytes(used)), 0, used);
        }
    }

    /** Gives back what a query buffer of the connection's own has too much. */
    void trimQuery() {
        // While the session is blocked with nothing behind, no batch refers to the buffer.
        if (lent && batch != null || ownQuery == null) {
            return;
        }
        int used = query.writerIndex();
        int wanted = ownQuery.afterTick(query.capacity(), used, parser.missingBytes(used));
        if (wanted == 0) {
            dropQuery();
        } else if (wanted < query.capacity()) {
            replaceQuery(wanted, 0, used);
        }
    }

    private void dropQuery() {
        query.release();
        query = null;
        if (ownQuery != null) {
            ownQuery = null;
            state.queryDropped(this);
        }
    }

    private void replaceQuery(int capacity, int start, int length) {
        ByteBuf fresh = state.allocator().directBuffer(capacity);
        fresh.writeBytes(query, start, length);
        query.release();
        query = fresh;
    }

    boolean wantsMore() {
        return !lent && !mustClose && !closed;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        if (closed || mustClose) {
            buffer.release();
        } else if (buffer == pendingInput) {
            buffer.release();
            pendingFilled();
        } else {
            int before = buffer == query ? settledBytes : 0;
            count(buffer.writerIndex() - before);
            if (query == null) {
                query = buffer;
            } else {
                buffer.release();
            }
            if (ownQuery != null) {
                ownQuery.filled(query.writerIndex());
            }
            process();
        }
    }

    /**
     * A flood waits in the kernel while the owner is busy with what came before. A session that is
     * blocked may stay so for long, and only who goes on reading learns that its client has gone.
     */
    private void pendingFilled() {
        if (!parked) {
            channel.config().setAutoRead(false);
        } else if (pendingInput.writerIndex() > connections.limits().queryBytesMax()) {
            connections.queryLimitReached(this);
        }
    }

    private void count(int bytes) {
        session.bytesIn += bytes;
        connections.countInput(bytes);
    }

    /** Parses what is there and lends it to the owner, until nothing complete is left. */
    private void process() {
        while (!lent && !closed && !mustClose && query != null) {
            if (batch == null) {
                batch = state.takeBatch();
            }
            parser.parse(
                    batch,
                    query.memoryAddress(),
                    query.writerIndex(),
                    isAuthenticated ? Integer.MAX_VALUE : 1,
                    connections.limits().bulkBytesMax(),
                    isAuthenticated);
            if (batch.commands() == 0 && parser.error() == null) {
                break;
            }
            lend();
        }
        if (!lent) {
            if (output != null && inline && !mustClose && !closed) {
                awaitSending();
            } else {
                send();
            }
            settle();
        }
    }

    /** Leaves the replies until every connection that had something to read has been served. */
    private void awaitSending() {
        if (!awaitsSending) {
            awaitsSending = true;
            state.sendLater(this);
        }
    }

    /** The client sends no more: what it has asked for is answered before the connection closes. */
    void endOfInput() {
        if (awaitsSending && !lent) {
            send();
        }
    }

    /** The loop's turn is over. */
    void sendAwaited() {
        awaitsSending = false;
        if (!lent) {
            send();
        }
    }

    /** Keeps what is incomplete and gives back everything else. */
    private void settle() {
        if (query == null) {
            return;
        }
        int start = parser.commandStart();
        int left = query.writerIndex() - start;
        if (left > connections.limits().queryBytesMax() && !mustClose && !closed) {
            connections.queryLimitReached(this);
            left = 0;
        }
        if (left > 0 && !mustClose && !closed) {
            keepIncomplete(start, left);
        } else {
            boolean usable = !mustClose && !closed && QuerySize.isKept(query.capacity());
            if (ownQuery != null && usable) {
                query.clear();
            } else {
                dropQuery();
            }
            batch.dropAll();
            state.giveBatch(batch);
            batch = null;
        }
        settledBytes = left;
        parser.rebase();
    }

    private void keepIncomplete(int start, int left) {
        if (query == state.readBuffer()) {
            long missing = parser.missingBytes(query.writerIndex());
            replaceQuery(QuerySize.roomy(left, missing), start, left);
        } else if (start > 0) {
            query.setBytes(0, query, start, left);
            query.writerIndex(left);
        }
        batch.consume(start);
        if (ownQuery == null) {
            ownQuery = new QuerySize();
            state.queryKept(this);
        }
        ownQuery.filled(left);
    }

    private void lend() {
        lent = true;
        drained = false;
        nextCommand = 0;
        if (output == null) {
            output = state.takeOutput();
            outputUsed = 0;
            outputCounted = 0;
        }
        if (inline) {
            run();
        } else {
            connections.owner().execute(runOnOwner);
        }
    }

    /** The owner has executed the batch. */
    private void returned() {
        takeBack();
        process();
    }

    private void takeBack() {
        lent = false;
        parked = false;
        if (closed) {
            release();
            return;
        }
        if (batch != null) {
            batch.consume(0);
        }
        if (outputUsed > OUTPUT_BYTES_MAX) {
            send();
        }
        if (pendingInput != null) {
            takePending();
        }
    }

    private void takePending() {
        int more = pendingInput.writerIndex();
        count(more);
        if (query == null) {
            query = pendingInput;
        } else {
            int used = query.writerIndex();
            replaceQuery(used + more + QuerySize.STEP, 0, used);
            query.writeBytes(pendingInput, 0, more);
            pendingInput.release();
        }
        pendingInput = null;
        channel.config().setAutoRead(true);
    }

    // ---- on the owner: executing ----

    private void run() {
        open();
        execute();
    }

    private void execute() {
        if (!drained && !session.isClosing() && !closed) {
            nextCommand =
                    connections
                            .dispatcher()
                            .run(session, batch, query.memoryAddress(), nextCommand);
        }
        if (!drained
                && nextCommand == batch.commands()
                && parser.error() != null
                && !session.isClosing()) {
            connections.protocolError(session, parser.error());
        }
        close();
        if (session.isBlocked() && !session.isClosing()) {
            drained = nextCommand == batch.commands() && isAllParsed();
            detachOutput();
        } else if (inline) {
            takeBack();
        } else {
            state.loop().execute(returnToLoop);
        }
    }

    /** Whether the query buffer has nothing in it but the commands of the batch. */
    private boolean isAllParsed() {
        return parser.error() == null && parser.commandStart() == query.writerIndex();
    }

    /** Sends the replies up to the command that blocks. */
    private void detachOutput() {
        Output full = output;
        int used = outputUsed;
        output = null;
        outputUsed = 0;
        if (inline) {
            park(full, used);
        } else {
            state.loop().execute(() -> park(full, used));
        }
    }

    /** On the loop: the session is blocked, maybe for long, and should hold little meanwhile. */
    private void park(Output full, int used) {
        sendOutput(full, used);
        parked = true;
        if (pendingInput != null) {
            channel.config().setAutoRead(true);
        }
        if (drained) {
            settle();
        } else if (query == state.readBuffer()) {
            int kept = query.writerIndex();
            replaceQuery(Math.max(kept, QuerySize.STEP), 0, kept);
        }
    }

    /** Lays the reply buffer over this connection's output. */
    private void open() {
        if (output == null) {
            output = inline ? state.takeOutput() : new Output(state.allocator());
            outputUsed = 0;
            outputCounted = 0;
        }
        connections.dispatcher().reply().wrap(output, outputUsed);
        connections.dispatcher().reply().protocol(session.protocol());
    }

    private void close() {
        outputUsed = connections.dispatcher().reply().used();
        session.bytesOut += outputUsed - outputCounted;
        connections.countOutput(outputUsed - outputCounted);
        outputCounted = outputUsed;
        isAuthenticated = session.isAuthenticated();
        mustClose = session.isClosing();
    }

    // ---- on the owner: going on after a wait ----

    /** Lays the reply buffer over room for an answer to the session, which is blocked. */
    void beginAnswer() {
        answer = connections.ownerState().takeOutput();
        connections.dispatcher().reply().wrap(answer, 0);
        connections.dispatcher().reply().protocol(session.protocol());
    }

    /** Sends the answer, at once, since there may be many and each takes a whole output. */
    void endAnswer() {
        Output full = answer;
        answer = null;
        int used = connections.dispatcher().reply().used();
        session.bytesOut += used;
        connections.countOutput(used);
        if (inline) {
            sendOutput(full, used);
            return;
        }
        if (used > 0) {
            ByteBuf content = full.copy(used);
            state.loop().execute(() -> write(content));
        }
        connections.ownerState().giveOutput(full);
    }

    /** The session is not blocked any longer. */
    void resume() {
        connections.owner().execute(goOn);
    }

    private void goOn() {
        run();
        if (inline && !lent) {
            process();
        }
    }

    // ---- on the loop: writing and ending ----

    private void send() {
        if (output == null) {
            return;
        }
        Output full = output;
        output = null;
        sendOutput(full, outputUsed);
        outputUsed = 0;
        if (mustClose && !closed) {
            channel.writeAndFlush(state.allocator().buffer(0, 0))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void sendOutput(Output full, int used) {
        if (used > 0 && !closed) {
            // Behind unsent replies only the bytes themselves wait, not a whole buffer.
            boolean backlogged = transport.outputBytes() > 0;
            write(backlogged ? full.copy(used) : full.lend(used));
        }
        state.giveOutput(full);
    }

    private void write(ByteBuf content) {
        channel.writeAndFlush(content, channel.voidPromise());
        if (transport.outputBytes() > 0) {
            connections.checkOutputLimit(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed = true;
        if (!lent) {
            release();
        }
        if (inline) {
            ended();
        } else {
            connections.owner().execute(this::ended);
        }
    }

    /** On the owner: nobody will resume what the session waited for. */
    private void ended() {
        boolean waiting = session.isBlocked();
        connections.closed(this);
        if (waiting) {
            if (inline) {
                release();
            } else {
                state.loop().execute(this::release);
            }
        }
    }

    private void release() {
        if (query != null) {
            dropQuery();
        }
        if (pendingInput != null) {
            pendingInput.release();
            pendingInput = null;
        }
        if (output != null) {
            state.giveOutput(output);
            output = null;
        }
        if (batch != null) {
            batch.dropAll();
            state.giveBatch(batch);
            batch = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            connections.fault(this, cause);
        }
        channel.close();
    }
}

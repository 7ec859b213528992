// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.net.tls.TlsChannel;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.io.IOException;

/**
 * A client's connection as Netty sees it: what comes, and how it ends. What becomes of what has
 * come is the {@link RequestFlow}'s; which loop does all this is the {@link ConnectionHome}'s.
 * Confined to the connection's loop where not said otherwise.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    private final Connections connections;
    private final Channel channel;
    private final SessionTransport transport;
    private final ConnectionHome home;
    private final ConnectionInput input;
    private final ConnectionOutput output;
    private final Outbox outbox;
    private TlsChannel tls;
    private Session session;
    private BatchRun run;
    private RequestFlow flow;
    private volatile StreamOutput stream;
    private volatile boolean closed;
    private volatile boolean inputEnded;

    /** On the owner, whose loop is where every connection begins. */
    Connection(Connections connections, Channel channel) {
        this.connections = connections;
        this.channel = channel;
        this.transport = new SessionTransport(this, channel);
        this.home = new ConnectionHome(this, channel, connections.loops());
        this.input = new ConnectionInput(this);
        this.output = new ConnectionOutput(this, channel);
        this.outbox = new Outbox(connections.loops().allocator());
    }

    /** Says whose connection this is, before anything is read. */
    void start(Session newSession) {
        session = newSession;
        run = new BatchRun(this, connections, newSession);
        flow = new RequestFlow(this, channel, run);
    }

    /** Says what encrypts the connection, before anything is read. */
    void encryption(TlsChannel newTls) {
        tls = newTls;
    }

    boolean isEncrypted() {
        return tls != null;
    }

    /** What was taken has been worked off. */
    void settled() {
        if (tls != null) {
            tls.goOn();
        }
    }

    /** Bytes of replies that are not encrypted yet. Any thread. */
    long unencryptedBytes() {
        return tls == null ? 0 : tls.waitingBytes();
    }

    Connections connections() {
        return connections;
    }

    Session session() {
        return session;
    }

    SessionTransport transport() {
        return transport;
    }

    ConnectionHome home() {
        return home;
    }

    ConnectionInput input() {
        return input;
    }

    ConnectionOutput output() {
        return output;
    }

    /** Any thread. */
    Outbox outbox() {
        return outbox;
    }

    /** What sends more than replies; null as long as nothing does. Any thread. */
    StreamOutput stream() {
        return stream;
    }

    /** On the owner, while it has the batch: more than replies will be sent. */
    void stream(StreamOutput output) {
        stream = output;
    }

    BatchRun run() {
        return run;
    }

    RequestFlow flow() {
        return flow;
    }

    /** Any thread. */
    boolean isClosed() {
        return closed;
    }

    /** Whether the client sends no more but is still owed something. Any thread. */
    boolean inputHasEnded() {
        return inputEnded;
    }

    // ---- what comes ----

    /**
     * The buffer that the next bytes go to; the caller gets a reference of its own.
     *
     * @param isTurnOver whether the connection has been read from in this turn
     */
    ByteBuf bufferToReadInto(boolean isTurnOver) {
        if (isTurnOver && flow.isReading()) {
            flow.rest();
        }
        return input.bufferToFill(home.state(), !flow.isReading());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        read((ByteBuf) message);
    }

    /** Takes a filled buffer, whose reference goes over. */
    void read(ByteBuf buffer) {
        if (output.isOver()) {
            buffer.release();
        } else {
            flow.read(buffer);
        }
    }

    /**
     * The client sends no more, and Netty is about to close. What the client has asked for is
     * answered first, as it may well wait for that; but one that waits for something else has gone.
     */
    void endOfInput() {
        if (flow.isReading()) {
            output.send();
            if (output.unsentBytes() > 0 && !closed) {
                stayOpen();
                output.finish();
            }
        } else if (!flow.isLent()) {
            stayOpen();
        } else if (!home.isOwners()) {
            stayOpen();
            connections.owner().execute(run::closeIfInVain);
        }
    }

    private void stayOpen() {
        inputEnded = true;
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    /** Gives back what a query buffer of the connection's own has too much. */
    void trimQuery() {
        if (!flow.isLent() || input.batch() == null) {
            input.trim(home.state());
        }
    }

    // ---- the end ----

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        inactive();
    }

    /** The connection has ended, perhaps on its way between two loops. */
    void inactive() {
        if (closed) {
            return;
        }
        closed = true;
        home.closed();
        if (!flow.isLent()) {
            depart();
        }
        if (home.isOwners()) {
            ended();
        } else {
            connections.owner().execute(this::ended);
        }
    }

    /** On the owner: nobody will resume what the session waited for. */
    private void ended() {
        boolean waited = session.isBlocked();
        connections.closed(this);
        if (waited) {
            giveUp();
        }
    }

    /** On the owner: the batch comes back without being executed to its end. */
    void giveUp() {
        if (home.isOwners()) {
            depart();
        } else {
            home.state().loop().execute(this::depart);
        }
    }

    /** Gives everything back, and leaves. */
    void depart() {
        release();
        home.leave();
    }

    /** Gives everything back. */
    void release() {
        input.release(home.state());
        output.release(home.state());
        outbox.release();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The end is heard of as any other.
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            connections.fault(this, cause);
        }
        channel.close();
    }
}

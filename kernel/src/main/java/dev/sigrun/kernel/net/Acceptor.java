// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides about new connections of one listener, before the owner hears of them. Confined to the
 * accepting thread where not said otherwise.
 *
 * <p>Whoever is refused costs the owner nothing, however many come. Of the others only a few are on
 * their way to the owner at a time, so that a storm of connections, which each take it as long as a
 * few commands, does not hold up those who are connected.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The channel that is refused hears of it itself.
final class Acceptor extends ChannelInboundHandlerAdapter {
    private static final byte[] TOO_MANY =
            "-ERR max number of clients reached\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] PROTECTED =
            ("-DENIED This server runs in protected mode: it has no password and takes connections"
                            + " from this machine only. Connect from the loopback interface, or"
                            + " set a password for the default user, or disable protected mode"
                            + " with 'CONFIG SET protected-mode no' if nobody else can reach the"
                            + " port.\r\n")
                    .getBytes(StandardCharsets.US_ASCII);

    private final Connections connections;
    private final AcceptRules rules;
    private final EventLoop loop;
    private final Handshakes handshakes;
    private final AtomicInteger underway = new AtomicInteger();
    private volatile Channel paused;

    /**
     * For one listener.
     *
     * @param handshakes takes those in who are let in; null when they go to the owner at once
     */
    Acceptor(Connections connections, AcceptRules rules, EventLoop loop, Handshakes handshakes) {
        this.connections = connections;
        this.rules = rules;
        this.loop = loop;
        this.handshakes = handshakes;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel client = (Channel) message;
        if (connections.openCount().get() >= rules.clientsMax()) {
            refuse(client, TOO_MANY);
        } else if (rules.isProtected() && !SessionTransport.isLocal(client)) {
            refuse(client, PROTECTED);
        } else {
            connections.openCount().incrementAndGet();
            client.closeFuture().addListener(end -> connections.openCount().decrementAndGet());
            keepAlive(client);
            if (handshakes != null) {
                handshakes.begin(client);
                return;
            }
            if (underway.incrementAndGet() >= rules.newConnectionsMax()) {
                pause(context.channel());
            }
            context.fireChannelRead(client);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (handshakes != null
                && context.channel().config().getRecvByteBufAllocator()
                        instanceof MaxMessagesRecvByteBufAllocator sizes
                && sizes.maxMessagesPerRead() != rules.newTlsConnectionsMax()) {
            sizes.maxMessagesPerRead(rules.newTlsConnectionsMax());
        }
        context.fireChannelReadComplete();
    }

    private void refuse(Channel client, byte[] message) {
        connections.owner().execute(() -> connections.dispatcher().stats().connectionsRejected++);
        if (handshakes != null) {
            // Nothing can be said before hands are shaken, and that would cost too much.
            client.unsafe().closeForcibly();
            return;
        }
        loop.register(client);
        client.writeAndFlush(Unpooled.wrappedBuffer(message))
                .addListener(ChannelFutureListener.CLOSE);
    }

    private void keepAlive(Channel client) {
        int seconds = rules.keepAliveSeconds();
        if (seconds > 0 && client.remoteAddress() instanceof InetSocketAddress) {
            client.config().setOption(ChannelOption.SO_KEEPALIVE, true);
            if (client instanceof EpollSocketChannel) {
                int interval = Math.max(seconds / 3, 1);
                client.config().setOption(EpollChannelOption.TCP_KEEPIDLE, seconds);
                client.config().setOption(EpollChannelOption.TCP_KEEPINTVL, interval);
                client.config().setOption(EpollChannelOption.TCP_KEEPCNT, 3);
            }
        }
    }

    private void pause(Channel listener) {
        listener.config().setAutoRead(false);
        paused = listener;
        if (underway.get() == 0) {
            resume();
        }
    }

    private void resume() {
        Channel listener = paused;
        if (listener != null) {
            paused = null;
            listener.config().setAutoRead(true);
        }
    }

    /** The owner has taken one in; on the owner. */
    void taken() {
        // The last one of several has arrived: now there may be others.
        if (underway.decrementAndGet() == 0 && paused != null) {
            loop.execute(this::resume);
        }
    }
}

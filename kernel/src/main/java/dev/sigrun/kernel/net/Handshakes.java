// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.net.tls.PeerNames;
import dev.sigrun.kernel.net.tls.TlsChannel;
import dev.sigrun.kernel.net.tls.TlsContexts;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients that have been let in and shake hands. They do so on the accepting loop, so that however
 * many come at once, those who are served hardly notice; and only then do they go to the owner.
 * Confined to the accepting loop where not said otherwise.
 *
 * <p>Who does not get on is closed after some time, and before that if there are too many: the one
 * that has been at it for longest first, so that nobody keeps the others out by doing nothing.
 */
@SuppressWarnings({
    "FutureReturnValueIgnored", // A channel that closes is heard of by itself.
    "ReferenceEquality" // Two loops are the same one or not.
})
final class Handshakes implements TlsChannel.HandshakeListener {
    private static final Logger LOG = LoggerFactory.getLogger(Handshakes.class);

    private static final int UNFINISHED_MAX = 1024;
    private static final long CHECK_MILLIS = 100;

    /** So many failures are told in the log between two checks; the rest are counted. */
    private static final int TOLD_MAX = 10;

    private final TlsContexts contexts;
    private final Connections connections;
    private final AcceptRules rules;
    private final EventLoop loop;
    private final EventLoop home;
    private final Taker taker;
    private final Map<TlsChannel, Underway> underway = new LinkedHashMap<>();
    private final AtomicInteger told = new AtomicInteger();
    private boolean isChecking;

    /** Takes a client in whose hand was shaken. On the owner, where the channel is by now. */
    @FunctionalInterface
    interface Taker {
        /**
         * Takes it in.
         *
         * @param names of users, as the client's certificate has them
         */
        void takeIn(Channel channel, TlsChannel tls, TlsReadSizes sizes, List<String> names);
    }

    private record Underway(Channel channel, TlsReadSizes sizes, long beginNanos) {}

    /**
     * Begins with nobody.
     *
     * @param loop the accepting one
     * @param home where hands are shaken: there, or on the owner if channels cannot move
     */
    Handshakes(
            TlsContexts contexts,
            Connections connections,
            AcceptRules rules,
            EventLoop loop,
            EventLoop home,
            Taker taker) {
        this.contexts = contexts;
        this.connections = connections;
        this.rules = rules;
        this.loop = loop;
        this.home = home;
        this.taker = taker;
    }

    /** Begins with a client that was let in and is on no loop yet. */
    void begin(Channel client) {
        if (underway.size() >= UNFINISHED_MAX) {
            underway.values().iterator().next().channel().close();
        }
        client.config().setAllocator(connections.loops().allocator());
        client.config().setOption(ChannelOption.TCP_NODELAY, true);
        TlsChannel tls;
        try {
            tls = new TlsChannel(contexts.serverEngine(client.alloc(), rules.clientAuth()), this);
        } catch (RuntimeException e) {
            LOG.warn("No engine for a connection", e);
            client.unsafe().closeForcibly();
            return;
        }
        TlsReadSizes sizes = new TlsReadSizes(tls);
        client.config().setRecvByteBufAllocator(() -> sizes);
        client.pipeline().addLast(tls);
        underway.put(tls, new Underway(client, sizes, now()));
        client.closeFuture().addListener(end -> forget(tls));
        home.register(client);
        check();
    }

    private long now() {
        return loop.ticker().nanoTime();
    }

    private void forget(TlsChannel tls) {
        if (loop.inEventLoop()) {
            underway.remove(tls);
        } else if (!loop.isShuttingDown()) {
            loop.execute(() -> underway.remove(tls));
        }
    }

    /** Sees to it that whoever takes too long is closed. */
    private void check() {
        if (!isChecking) {
            isChecking = true;
            loop.schedule(this::closeOverdue, CHECK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void closeOverdue() {
        isChecking = false;
        int untold = told.getAndSet(0) - TOLD_MAX;
        if (untold > 0) {
            LOG.warn("Error accepting a client connection: {} more like these", untold);
        }
        long limit = TimeUnit.MILLISECONDS.toNanos(rules.handshakeMillisMax());
        long now = now();
        Iterator<Underway> oldest = underway.values().iterator();
        while (oldest.hasNext()) {
            Underway one = oldest.next();
            if (now - one.beginNanos() < limit) {
                break;
            }
            oldest.remove();
            one.channel().close();
        }
        if (!underway.isEmpty()) {
            check();
        }
    }

    /** On the loop where hands are shaken. */
    @Override
    public void failed(TlsChannel tls, String reason) {
        connections.owner().execute(() -> connections.dispatcher().stats().connectionsReceived++);
        if (told.incrementAndGet() <= TOLD_MAX) {
            Channel channel = tls.channel();
            LOG.warn(
                    "Error accepting a client connection: {} (addr={} laddr={})",
                    reason,
                    SessionTransport.text(channel.remoteAddress(), null),
                    SessionTransport.text(channel.localAddress(), null));
        }
    }

    /** On the loop where hands are shaken. */
    @Override
    public void done(TlsChannel tls) {
        List<String> names = PeerNames.of(tls.engine(), rules.userField());
        if (home == loop) {
            Underway one = underway.remove(tls);
            if (one != null) {
                // It must not be read from before it is there.
                one.channel().deregister().addListener(left -> hand(one, tls, names));
            }
        } else {
            loop.execute(() -> {
                Underway one = underway.remove(tls);
                if (one != null) {
                    home.execute(() -> takeIn(one, tls, names));
                }
            });
        }
    }

    private void hand(Underway one, TlsChannel tls, List<String> names) {
        EventLoop owner = connections.loops().owner().loop();
        if (one.channel().isOpen() && !owner.isShuttingDown()) {
            owner.register(one.channel())
                    .addListener(come -> {
                        if (come.isSuccess()) {
                            takeIn(one, tls, names);
                        }
                    });
        } else {
            one.channel().close();
        }
    }

    private void takeIn(Underway one, TlsChannel tls, List<String> names) {
        if (one.channel().isActive()) {
            taker.takeIn(one.channel(), tls, one.sizes(), names);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The listening sockets, on a loop of their own, so that they come and go while the owner serves.
 * Any thread but that loop's.
 */
final class Listeners {
    private static final long END_SECONDS_MAX = 2;

    private final Transports transports;
    private final Loops loops;
    private final EventLoop loop;
    private final List<Channel> open = new ArrayList<>();
    private Connections connections;
    private AcceptRules rules;
    private BiConsumer<Channel, Acceptor> taker;

    Listeners(Transports transports, Loops loops) {
        this.transports = transports;
        this.loops = loops;
        this.loop = loops.newLoop("accept");
    }

    /**
     * Says what becomes of new connections; before the first listener.
     *
     * @param newTaker takes a new channel in, on the owner
     */
    void serve(Connections all, AcceptRules acceptRules, BiConsumer<Channel, Acceptor> newTaker) {
        connections = all;
        rules = acceptRules;
        taker = newTaker;
    }

    /**
     * Listens on a TCP address.
     *
     * @return the port, which the system chose if 0 was given
     */
    int listen(InetSocketAddress address) throws Exception {
        Channel channel = bind(transports.tcpServer(), address);
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Listens on a Unix socket. */
    void listenUnix(String path) throws Exception {
        if (transports.unixServer() == null) {
            throw new IllegalStateException(
                    "Unix sockets need epoll or io_uring, and this is " + transports.name());
        }
        bind(transports.unixServer(), new DomainSocketAddress(path));
    }

    private Channel bind(Class<? extends ServerChannel> type, SocketAddress address)
            throws Exception {
        Acceptor acceptor = new Acceptor(connections, rules, loop);
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loop, loops.owner().loop())
                        .channel(type)
                        .handler(acceptor)
                        .childOption(ChannelOption.ALLOCATOR, loops.allocator())
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        taker.accept(channel, acceptor);
                                    }
                                });
        if (address instanceof InetSocketAddress) {
            bootstrap
                    .option(ChannelOption.SO_BACKLOG, rules.backlog())
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true);
        }
        Channel channel = bootstrap.bind(address).sync().channel();
        synchronized (open) {
            open.add(channel);
        }
        return channel;
    }

    /** Closes the TCP listeners; clients stay. */
    void closeTcp() throws InterruptedException {
        close(channel -> channel.localAddress() instanceof InetSocketAddress);
    }

    /** Closes all listeners; clients stay. */
    void close() throws InterruptedException {
        close(channel -> true);
    }

    private void close(Predicate<Channel> which) throws InterruptedException {
        List<Channel> closing;
        synchronized (open) {
            closing = open.stream().filter(which).toList();
            open.removeAll(closing);
        }
        for (Channel channel : closing) {
            channel.close().sync();
        }
    }

    /** Ends the loop. */
    void shutdown() throws InterruptedException {
        loop.shutdownGracefully(0, END_SECONDS_MAX, TimeUnit.SECONDS).sync();
    }
}

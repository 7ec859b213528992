// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.base.Links;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.loop.Owner;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Listens, accepts and hands connections to loops. One thread only accepts, so that listeners come
 * and go while the owner serves. Owner thread only where not said otherwise.
 */
public final class NetServer {
    private static final byte[] TOO_MANY =
            "-ERR max number of clients reached\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] PROTECTED =
            ("-DENIED This server runs in protected mode: it has no password and takes connections"
                            + " from this machine only. Connect from the loopback interface, or"
                            + " set a password for the default user, or disable protected mode"
                            + " with 'CONFIG SET protected-mode no' if nobody else can reach the"
                            + " port.\r\n")
                    .getBytes(StandardCharsets.US_ASCII);

    private final Transports transports;
    private final MultiThreadIoEventLoopGroup acceptGroup;
    private final MultiThreadIoEventLoopGroup ownerGroup;
    private final MultiThreadIoEventLoopGroup ioGroup;
    private final ByteBufAllocator allocator = new PooledByteBufAllocator(true);
    private final LoopOwner owner;
    private final EventLoop ownerLoop;
    private final Clock clock;
    private final IdentityHashMap<EventLoop, LoopState> states = new IdentityHashMap<>();
    private final List<Channel> listeners = new ArrayList<>();
    private Dispatcher dispatcher;
    private Connections connections;
    private AcceptRules rules;

    /** What decides about a new connection. */
    public interface AcceptRules {
        /** {@code maxclients}. */
        int clientsMax();

        /** Whether a client from another machine is turned away. */
        boolean isProtected();

        /** Whether a new client may use everything without authentication. */
        boolean isOpen();

        /** {@code tcp-keepalive}, in seconds; 0 for none. */
        int keepAliveSeconds();

        /** {@code tcp-backlog}. */
        int backlog();
    }

    /**
     * Starts the loops.
     *
     * @param transport {@code epoll}, {@code io_uring} or {@code nio}
     * @param ioThreads number of loops, the owner included
     */
    public NetServer(String transport, int ioThreads, Clock clock) {
        this.transports = Transports.choose(transport);
        this.clock = clock;
        this.acceptGroup =
                new MultiThreadIoEventLoopGroup(
                        1, new DefaultThreadFactory("accept"), transports.handlers());
        this.ownerGroup =
                new MultiThreadIoEventLoopGroup(
                        1, new DefaultThreadFactory("owner"), transports.handlers());
        this.ownerLoop = ownerGroup.next();
        this.ioGroup =
                ioThreads > 1
                        ? new MultiThreadIoEventLoopGroup(
                                ioThreads - 1,
                                new DefaultThreadFactory("io"),
                                transports.handlers())
                        : null;
        this.owner = new LoopOwner(ownerLoop);
    }

    /** The thread that executes commands. Any thread. */
    public Owner owner() {
        return owner;
    }

    /**
     * What opens connections to other servers.
     *
     * @param background looks names up
     */
    public Links links(Background background) {
        return new NettyLinks(ownerLoop, transports.name(), allocator, background);
    }

    /** What {@code INFO} shows as {@code multiplexing_api}. */
    public String transportName() {
        return transports.name();
    }

    /** Gives the loops something to serve; before the first listener. */
    public void serve(Dispatcher commandDispatcher, AcceptRules acceptRules) {
        dispatcher = commandDispatcher;
        rules = acceptRules;
        LoopState ownerState = new LoopState(ownerLoop, allocator);
        connections = new Connections(owner, ownerState, commandDispatcher, clock);
        states.put(ownerLoop, ownerState);
        if (ioGroup != null) {
            ioGroup.forEach(executor -> {
                EventLoop loop = (EventLoop) executor;
                states.put(loop, new LoopState(loop, allocator));
            });
        }
    }

    /** Sets {@code proto-max-bulk-len} and {@code client-query-buffer-limit}. */
    public void requestLimits(long bulkBytesMax, long queryBytesMax) {
        connections.limits().bulkBytesMax(bulkBytesMax);
        connections.limits().queryBytesMax(queryBytesMax);
    }

    /** Sets {@code client-output-buffer-limit normal}. */
    public void outputLimits(long hardBytes, long softBytes, long softSeconds) {
        connections.limits().output(hardBytes, softBytes, softSeconds);
    }

    /** Bytes that came in since the start. */
    public long bytesIn() {
        return connections.bytesIn();
    }

    /** Bytes that went out since the start. */
    public long bytesOut() {
        return connections.bytesOut();
    }

    /** Enforces limits that depend on time; called ten times a second. */
    public void tick() {
        connections.recheckOutputLimits();
        states.values().forEach(LoopState::tick);
    }

    /**
     * Listens on a TCP address. Any thread but the one that accepts.
     *
     * @return the port, which the system chose if 0 was given
     * @throws java.net.BindException and the like, when the address cannot be had
     */
    public int listen(InetSocketAddress address) throws Exception {
        Channel channel = bind(transports.tcpServer(), address);
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Listens on a Unix socket. Any thread but the one that accepts. */
    public void listenUnix(String path) throws Exception {
        if (transports.unixServer() == null) {
            throw new IllegalStateException(
                    "Unix sockets need epoll or io_uring, and this is " + transports.name());
        }
        bind(transports.unixServer(), new DomainSocketAddress(path));
    }

    private Channel bind(Class<? extends ServerChannel> type, SocketAddress address)
            throws Exception {
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(acceptGroup, ioGroup != null ? ioGroup : ownerGroup)
                        .channel(type)
                        .childOption(ChannelOption.ALLOCATOR, allocator)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        accepted(channel);
                                    }
                                });
        if (address instanceof InetSocketAddress) {
            bootstrap
                    .option(ChannelOption.SO_BACKLOG, rules.backlog())
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true);
        }
        Channel channel = bootstrap.bind(address).sync().channel();
        synchronized (listeners) {
            listeners.add(channel);
        }
        return channel;
    }

    /** Closes the TCP listeners; clients stay. Any thread but the one that accepts. */
    public void stopListeningTcp() throws InterruptedException {
        stopListening(channel -> channel.localAddress() instanceof InetSocketAddress);
    }

    private void stopListening(Predicate<Channel> which) throws InterruptedException {
        List<Channel> closing;
        synchronized (listeners) {
            closing = listeners.stream().filter(which).toList();
            listeners.removeAll(closing);
        }
        for (Channel channel : closing) {
            channel.close().sync();
        }
    }

    /** Closes all listeners. Any thread but the one that accepts. */
    public void stopListening() throws InterruptedException {
        stopListening(channel -> true);
    }

    /** On the channel's loop: a client has connected. */
    private void accepted(Channel channel) {
        Connection connection = new Connection(connections, channel);
        ReadSizes sizes = new ReadSizes(connection);
        channel.config().setRecvByteBufAllocator(() -> sizes);
        keepAlive(channel);
        LoopState state = states.get(channel.eventLoop());
        if (owner.isOwner()) {
            admit(channel, connection, state, true);
        } else {
            // Nothing is read before the owner has decided.
            channel.config().setAutoRead(false);
            owner.execute(() -> admit(channel, connection, state, false));
        }
    }

    private void keepAlive(Channel channel) {
        int seconds = rules.keepAliveSeconds();
        if (seconds > 0 && channel.remoteAddress() instanceof InetSocketAddress) {
            channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
            if (transports.name().equals("epoll")) {
                channel.config().setOption(EpollChannelOption.TCP_KEEPIDLE, seconds);
                channel.config()
                        .setOption(EpollChannelOption.TCP_KEEPINTVL, Math.max(seconds / 3, 1));
                channel.config().setOption(EpollChannelOption.TCP_KEEPCNT, 3);
            }
        }
    }

    /** On the owner: lets a client in or turns it away. */
    private void admit(Channel channel, Connection connection, LoopState state, boolean inline) {
        if (dispatcher.sessions().size() >= rules.clientsMax()) {
            dispatcher.stats().connectionsRejected++;
            refuse(channel, TOO_MANY);
            return;
        }
        if (rules.isProtected() && !connection.transport().isLocal()) {
            dispatcher.stats().connectionsRejected++;
            refuse(channel, PROTECTED);
            return;
        }
        dispatcher.stats().connectionsReceived++;
        Session session =
                new Session(
                        dispatcher.sessions().nextId(), connection.transport(), clock.unixMillis());
        session.authenticated(rules.isOpen(), "default");
        dispatcher.sessions().add(session);
        if (inline) {
            connection.start(state, true, session);
            channel.pipeline().addLast(connection);
        } else {
            state.loop()
                    .execute(() -> {
                        connection.start(state, false, session);
                        channel.pipeline().addLast(connection);
                        channel.config().setAutoRead(true);
                        if (!channel.isActive()) {
                            owner.execute(() -> connections.closed(connection));
                        }
                    });
        }
    }

    private static void refuse(Channel channel, byte[] message) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(message))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** Ends all loops. Not on the owner. */
    public void shutdown() throws InterruptedException {
        stopListening();
        acceptGroup.shutdownGracefully(0, 2, TimeUnit.SECONDS).sync();
        if (ioGroup != null) {
            ioGroup.shutdownGracefully(0, 2, TimeUnit.SECONDS).sync();
        }
        ownerGroup.shutdownGracefully(0, 2, TimeUnit.SECONDS).sync();
        states.values().forEach(LoopState::release);
    }
}

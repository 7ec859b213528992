// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.base.Links;
import dev.sigrun.kernel.base.ThreadTimes;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.loop.Owner;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Listens, takes connections in and serves them on its loops. A connection begins on the owner's
 * loop and goes on to an IO thread while those are in use. Owner thread only where not said
 * otherwise.
 */
public final class NetServer {
    private final Transports transports;
    private final Loops loops;
    private final Listeners listeners;
    private final LoopOwner owner;
    private final Clock clock;
    private Dispatcher dispatcher;
    private Connections connections;
    private AcceptRules rules;

    /**
     * Makes the owner's loop.
     *
     * @param transport {@code epoll}, {@code io_uring} or {@code nio}
     */
    public NetServer(String transport, Clock clock, ThreadTimes threadTimes) {
        this.transports = Transports.choose(transport);
        this.clock = clock;
        this.loops = new Loops(transports, threadTimes);
        this.listeners = new Listeners(transports, loops);
        this.owner = new LoopOwner(loops.owner().loop());
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
        return new NettyLinks(
                loops.owner().loop(), transports.name(), loops.allocator(), background);
    }

    /** What {@code INFO} shows as {@code multiplexing_api}. */
    public String transportName() {
        return transports.name();
    }

    /** Gives the loops something to serve; before the first listener. */
    public void serve(Dispatcher commandDispatcher, AcceptRules acceptRules) {
        dispatcher = commandDispatcher;
        rules = acceptRules;
        connections = new Connections(owner, loops, commandDispatcher, clock);
        listeners.serve(connections, acceptRules, this::takeIn);
    }

    /** Takes a client in that the acceptor has let through. */
    private void takeIn(Channel channel, Acceptor acceptor) {
        acceptor.taken();
        dispatcher.stats().connectionsReceived++;
        Connection connection = new Connection(connections, channel);
        Session session =
                new Session(
                        dispatcher.sessions().nextId(), connection.transport(), clock.unixMillis());
        session.authenticated(rules.isOpen(), "default");
        dispatcher.sessions().add(session);
        connection.start(session);
        ReadSizes sizes = new ReadSizes(connection);
        channel.config().setRecvByteBufAllocator(() -> sizes);
        channel.pipeline().addLast(connection);
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

    /**
     * Sets {@code io-threads} and {@code io-threads-always-active}.
     *
     * @param most number of threads that may be used, the owner included
     * @param always whether all of them are used whatever the load
     */
    public void ioThreads(int most, boolean always) {
        for (LoopState leaving : loops.allow(most - 1, always)) {
            List<Connection> leavers = new ArrayList<>();
            for (Session session : dispatcher.sessions().all()) {
                Connection connection = ((SessionTransport) session.transport()).connection();
                if (connection.home().state() == leaving) {
                    leavers.add(connection);
                }
            }
            new Evacuation(leaving, leavers, owner).go();
        }
    }

    /** Bytes that came in since the start. */
    public long bytesIn() {
        return loops.totalTraffic().bytesIn();
    }

    /** Bytes that went out since the start. */
    public long bytesOut() {
        return connections.bytesOut();
    }

    /** How often was read and written since the start. */
    public Traffic traffic() {
        LoopTraffic all = loops.totalTraffic();
        LoopTraffic threads = loops.threadTraffic();
        return new Traffic(all.reads(), all.writes(), threads.reads(), threads.writes());
    }

    /** Clients that were let in and are still connected. Any thread. */
    int openCount() {
        return connections.openCount().get();
    }

    /** What buffers come from. Any thread. */
    ByteBufAllocator allocator() {
        return loops.allocator();
    }

    /** Whether IO threads are in use besides the owner. */
    public boolean isThreaded() {
        return loops.isActive();
    }

    /** Processor time that the IO threads besides the owner have taken, in microseconds each. */
    public List<Long> ioThreadMicros() {
        return loops.threadMicros();
    }

    /** Does what depends on time; called ten times a second. */
    public void tick() {
        connections.recheckOutputLimits();
        loops.tick(clock.nanos());
    }

    /**
     * Listens on a TCP address. Any thread but the one that accepts.
     *
     * @return the port, which the system chose if 0 was given
     * @throws java.net.BindException and the like, when the address cannot be had
     */
    public int listen(InetSocketAddress address) throws Exception {
        return listeners.listen(address);
    }

    /** Listens on a Unix socket. Any thread but the one that accepts. */
    public void listenUnix(String path) throws Exception {
        listeners.listenUnix(path);
    }

    /** Closes the TCP listeners; clients stay. Any thread but the one that accepts. */
    public void stopListeningTcp() throws InterruptedException {
        listeners.closeTcp();
    }

    /** Closes all listeners. Any thread but the one that accepts. */
    public void stopListening() throws InterruptedException {
        listeners.close();
    }

    /** Ends all loops. Not on the owner. */
    public void shutdown() throws InterruptedException {
        stopListening();
        listeners.shutdown();
        loops.shutdown();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.base.Links;
import dev.sigrun.kernel.base.ThreadTimes;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.loop.BusyLoop;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.net.tls.TlsChannel;
import dev.sigrun.kernel.net.tls.TlsContexts;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Listens, takes connections in and serves them on its loops. A connection begins on the owner's
 * loop and goes on to an IO thread while those are in use. Owner thread only where not said
 * otherwise.
 */
public final class NetServer {
    private final TlsContexts tls = new TlsContexts();
    private final Transports transports;
    private final Loops loops;
    private final Listeners listeners;
    private final LoopOwner owner;
    private final PatientOwner patient;
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
        this.listeners = new Listeners(transports, loops, tls);
        this.owner = new LoopOwner(loops.owner().loop());
        this.patient = new PatientOwner(owner);
    }

    /** The thread that executes commands. Any thread. */
    public Owner owner() {
        return patient;
    }

    /** Does something on the owner even while a command under way lets clients be served. */
    public void urgently(Runnable task) {
        owner.execute(task);
    }

    /**
     * Lets clients be served from within a command that takes long. Only where the system's ready
     * list is read anew at each turn, which is so with epoll; elsewhere clients wait.
     */
    public BusyLoop busyLoop() {
        return transports.canPump()
                ? new OwnerPump(loops.owner().loop(), loops.owner(), patient, dispatcher)
                : BusyLoop.IDLE;
    }

    /**
     * What opens connections to other servers.
     *
     * @param background looks names up
     * @param isEncrypted asked at each one whether it is to be encrypted
     * @param source asked at each one for the address that it is to come from; null for any
     */
    public Links links(
            Background background, BooleanSupplier isEncrypted, Supplier<String> source) {
        return new NettyLinks(
                loops.owner().loop(),
                transports.name(),
                loops.allocator(),
                background,
                tls,
                isEncrypted,
                source);
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
        listeners.serve(connections, acceptRules, this::takeIn, this::takeInEncrypted);
    }

    /** What new encrypted connections are made with. Any thread. */
    public TlsContexts tls() {
        return tls;
    }

    /** Takes a client in that the acceptor has let through. */
    private void takeIn(Channel channel, Acceptor acceptor) {
        acceptor.taken();
        Connection connection = newConnection(channel, List.of());
        ReadSizes sizes = new ReadSizes(connection);
        channel.config().setRecvByteBufAllocator(() -> sizes);
        channel.pipeline().addLast(connection);
    }

    /** Takes a client in with whom hands were shaken. */
    private void takeInEncrypted(
            Channel channel, TlsChannel encryption, TlsReadSizes sizes, List<String> names) {
        Connection connection = newConnection(channel, names);
        connection.encryption(encryption);
        channel.pipeline().addLast(connection);
        sizes.attach(connection);
        encryption.attach(new TlsInput(connection, channel));
    }

    /**
     * A connection with a session.
     *
     * @param names of users that the client may be without a password
     */
    private Connection newConnection(Channel channel, List<String> names) {
        dispatcher.stats().connectionsReceived++;
        Connection connection = new Connection(connections, channel);
        Session session =
                new Session(
                        dispatcher.sessions().nextId(), connection.transport(), clock.unixMillis());
        session.authenticated(rules.isOpen(), dispatcher.gate().defaultUser());
        dispatcher.sessions().add(session);
        if (!names.isEmpty()) {
            dispatcher.gate().admit(session, names);
        }
        connection.start(session);
        return connection;
    }

    /** Sets {@code proto-max-bulk-len} and {@code client-query-buffer-limit}. */
    public void requestLimits(long bulkBytesMax, long queryBytesMax) {
        connections.limits().bulkBytesMax(bulkBytesMax);
        connections.limits().queryBytesMax(queryBytesMax);
    }

    /** Sets {@code client-output-buffer-limit} for clients that listen to channels, and others. */
    public void outputLimits(OutputLimit normal, OutputLimit subscribers) {
        connections.limits().output(normal, subscribers);
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
     * @param isEncrypted whether clients speak TLS, for which there is a context
     * @return the port, which the system chose if 0 was given
     * @throws java.net.BindException and the like, when the address cannot be had
     */
    public int listen(InetSocketAddress address, boolean isEncrypted) throws Exception {
        return listeners.listen(address, kind(isEncrypted));
    }

    private static Listeners.Kind kind(boolean isEncrypted) {
        return isEncrypted ? Listeners.Kind.TLS : Listeners.Kind.TCP;
    }

    /** Listens on a Unix socket. Any thread but the one that accepts. */
    public void listenUnix(String path) throws Exception {
        listeners.listenUnix(path);
    }

    /** Closes the TCP listeners of a kind; clients stay. Any thread but the one that accepts. */
    public void stopListening(boolean isEncrypted) throws InterruptedException {
        listeners.close(kind(isEncrypted));
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
        tls.release();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.CommandTable;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.ReplyGate;
import dev.sigrun.kernel.command.ServerStats;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.command.Sessions;
import dev.sigrun.kernel.net.tls.PeerNames;
import dev.sigrun.kernel.net.tls.TlsContexts;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.memory.Allocator;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.reply.ReplyWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A server that has nothing but its network and a few commands of its own: {@code PING}; {@code
 * ECHO word}; {@code COUNT}, which counts itself; {@code WHERE}, which tells whether the client is
 * on the owner's loop; {@code WRITE}, whose reply waits until {@link #safe}; {@code BLOCK}, which
 * waits until {@link #unblockAll}; and {@code HOLD}, which stops the owner until {@link #letGo}.
 */
final class NetScene implements AutoCloseable, AcceptRules {
    static final String OWNER = "owner";
    static final String THREAD = "thread";

    private static final long SECONDS_MAX = 20;

    private static final long TICK_NANOS = 100_000_000;

    private final Allocator allocator = new Allocator();
    private final Sessions sessions = new Sessions();
    private final ServerStats stats = new ServerStats();
    private final ReplyWriter replies;
    private final ReplyGate gate;
    private final NetServer net;
    private final int port;
    private final Semaphore held = new Semaphore(0);
    private final Semaphore mayGo = new Semaphore(0);
    private volatile int clientsMax = 10_000;
    private final Clock clock = new TestClock();
    private long count;
    private long nowNanos = 1;
    private long ownerId;
    private long ownerNanos;

    NetScene(String transport) throws Exception {
        Store store = new Store(allocator, clock, new SplittableRandom(1), 1, 1, 2);
        Registry registry = new Registry(new CommandTable());
        Dispatcher dispatcher = new Dispatcher(store, clock, registry.table(), sessions, stats);
        replies = dispatcher.reply();
        gate = dispatcher.replyGate();
        net = new NetServer(transport, clock, this::cpuNanos);
        net.serve(dispatcher, this);
        add(registry, "ping", 1, context -> context.reply().simple("PONG"));
        add(registry, "echo", 2, context -> context.reply().bulk(context.args().bytes(1)));
        add(registry, "count", 1, context -> context.reply().integer(++count));
        add(registry, "where", 1, context -> context.reply().simple(where(context.client().id())));
        add(
                registry,
                "write",
                1,
                context -> {
                    gate.written(gate.written() + 1);
                    context.reply().ok();
                });
        add(
                registry,
                "hold",
                1,
                context -> {
                    hold();
                    context.reply().simple("HELD");
                });
        add(
                registry,
                "block",
                1,
                context -> {
                    Session session = sessions.find(context.client().id());
                    sessions.block(session, new Waiting());
                });
        port = listenAgain();
    }

    private static void add(Registry registry, String name, int arity, CommandHandler handler) {
        registry.add(Registry.KERNEL, CommandSpec.command(name, arity).build(), handler);
    }

    private static final class Waiting implements Session.Block {
        @Override
        public long deadlineMillis() {
            return 0;
        }

        @Override
        public void timedOut(Session session) {
            throw new AssertionError("there is no deadline");
        }
    }

    private String where(long id) {
        SessionTransport transport = (SessionTransport) sessions.find(id).transport();
        boolean isOwners = transport.connection().home().state().loop().inEventLoop();
        return isOwners ? OWNER : THREAD;
    }

    private void hold() {
        held.release();
        await(mayGo, "nobody lets the owner go");
    }

    private static void await(Semaphore semaphore, String otherwise) {
        try {
            if (!semaphore.tryAcquire(SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new AssertionError(otherwise);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until {@code HOLD} has stopped the owner. */
    void awaitHeld() {
        await(held, "the owner is not held");
    }

    /** Lets the owner go on, to be held again later. */
    void letGo() {
        mayGo.release();
    }

    /** How many times {@code WRITE} has been executed. */
    long written() {
        return gate.written();
    }

    /** What so many {@code WRITE} have written is on the disk; any thread, as the disk's own. */
    void safe(long writes) {
        gate.safe(writes);
    }

    /** Answers everybody who waits in {@code BLOCK}. */
    void unblockAll() {
        fromOwner(() -> {
            for (Session session : sessions.all().toArray(new Session[0])) {
                if (session.isBlocked()) {
                    sessions.unblock(session, () -> replies.simple("UNBLOCKED"));
                }
            }
            return null;
        });
    }

    NetServer net() {
        return net;
    }

    ServerStats stats() {
        return stats;
    }

    int port() {
        return port;
    }

    /** Listens on another port as well. */
    int listenAgain() throws Exception {
        return net.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false);
    }

    /** Clients that were let in, whether or not the owner knows of them yet. */
    int openCount() {
        return net.openCount();
    }

    /** Reads by IO threads so far; while the owner is held, too. */
    long threadReads() {
        return net.traffic().threadReads();
    }

    /** Clients that wait in {@code BLOCK}. */
    long blocked() {
        return fromOwner(sessions::blocked);
    }

    /** Closes all connections, as {@code CLIENT KILL} does. */
    void closeAll() {
        fromOwner(() -> {
            for (Session session : sessions.all().toArray(new Session[0])) {
                sessions.kill(session);
            }
            return null;
        });
    }

    int clients() {
        return fromOwner(sessions::size);
    }

    void clientsMax(int count) {
        clientsMax = count;
    }

    /** Uses so many IO threads at all times. */
    void useThreads(int most) {
        fromOwner(() -> {
            net.ioThreads(most, true);
            return null;
        });
    }

    /** Uses so many IO threads when there is need. */
    void allowThreads(int most) {
        fromOwner(() -> {
            net.ioThreads(most, false);
            return null;
        });
    }

    /**
     * Lets a second go by, as far as the server's ticks are concerned.
     *
     * @param ownerShare how busy the owner was, from 0 to 1
     */
    void secondWith(double ownerShare) {
        fromOwner(() -> {
            ownerId = Thread.currentThread().threadId();
            for (int i = 0; i < 10; i++) {
                nowNanos += TICK_NANOS;
                ownerNanos += (long) (ownerShare * TICK_NANOS);
                net.tick();
            }
            return null;
        });
    }

    private long cpuNanos(long threadId) {
        return threadId == ownerId ? ownerNanos : 0;
    }

    /** Real dates, and spans as the test says. */
    private final class TestClock implements Clock {
        @Override
        public long unixMillis() {
            return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
            return nowNanos;
        }
    }

    <T> T fromOwner(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        net.owner()
                .execute(() -> {
                    try {
                        answer.complete(question.get());
                    } catch (RuntimeException | Error e) {
                        answer.completeExceptionally(e);
                    }
                });
        return answer.orTimeout(SECONDS_MAX, TimeUnit.SECONDS).join();
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("did not happen in time: " + what);
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public int clientsMax() {
        return clientsMax;
    }

    @Override
    public int newConnectionsMax() {
        return 10;
    }

    @Override
    public int newTlsConnectionsMax() {
        return 1;
    }

    @Override
    public long handshakeMillisMax() {
        return 10_000;
    }

    @Override
    public TlsContexts.ClientAuth clientAuth() {
        return TlsContexts.ClientAuth.YES;
    }

    @Override
    public PeerNames.Field userField() {
        return PeerNames.Field.OFF;
    }

    @Override
    public boolean isProtected() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public int keepAliveSeconds() {
        return 0;
    }

    @Override
    public int backlog() {
        return 511;
    }

    @Override
    public void close() {
        try {
            net.shutdown();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            allocator.close();
        }
    }
}

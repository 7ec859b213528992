// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.base.SystemClock;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.spi.Plugin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server in this process, on a free port of the loopback interface. As an extension of JUnit it
 * runs for one test class:
 *
 * <pre>
 * &#64;RegisterExtension
 * static final SigrunServer SERVER = SigrunServer.withConfig("--maxmemory", "10mb").virtualClock();
 * </pre>
 *
 * <p>or it is started and closed by hand. It fails the test in which the server logs an error, and
 * the class when the server leaves memory or threads behind. The test's thread calls everything
 * here; {@link #onOwner} reaches into the server.
 */
public final class SigrunServer
        implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {
    /** What a virtual clock shows at first. */
    public static final long VIRTUAL_START_MILLIS = 1_700_000_000_000L;

    private static final long OWNER_SECONDS_MAX = 60;

    private final List<String> config;
    private final List<PluginSource> plugins = new ArrayList<>();
    private final List<RespClient> clients = new ArrayList<>();
    private VirtualClock virtual;
    private List<String> encryption = List.of();
    private long seed = 1;
    private RunningKernel running;
    private long baselineBytes;

    private SigrunServer(List<String> config) {
        this.config = config;
    }

    /**
     * A server with options as on the command line.
     *
     * @param options for example {@code "--maxmemory", "10mb"}
     */
    public static SigrunServer withConfig(String... options) {
        return new SigrunServer(List.of(options));
    }

    /** Loads a plugin from a file, with its arguments. Before the start. */
    public SigrunServer plugin(Path file, String... arguments) {
        plugins.add(kernel -> kernel.load(file, List.of(arguments)));
        return this;
    }

    /** Loads a plugin that is on the class path but not among the server's own. */
    public SigrunServer plugin(String id, Plugin plugin) {
        plugins.add(kernel -> kernel.context().plugins().loadBundled(id, plugin));
        return this;
    }

    /**
     * Has the server listen on an encrypted port as well. Before the start.
     *
     * @param certificate a file, with the key in {@code key}
     * @param authority the file with the certificate of who vouches for clients
     */
    public SigrunServer encrypted(Path certificate, Path key, Path authority) {
        encryption =
                List.of(
                        "--tls-port", Integer.toString(FreePort.find()),
                        "--tls-cert-file", certificate.toString(),
                        "--tls-key-file", key.toString(),
                        "--tls-ca-cert-file", authority.toString());
        return this;
    }

    /** Gives the server a date that stands still until the test moves it. Before the start. */
    public SigrunServer virtualClock() {
        return virtualClock(VIRTUAL_START_MILLIS);
    }

    /** Gives the server a date of its own that stands still until the test moves it. */
    public SigrunServer virtualClock(long unixMillis) {
        virtual = new VirtualClock(unixMillis);
        return this;
    }

    /** Chooses what is random in the server. Before the start. */
    public SigrunServer seed(long newSeed) {
        seed = newSeed;
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        closeClients();
        failOnErrors();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    /** Starts the server. */
    public SigrunServer start() {
        Clock clock = virtual != null ? virtual : new SystemClock();
        List<String> options = new ArrayList<>(encryption);
        options.addAll(config);
        running = RunningKernel.start(options, plugins, clock, seed);
        baselineBytes = running.emptyBytes();
        return this;
    }

    /** Stops the server; fails when it leaves anything behind. */
    @Override
    public void close() {
        if (running == null) {
            return;
        }
        closeClients();
        long left = leftBytes();
        running.stop();
        failOnErrors();
        running = null;
        if (left != 0) {
            throw new AssertionError(left + " bytes are in use although there are no keys");
        }
    }

    /** Closes all clients and waits until the server has seen it. */
    public void closeClients() {
        clients.forEach(RespClient::close);
        clients.clear();
        Await.until("no client is connected", () -> fromOwner(all -> all.sessions().size()) == 0);
    }

    private void failOnErrors() {
        List<String> errors = takeErrors();
        if (!errors.isEmpty()) {
            throw new AssertionError("the server logged:\n" + String.join("\n", errors));
        }
    }

    /** What the server logged as errors since this was asked last. */
    public List<String> takeErrors() {
        return running.errors().take();
    }

    /** The port that the server listens on. */
    public int port() {
        return running.kernel().port();
    }

    /** The port for encrypted connections; 0 when there is none. */
    public int tlsPort() {
        return running.kernel().tlsPort();
    }

    /** The clock, when it is virtual. */
    public VirtualClock clock() {
        if (virtual == null) {
            throw new IllegalStateException("this server has no virtual clock");
        }
        return virtual;
    }

    /** A client that speaks RESP2; closed after the test. */
    public RespClient connect() {
        RespClient client = new RespClient(port());
        clients.add(client);
        return client;
    }

    /**
     * A client; closed after the test.
     *
     * @param protocol 2 or 3, set from within, whatever commands the server has
     */
    public RespClient connect(int protocol) {
        RespClient client = connect();
        if (protocol != 2) {
            awaitSession(client);
            onOwner(context -> session(context, client).protocol(protocol));
        }
        return client;
    }

    /** A client whose commands are applied as if they came from a primary or a file. */
    public RespClient connectAsPrimary() {
        RespClient client = connect();
        awaitSession(client);
        onOwner(context -> session(context, client).replicated(true));
        return client;
    }

    /** Waits until the server has let a client in. */
    public void awaitSession(RespClient client) {
        Await.until(
                "the server's side of the connection",
                () -> fromOwner(context -> session(context, client) != null));
    }

    /** The server's side of a connection, or null; on the owner. */
    public static Session session(AdminContext context, RespClient client) {
        String address = ":" + client.localPort();
        for (Session session : context.sessions().all()) {
            if (session.transport().remoteAddress().endsWith(address)) {
                return session;
            }
        }
        return null;
    }

    /** Does something on the owner and waits for its end. */
    public void onOwner(Consumer<AdminContext> action) {
        fromOwner(context -> {
            action.accept(context);
            return null;
        });
    }

    /** Fetches something from the owner. */
    public <T> T fromOwner(Function<AdminContext, T> question) {
        AdminContext context = running.kernel().context();
        CompletableFuture<T> answer = new CompletableFuture<>();
        context.owner()
                .execute(() -> {
                    try {
                        answer.complete(question.apply(context));
                    } catch (RuntimeException | Error e) {
                        answer.completeExceptionally(e);
                    }
                });
        try {
            return answer.get(OWNER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("on the owner: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the owner does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Changes a parameter, as {@code CONFIG SET} does. */
    public void set(String parameter, String value) {
        String problem =
                fromOwner(context -> context.config().set(List.of(parameter, value), true, false));
        if (problem != null) {
            throw new AssertionError(parameter + " " + value + ": " + problem);
        }
    }

    /** Records events and replication from now on. */
    public Recording record() {
        return fromOwner(context -> {
            Recording recording = new Recording(context.clock());
            context.keyspaceWatch(recording);
            context.dispatcher().propagation(recording);
            return recording;
        });
    }

    /** Memory off the heap that is in use, once nothing waits to be freed. */
    public long usedBytes() {
        return fromOwner(context -> {
            settle(context.store());
            return context.store().usedBytes();
        });
    }

    private static void settle(Store store) {
        while (store.isFreeing()) {
            store.freeSome(Long.MAX_VALUE / 2);
        }
    }

    /** Removes all keys of all databases, at once. */
    public void flush() {
        onOwner(context -> {
            for (int i = 0; i < context.store().databaseCount(); i++) {
                context.store().flush(i, false);
            }
        });
    }

    /** Memory in use beyond what there was at the start, after all keys and scripts are removed. */
    public long leftBytes() {
        flush();
        onOwner(context -> context.scripts().forgetAll());
        return usedBytes() - baselineBytes;
    }
}

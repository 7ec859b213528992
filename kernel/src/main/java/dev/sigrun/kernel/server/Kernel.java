// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.acl.ConfiguredUsers;
import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.IoFacts;
import dev.sigrun.kernel.admin.ServerActions;
import dev.sigrun.kernel.admin.ServerFacts;
import dev.sigrun.kernel.admin.ShutdownWish;
import dev.sigrun.kernel.admin.TlsFacts;
import dev.sigrun.kernel.admin.info.InfoCommand;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.base.DaemonThreads;
import dev.sigrun.kernel.base.JvmThreadTimes;
import dev.sigrun.kernel.command.CommandTable;
import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Fanout;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.ServerStats;
import dev.sigrun.kernel.command.Sessions;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ConfigFiles;
import dev.sigrun.kernel.config.ConnectionParameters;
import dev.sigrun.kernel.config.ServerParameters;
import dev.sigrun.kernel.config.TlsParameters;
import dev.sigrun.kernel.config.file.ConfigError;
import dev.sigrun.kernel.config.file.ConfigRewrite;
import dev.sigrun.kernel.config.file.Directive;
import dev.sigrun.kernel.net.NetServer;
import dev.sigrun.kernel.net.Traffic;
import dev.sigrun.kernel.persist.Persistence;
import dev.sigrun.kernel.persist.aof.SystemDisk;
import dev.sigrun.kernel.plugin.PluginException;
import dev.sigrun.kernel.plugin.PluginGate;
import dev.sigrun.kernel.plugin.PluginHost;
import dev.sigrun.kernel.pubsub.KeyNotices;
import dev.sigrun.kernel.server.metrics.MetricsListener;
import dev.sigrun.kernel.store.Eviction;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.memory.Allocator;
import dev.sigrun.spi.Plugin;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.random.RandomGenerator;

/**
 * One server: all its parts, wired. Several may live in one process, as in tests. Built and started
 * by one thread; afterwards everything inside belongs to the owner.
 */
public final class Kernel {
    private final Allocator allocator;
    private final Fanout fanout = new Fanout();
    private final Store store;
    private final NetServer net;
    private final AdminContext context;
    private final PluginHost plugins;
    private final Listening listening;
    private final TlsSetup tls;
    private final Cron cron;
    private final PersistenceSetup saved;
    private final AofSetup aof;
    private final FollowerSetup following;
    private final PrimarySetup leading;
    private final StartUsers startUsers;
    private final Monitoring monitoring;
    private final Runnable onStopped;
    private volatile int exitStatus;
    private boolean stopping;

    /**
     * Wires a server.
     *
     * @param seeds what is random
     * @param configFile absolute path of the configuration file, or null
     * @param onStopped called once everything has ended, on a thread of its own
     */
    public Kernel(
            Config config,
            ConfigFiles files,
            Clock clock,
            Seeds seeds,
            Path configFile,
            Runnable onStopped) {
        this.onStopped = onStopped;
        RandomGenerator random = seeds.random();
        allocator = new Allocator();
        store =
                new Store(
                        allocator,
                        clock,
                        random,
                        config.intValue(ServerParameters.DATABASES),
                        seeds.hashKey0(),
                        seeds.hashKey1());
        Registry registry = new Registry(new CommandTable());
        registry.addResources(Registry.KERNEL, Kernel::resource);
        Dispatcher dispatcher =
                new Dispatcher(store, clock, registry.table(), new Sessions(), new ServerStats());
        String transport = System.getProperty("sigrun.transport", "epoll");
        net = new NetServer(transport, clock, new JvmThreadTimes());
        ServerFacts facts =
                new ServerFacts(
                        seeds.hexadecimal(40),
                        clock.unixMillis(),
                        System.getProperty("sigrun.executable", "sigrun-server"),
                        configFile,
                        net.transportName(),
                        seeds.hexadecimal(40),
                        home());
        Eviction eviction = new Eviction(store, clock);
        context =
                new AdminContext(
                        clock,
                        config,
                        new ConfigRewrite(config, files),
                        store,
                        eviction,
                        dispatcher,
                        registry,
                        net.owner(),
                        facts);
        fanout.replicas(context.replication().feed());
        dispatcher.propagation(fanout);
        plugins = new PluginHost(new KernelSink(context), PluginGate.anywhere());
        listening = new Listening(net, config);
        tls = new TlsSetup(config, net.tls(), clock, new DaemonThreads());
        tls.follow(listening);
        context.complete(plugins, new Actions());
        Settings settings = new Settings(context, net);
        net.serve(dispatcher, settings);
        settings.applyAll();
        KeyNotices notices = new KeyNotices(dispatcher.audience().pubSub());
        settings.applyEvents(notices);
        store.listener(new KeyspaceEvents(context, notices));
        dispatcher.afterTurn(net.owner()::execute);
        context.scripts().busyLoop(net.busyLoop());
        dispatcher.transactions().readOnlyScripts(context.scripts()::isReadOnly);
        dispatcher.busyError(context.scripts().running()::busyError);
        saved = new PersistenceSetup(context, new DaemonThreads(), this::stop);
        Persistence persistence = saved.persistence();
        aof =
                new AofSetup(
                        context,
                        persistence,
                        new DaemonThreads(),
                        new SystemDisk(),
                        fanout,
                        () -> Runtime.getRuntime().halt(1));
        saved.rewriting(aof.aof().figures()::isRewriting);
        leading = new PrimarySetup(context, persistence, seeds);
        following =
                new FollowerSetup(
                        context,
                        net.links(
                                new DaemonThreads(),
                                () -> config.booleanValue(TlsParameters.TLS_REPLICATION),
                                () -> config.text(ConnectionParameters.BIND_SOURCE_ADDR)),
                        new DaemonThreads(),
                        persistence,
                        aof.aof(),
                        seeds,
                        settings::roleChanged);
        saved.restoredReplica(stand ->
                following
                        .follower()
                        .restored(
                                stand.replicationId(),
                                stand.replicationOffset(),
                                stand.streamDatabase()));
        InfoCommand info =
                KernelCommands.register(
                        context,
                        net.links(
                                new DaemonThreads(),
                                () -> config.booleanValue(TlsParameters.TLS_CLUSTER),
                                () -> null),
                        files);
        monitoring =
                new Monitoring(config, new MetricsListener(context, info, new DaemonThreads()));
        startUsers = new StartUsers(context, files);
        cron = new Cron(context, net, tls);
    }

    private static Path home() {
        String home = System.getProperty("sigrun.home");
        return home == null ? null : Path.of(home);
    }

    private static byte[] resource(String name) throws java.io.IOException {
        try (var in = Kernel.class.getClassLoader().getResourceAsStream(name)) {
            return in == null ? null : in.readAllBytes();
        }
    }

    /** What the server's own commands reach; owner thread only once the server is started. */
    public AdminContext context() {
        return context;
    }

    /** Loads the plugins that are on the class path. Before {@link #start}. */
    public void loadBundled() throws PluginException {
        plugins.loadBundled(ServiceLoader.load(Plugin.class, Kernel.class.getClassLoader()));
    }

    /** Obeys lines {@code rename-command old new}. Once the plugins of the program are loaded. */
    public void rename(List<Directive> lines) throws ConfigError {
        for (Directive line : lines) {
            String wrong = context.registry().rename(line.words().get(1), line.words().get(2));
            if (wrong != null) {
                throw line.refused(wrong);
            }
        }
    }

    /** Loads a plugin from a file. Before {@link #start}. */
    public void load(Path file, List<String> arguments) throws PluginException {
        plugins.load(file, arguments, java.util.Map.of());
    }

    /**
     * Makes the users of the configuration, or those in the file that it names. Once all plugins
     * are loaded, and before {@link #start}.
     *
     * @return false when the log says why the server must not start
     */
    public boolean loadUsers(ConfiguredUsers configured) {
        return startUsers.load(configured);
    }

    /** Makes port 0 mean any free port, not none; for tests. Before {@link #start}. */
    public void anyPort() {
        listening.anyPort();
    }

    /**
     * Begins to listen; clients are told that data is being loaded until {@link #load} has done it.
     *
     * @throws ListenFailed when an address cannot be had
     */
    public void start() throws ListenFailed {
        context.persistence().loading().begin(Condition.Loading.IN_PLACE, null);
        cron.start();
        aof.start();
        net.owner().execute(leading.primary()::start);
        tls.begin();
        listening.begin();
        monitoring.begin();
    }

    /**
     * Loads what was saved before, and serves from then on. When that fails the server ends, with
     * the status 1.
     *
     * @param ready called by the owner once clients are served
     */
    public void load(Runnable ready) {
        net.owner().execute(() -> saved.load(loaded -> loaded(loaded, ready)));
    }

    private void loaded(boolean served, Runnable ready) {
        if (served) {
            following.follower().begin();
            cron.loaded();
            ready.run();
        } else {
            exitStatus = 1;
            stop();
        }
    }

    /** The status that the process ends with, once everything has ended. */
    public int exitStatus() {
        return exitStatus;
    }

    /** Says in the log that the server serves. */
    public void announce() {
        listening.logReady();
    }

    /** The TCP port that the server listens on; 0 for none. */
    public int port() {
        return listening.port();
    }

    /** The port for encrypted connections; 0 for none. */
    public int tlsPort() {
        return listening.tlsPort();
    }

    /**
     * Begins the end as a client or a signal does: replicas catch up and data is saved before,
     * where that is configured, and when that fails there is no end. Returns at once. Any thread.
     *
     * @param onRefusal called by the owner when there is no end
     */
    public void shutdown(ShutdownWish wish, Runnable onRefusal) {
        net.urgently(() -> context.shutdown().begin(wish, null, onRefusal));
    }

    /** Whether data is being loaded, as far as another thread can know. Any thread. */
    public boolean isLoading() {
        return context.persistence().loading().isLoading();
    }

    /** Begins the end, without saving anything; returns at once. Any thread. */
    public void shutdown() {
        net.urgently(this::stop);
    }

    private void stop() {
        if (stopping) {
            return;
        }
        stopping = true;
        context.scripts().running().abandon();
        saved.stop();
        Thread.ofPlatform().name("shutdown").start(this::finish);
    }

    /** Ends everything; on a thread of its own, since the loops cannot wait for themselves. */
    private void finish() {
        try {
            monitoring.end();
            net.stopListening();
            java.util.concurrent.CountDownLatch stopped =
                    new java.util.concurrent.CountDownLatch(1);
            net.owner()
                    .execute(() -> {
                        plugins.stopAll();
                        stopped.countDown();
                    });
            stopped.await();
            net.shutdown();
            aof.aof().end();
            listening.removeSocketFile();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            allocator.close();
            onStopped.run();
        }
    }

    private final class Actions implements ServerActions {
        private Traffic before = Traffic.NONE;

        @Override
        public void shutdown() {
            stop();
        }

        @Override
        public int port() {
            return listening.port();
        }

        @Override
        public int tlsPort() {
            return listening.tlsPort();
        }

        @Override
        public TlsFacts tls() {
            return tls.facts();
        }

        @Override
        public long bytesIn() {
            return net.bytesIn();
        }

        @Override
        public long bytesOut() {
            return net.bytesOut();
        }

        @Override
        public IoFacts io() {
            Traffic now = net.traffic();
            return new IoFacts(
                    now.reads() - before.reads(),
                    now.writes() - before.writes(),
                    now.threadReads() - before.threadReads(),
                    now.threadWrites() - before.threadWrites(),
                    net.isThreaded(),
                    net.ioThreadMicros());
        }

        @Override
        public void resetIo() {
            before = net.traffic();
        }

        @Override
        public boolean rebind() {
            return listening.rebind();
        }
    }
}

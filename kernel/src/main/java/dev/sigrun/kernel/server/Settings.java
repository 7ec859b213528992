// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.acl.User;
import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.base.OomScore;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ConnectionParameters;
import dev.sigrun.kernel.config.MemoryParameters;
import dev.sigrun.kernel.config.MonitoringParameters;
import dev.sigrun.kernel.config.Parameter;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.config.SecurityParameters;
import dev.sigrun.kernel.config.ServerParameters;
import dev.sigrun.kernel.config.TlsParameters;
import dev.sigrun.kernel.config.value.BufferLimits;
import dev.sigrun.kernel.config.value.ConfigRejected;
import dev.sigrun.kernel.config.value.OomScores;
import dev.sigrun.kernel.net.AcceptRules;
import dev.sigrun.kernel.net.NetServer;
import dev.sigrun.kernel.net.OutputLimit;
import dev.sigrun.kernel.net.tls.PeerNames;
import dev.sigrun.kernel.net.tls.TlsContexts;
import dev.sigrun.kernel.pubsub.KeyNotices;
import dev.sigrun.kernel.replication.Backlog;
import dev.sigrun.kernel.store.EvictionPolicy;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries values from the configuration to the parts that act on them, at the start and whenever
 * they change. What a part asks for rarely it reads from here. Owner thread only, but for the
 * accept rules, which any loop may ask.
 */
final class Settings implements AcceptRules {
    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    /** How often is looked whether a pause has ended. */
    private static final long PAUSE_LOOK_MILLIS = 10;

    private final OomScore oomScore = new OomScore();
    private final AdminContext context;
    private final Config config;
    private final NetServer net;
    private volatile int keepAliveSeconds;
    private volatile int clientsMax;
    private volatile int newConnectionsMax;
    private volatile int newTlsConnectionsMax;
    private volatile long handshakeMillisMax;
    private volatile TlsContexts.ClientAuth clientAuth = TlsContexts.ClientAuth.YES;
    private volatile PeerNames.Field userField = PeerNames.Field.OFF;
    private volatile boolean open;
    private volatile boolean protectedMode;

    Settings(AdminContext context, NetServer net) {
        this.context = context;
        this.config = context.config();
        this.net = net;
    }

    /** Applies everything now and follows every change from now on. */
    void applyAll() {
        follow(new UserSettings(context)::apply, UserSettings.parameters());
        follow(this::applyPassword, SecurityParameters.REQUIREPASS);
        context.access().users().onDefaultChange(this::applyAccess);
        follow(
                this::applyRequests,
                ConnectionParameters.PROTO_MAX_BULK_LEN,
                ConnectionParameters.CLIENT_QUERY_BUFFER_LIMIT,
                ConnectionParameters.CLIENT_OUTPUT_BUFFER_LIMIT);
        follow(
                this::applyAccess,
                ConnectionParameters.MAXCLIENTS,
                ConnectionParameters.TCP_KEEPALIVE,
                ConnectionParameters.MAX_NEW_CONNECTIONS_PER_CYCLE,
                SecurityParameters.PROTECTED_MODE);
        follow(
                this::applyHandshakes,
                TlsParameters.MAX_NEW_TLS_CONNECTIONS_PER_CYCLE,
                TlsParameters.TLS_AUTH_CLIENTS,
                TlsParameters.TLS_AUTH_CLIENTS_USER,
                ConnectionParameters.TIMEOUT);
        follow(
                this::applyThreads,
                ConnectionParameters.IO_THREADS,
                ConnectionParameters.IO_THREADS_ALWAYS_ACTIVE);
        follow(
                this::applyMemory,
                MemoryParameters.MAXMEMORY,
                MemoryParameters.MAXMEMORY_CLIENTS,
                MemoryParameters.MAXMEMORY_POLICY,
                MemoryParameters.MAXMEMORY_SAMPLES,
                MemoryParameters.MAXMEMORY_EVICTION_TENACITY,
                MemoryParameters.LFU_LOG_FACTOR,
                MemoryParameters.LFU_DECAY_TIME);
        startOomScore();
        follow(this::applyImport, ServerParameters.IMPORT_MODE);
        follow(this::applyVersions, PersistenceParameters.RDB_VERSION_CHECK);
        follow(this::applyLatency, MonitoringParameters.LATENCY_TRACKING);
        config.onChange(SecurityParameters.LUA_ENABLE_INSECURE_API, this::forgetScripts);
        follow(
                this::applyScripts,
                ServerParameters.BUSY_REPLY_THRESHOLD,
                PersistenceParameters.RDBCOMPRESSION);
        follow(new WatchSettings(context)::apply, WatchSettings.parameters());
        config.onChange(
                ConnectionParameters.PORT,
                () -> rebind("Unable to listen on this port. Check server logs."));
        config.onChange(
                ConnectionParameters.BIND, () -> rebind("Failed to bind to specified addresses."));
    }

    private void follow(Runnable apply, Parameter... parameters) {
        apply.run();
        for (Parameter parameter : List.of(parameters)) {
            config.onChange(parameter, apply);
        }
    }

    /** What a script has got by then it would keep, so all of them start anew. */
    private void forgetScripts() {
        context.scripts().flushCache();
    }

    private void applyScripts() {
        context.scripts()
                .configure(
                        config.longValue(ServerParameters.BUSY_REPLY_THRESHOLD),
                        config.booleanValue(PersistenceParameters.RDBCOMPRESSION));
    }

    private void rebind(String failure) {
        if (!context.actions().rebind()) {
            throw new ConfigRejected(failure);
        }
    }

    private void applyRequests() {
        long bulk = config.longValue(ConnectionParameters.PROTO_MAX_BULK_LEN);
        long query = config.longValue(ConnectionParameters.CLIENT_QUERY_BUFFER_LIMIT);
        net.requestLimits(bulk, query);
        context.dispatcher().transactions().queuedBytesMax(query);
        context.dispatcher().stringBytesMax(Math.min(bulk, Integer.MAX_VALUE - (1 << 20)));
        BufferLimits.Limits limits = config.value(ConnectionParameters.CLIENT_OUTPUT_BUFFER_LIMIT);
        net.outputLimits(limit(limits.normal()), limit(limits.pubsub()));
        context.dispatcher()
                .replyLimits()
                .limit(limits.normal().hardBytes(), limits.pubsub().hardBytes());
    }

    private static OutputLimit limit(BufferLimits.Limit limit) {
        return new OutputLimit(limit.hardBytes(), limit.softBytes(), limit.softSeconds());
    }

    private void applyAccess() {
        clientsMax = config.intValue(ConnectionParameters.MAXCLIENTS);
        keepAliveSeconds = config.intValue(ConnectionParameters.TCP_KEEPALIVE);
        newConnectionsMax = config.intValue(ConnectionParameters.MAX_NEW_CONNECTIONS_PER_CYCLE);
        User first = context.access().users().defaultUser();
        open = first.isOpen();
        protectedMode =
                first.isPasswordless() && config.booleanValue(SecurityParameters.PROTECTED_MODE);
    }

    private void applyHandshakes() {
        newTlsConnectionsMax = config.intValue(TlsParameters.MAX_NEW_TLS_CONNECTIONS_PER_CYCLE);
        clientAuth = TlsSetup.clientAuth(config);
        userField = TlsSetup.userField(config);
        handshakeMillisMax = TlsSetup.handshakeMillisMax(config);
    }

    /** The password is one of the default user, whose rules may give it others later. */
    private void applyPassword() {
        byte[] password = config.bytes(SecurityParameters.REQUIREPASS);
        boolean isNone = password == null || password.length == 0;
        context.access().users().defaultPassword(isNone ? null : password);
    }

    private void applyThreads() {
        net.ioThreads(
                config.intValue(ConnectionParameters.IO_THREADS),
                config.booleanValue(ConnectionParameters.IO_THREADS_ALWAYS_ACTIVE));
    }

    private void applyMemory() {
        EvictionPolicy policy =
                EvictionPolicy.named(config.choice(MemoryParameters.MAXMEMORY_POLICY));
        context.eviction().configure(policy, config.intValue(MemoryParameters.MAXMEMORY_SAMPLES));
        context.store()
                .accessClock()
                .configure(
                        policy.isLfu(),
                        config.intValue(MemoryParameters.LFU_LOG_FACTOR),
                        config.intValue(MemoryParameters.LFU_DECAY_TIME));
        long limit = config.longValue(MemoryParameters.MAXMEMORY);
        applyClientMemory(limit);
        if (limit == 0) {
            context.dispatcher().memoryLimit(Dispatcher.MemoryLimit.NONE);
        } else {
            long nanos =
                    tenacityNanos(config.intValue(MemoryParameters.MAXMEMORY_EVICTION_TENACITY));
            Dispatcher.MemoryLimit guard = () -> makeRoom(limit, nanos);
            context.dispatcher().memoryLimit(guard);
            context.owner().execute(() -> shrink(guard));
        }
    }

    private boolean isPaused() {
        return context.dispatcher().pause().isActive(context.store().nowMillis());
    }

    /** A negative value is a share of all memory, in per cent. */
    private void applyClientMemory(long allBytes) {
        long limit = config.longValue(MemoryParameters.MAXMEMORY_CLIENTS);
        long bytes = limit < 0 ? (long) (allBytes * (-limit / 100.0)) : limit;
        context.dispatcher().clientMemory().limit(bytes, allBytes > 0);
    }

    /**
     * Gets below a limit that was lowered, between the commands, for as long as that is the one.
     */
    @SuppressWarnings("ReferenceEquality") // A limit is one object.
    private void shrink(Dispatcher.MemoryLimit guard) {
        boolean isPresent = context.dispatcher().memoryLimit() == guard;
        if (isPresent && isPaused()) {
            context.owner().after(PAUSE_LOOK_MILLIS, () -> shrink(guard));
            return;
        }
        if (isPresent && guard.makeRoom() && context.eviction().ranOutOfTime()) {
            context.owner().execute(() -> shrink(guard));
        }
    }

    private boolean makeRoom(long limit, long nanos) {
        // Clients that take too much go before any key does.
        context.dispatcher().clientMemory().evict();
        if (context.replication().isReplica()
                && config.booleanValue(ReplicationParameters.REPLICA_IGNORE_MAXMEMORY)) {
            return true; // The primary keeps the data within its limit, here as there.
        }
        long used = context.store().usedBytes() + context.dispatcher().clientMemory().bytes();
        Backlog backlog = context.replication().backlog();
        used += Math.min(backlog.memoryBytes(), backlog.sizeBytes());
        long over = used - limit;
        if (over <= 0) {
            return true;
        }
        if (isPaused()) {
            return true; // Nothing changes while clients are paused, by itself or otherwise.
        }
        if (context.store().isImporting()) {
            return false; // Only the source of an import removes keys.
        }
        // Running out of time with something evictable left is not running out of memory.
        return context.eviction().run(over, nanos) <= 0 || context.eviction().ranOutOfTime();
    }

    /** Half a microsecond a step up to ten, then a geometric rise; 100 is without limit. */
    private static long tenacityNanos(int tenacity) {
        if (tenacity >= 100) {
            return Long.MAX_VALUE / 2;
        }
        if (tenacity <= 10) {
            return 50_000L * tenacity;
        }
        return (long) (500_000 * Math.pow(1.15, tenacity - 10.0));
    }

    /** Sets which events subscribers hear of, now and at every change. */
    void applyEvents(KeyNotices notices) {
        follow(
                () -> notices.classes(config.value(MonitoringParameters.NOTIFY_KEYSPACE_EVENTS)),
                MonitoringParameters.NOTIFY_KEYSPACE_EVENTS);
        follow(
                () ->
                        context.dispatcher()
                                .audience()
                                .tracking()
                                .keysMax(
                                        config.longValue(
                                                MonitoringParameters.TRACKING_TABLE_MAX_KEYS)),
                MonitoringParameters.TRACKING_TABLE_MAX_KEYS);
    }

    /** At the start a system that refuses is only reported. */
    private void startOomScore() {
        try {
            applyOomScore();
        } catch (ConfigRejected reported) {
            LOG.debug("Starting all the same", reported);
        }
        config.onChange(MemoryParameters.OOM_SCORE_ADJ, this::applyOomScore);
        config.onChange(MemoryParameters.OOM_SCORE_ADJ_VALUES, this::applyOomScore);
    }

    /** This server has become a replica or a primary. */
    void roleChanged() {
        LogLine.role(context.replication().isReplica());
        try {
            applyOomScore();
        } catch (ConfigRejected reported) {
            LOG.debug("The role has changed all the same", reported);
        }
    }

    private void applyOomScore() {
        String wish = config.choice(MemoryParameters.OOM_SCORE_ADJ);
        try {
            if (wish.equals("no")) {
                oomScore.restore();
            } else {
                int value = oomScoreValue(config.value(MemoryParameters.OOM_SCORE_ADJ_VALUES));
                oomScore.set(value, !wish.equals("absolute"));
            }
        } catch (IOException e) {
            LOG.warn("Unable to write oom_score_adj: {}", e.toString());
            throw new ConfigRejected("Failed to set current oom_score_adj. Check server logs.");
        }
    }

    private int oomScoreValue(OomScores.Scores scores) {
        return context.replication().isReplica() ? scores.replica() : scores.primary();
    }

    private void applyImport() {
        context.store().importing(config.booleanValue(ServerParameters.IMPORT_MODE));
    }

    private void applyVersions() {
        boolean strict = config.choice(PersistenceParameters.RDB_VERSION_CHECK).equals("strict");
        context.store().strictVersions(strict);
    }

    private void applyLatency() {
        context.dispatcher()
                .latencyTracking(config.booleanValue(MonitoringParameters.LATENCY_TRACKING));
    }

    @Override
    public int clientsMax() {
        return clientsMax;
    }

    @Override
    public int newConnectionsMax() {
        return newConnectionsMax;
    }

    @Override
    public int newTlsConnectionsMax() {
        return newTlsConnectionsMax;
    }

    @Override
    public long handshakeMillisMax() {
        return handshakeMillisMax;
    }

    @Override
    public TlsContexts.ClientAuth clientAuth() {
        return clientAuth;
    }

    @Override
    public PeerNames.Field userField() {
        return userField;
    }

    @Override
    public boolean isProtected() {
        return protectedMode;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public int keepAliveSeconds() {
        return keepAliveSeconds;
    }

    @Override
    public int backlog() {
        return config.intValue(ConnectionParameters.TCP_BACKLOG);
    }
}

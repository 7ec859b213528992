// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin;

import dev.sigrun.kernel.acl.AccessControl;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.KeyPositions;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.ServerStats;
import dev.sigrun.kernel.command.Sessions;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.config.file.ConfigRewrite;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.persist.Persistence;
import dev.sigrun.kernel.persist.aof.Aof;
import dev.sigrun.kernel.plugin.PluginHost;
import dev.sigrun.kernel.replication.Replication;
import dev.sigrun.kernel.replication.primary.Primary;
import dev.sigrun.kernel.script.Scripts;
import dev.sigrun.kernel.store.Eviction;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.store.StoreListener;
import dev.sigrun.spi.admin.InfoSection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Everything that the kernel's own commands reach. Owner thread only. */
public final class AdminContext {
    private final Clock clock;
    private final Config config;
    private final ConfigRewrite configRewrite;
    private final Store store;
    private final Eviction eviction;
    private final Dispatcher dispatcher;
    private final Scripts scripts;
    private final Registry registry;
    private final AccessControl access;
    private final Owner owner;
    private final ServerFacts facts;
    private final Replication replication;
    private final Map<String, InfoSection> infoSections = new LinkedHashMap<>();
    private final Map<String, DebugAction> debugActions = new HashMap<>();
    private final Toggles toggles = new Toggles();
    private StoreListener keyspaceWatch = StoreListener.NONE;
    private Primary primary;
    private PluginHost plugins;
    private ServerActions actions;
    private Aof aof;
    private Persistence persistence;
    private Shutdown shutdown;

    /** Collects what is there before the commands are registered. */
    public AdminContext(
            Clock clock,
            Config config,
            ConfigRewrite configRewrite,
            Store store,
            Eviction eviction,
            Dispatcher dispatcher,
            Registry registry,
            Owner owner,
            ServerFacts facts) {
        this.clock = clock;
        this.config = config;
        this.configRewrite = configRewrite;
        this.store = store;
        this.eviction = eviction;
        this.dispatcher = dispatcher;
        this.scripts = new Scripts(store, clock, dispatcher);
        this.registry = registry;
        this.access = new AccessControl(registry, new KeyPositions(), store.databaseCount());
        dispatcher.gate().control(access);
        this.owner = owner;
        this.facts = facts;
        this.replication =
                new Replication(
                        facts.replicationId(),
                        config.longValue(ReplicationParameters.REPL_BACKLOG_SIZE));
    }

    /** Adds what is made after the commands were registered. */
    public void complete(PluginHost pluginHost, ServerActions serverActions) {
        plugins = pluginHost;
        actions = serverActions;
    }

    /** Switches that {@code DEBUG} turns. */
    public static final class Toggles {
        /** Whether keys past their time are looked for. */
        public boolean activeExpire = true;

        /** The name of the history of changes that was chosen anew; null for the first one. */
        public String replicationId;

        /** Whether this process stops, as a replica, once data comes by a second connection. */
        public boolean stopsInSync;

        /** Whether periodic work is done. */
        public boolean cronPaused;
    }

    /** Who hears of changes to keys; replaced when there is somebody to tell. */
    public StoreListener keyspaceWatch() {
        return keyspaceWatch;
    }

    /** Sets who hears of changes to keys. */
    public void keyspaceWatch(StoreListener watch) {
        keyspaceWatch = watch;
    }

    /** The time. */
    public Clock clock() {
        return clock;
    }

    /** The configuration. */
    public Config config() {
        return config;
    }

    /** Writes the configuration file anew. */
    public ConfigRewrite configRewrite() {
        return configRewrite;
    }

    /** The databases. */
    public Store store() {
        return store;
    }

    /** What makes room when memory is short. */
    public Eviction eviction() {
        return eviction;
    }

    /** What executes commands. */
    public Dispatcher dispatcher() {
        return dispatcher;
    }

    /** The scripts. */
    public Scripts scripts() {
        return scripts;
    }

    /** The clients. */
    public Sessions sessions() {
        return dispatcher.sessions();
    }

    /** The counters. */
    public ServerStats stats() {
        return dispatcher.stats();
    }

    /** What is registered. */
    public Registry registry() {
        return registry;
    }

    /** The users, their rules, and what was refused. */
    public AccessControl access() {
        return access;
    }

    /** Whom this server follows, and who follows it. */
    public Replication replication() {
        return replication;
    }

    /** The append-only file. */
    public Aof aof() {
        return aof;
    }

    /** Says what the append-only file is; once, when the server is wired. */
    public void aof(Aof file) {
        aof = file;
    }

    /** What feeds those who follow this server. */
    public Primary primary() {
        return primary;
    }

    /** Adds what feeds those who follow this server; before the commands are registered. */
    public void primary(Primary feeding) {
        primary = feeding;
    }

    /** The thread that executes commands. */
    public Owner owner() {
        return owner;
    }

    /** What does not change. */
    public ServerFacts facts() {
        return facts;
    }

    /** Sections of {@code INFO} that plugins brought, by name. */
    public Map<String, InfoSection> infoSections() {
        return infoSections;
    }

    /** What {@code DEBUG} does, by names in lower case; plugins may have brought some of it. */
    public Map<String, DebugAction> debugActions() {
        return debugActions;
    }

    /** Switches that {@code DEBUG} turns. */
    public Toggles toggles() {
        return toggles;
    }

    /** The plugins. */
    public PluginHost plugins() {
        return plugins;
    }

    /** Adds what saves and loads data, and ends the server, before commands are registered. */
    public void persistence(Persistence data, Shutdown end) {
        persistence = data;
        shutdown = end;
    }

    /** What saves and loads data. */
    public Persistence persistence() {
        return persistence;
    }

    /** What ends the server. */
    public Shutdown shutdown() {
        return shutdown;
    }

    /** What the layers above do. */
    public ServerActions actions() {
        return actions;
    }
}

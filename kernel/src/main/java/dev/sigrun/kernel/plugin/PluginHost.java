// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import dev.sigrun.spi.Plugin;
import dev.sigrun.spi.PluginContext;
import dev.sigrun.spi.StopReason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owner thread only. Loads and unloads plugins.
 *
 * <p>A load is: the gate, class loading, one instance, its declaration, problems and conflicts, the
 * operator's values, the commit, the start. Whatever fails undoes what was done before it, in
 * reverse, so that a failed load leaves nothing: no command, no file, no class. A failure is logged
 * by whoever gets the {@link PluginException}; what goes wrong while undoing is logged here.
 *
 * <p>Reading a file takes time, so a server that is busy opens the gate on another thread and gives
 * the candidate to {@link #load(Candidate, List, Map)}.
 */
public final class PluginHost {
    private static final Logger LOG = LoggerFactory.getLogger(PluginHost.class);

    private final PluginSink sink;
    private final PluginGate gate;
    private final LoaderRoom room = new LoaderRoom();
    private final LoaderWatch watch = new LoaderWatch();
    private final Ledger ledger = new Ledger();

    /** A host without plugins. */
    public PluginHost(PluginSink sink, PluginGate gate) {
        this.sink = sink;
        this.gate = gate;
    }

    /**
     * Loads the plugins that are part of the server, each under the last part of its package's
     * name. Their parameters have no prefix.
     *
     * @param plugins for example a {@code ServiceLoader}
     * @throws PluginException at the first that fails; the server cannot run then
     */
    public void loadBundled(Iterable<Plugin> plugins) throws PluginException {
        try {
            for (Plugin plugin : plugins) {
                String folder = plugin.getClass().getPackageName();
                loadBundled(folder.substring(folder.lastIndexOf('.') + 1), plugin);
            }
        } catch (ServiceConfigurationError broken) {
            throw PluginException.load("A plugin of the server is broken: " + broken.getMessage());
        }
    }

    /**
     * Loads a plugin that is part of the server.
     *
     * @throws PluginException when it fails
     */
    public void loadBundled(String id, Plugin plugin) throws PluginException {
        LoadedPlugin arriving = LoadedPlugin.bundled(id, plugin);
        arriving.refuse(ledger.conflicts(arriving.info()));
        admit(arriving, Map.of());
    }

    /**
     * Checks and loads a plugin.
     *
     * @param file a jar, or a zip with {@code classes/} and {@code lib/}
     * @param arguments what the plugin finds as its arguments
     * @param configs values of its parameters, by full name
     * @throws PluginException when it is not loaded; nothing is left behind then
     */
    public PluginInfo load(Path file, List<String> arguments, Map<String, String> configs)
            throws PluginException {
        return load(open(file), arguments, configs);
    }

    /**
     * Opens the gate for a file, so that a server that is busy can have another thread read it. Any
     * thread.
     *
     * @throws PluginException when it may not be loaded
     */
    public Candidate open(Path file) throws PluginException {
        return gate.open(file);
    }

    /**
     * Loads a plugin that has passed the gate.
     *
     * @param candidate taken over, whatever happens
     * @param arguments what the plugin finds as its arguments
     * @param configs values of its parameters, by full name
     * @throws PluginException when it is not loaded; nothing is left behind then
     */
    public PluginInfo load(Candidate candidate, List<String> arguments, Map<String, String> configs)
            throws PluginException {
        LoadedPlugin arriving = LoadedPlugin.of(candidate, arguments);
        try {
            arriving.refuse(ledger.conflicts(arriving.info()));
        } catch (PluginException twin) {
            // Not closed by admit(): the loader under this id is the twin's.
            candidate.close();
            throw twin;
        }
        admit(arriving, configs);
        PluginInfo info = arriving.info();
        String experimental = candidate.manifest().experimental();
        if (!experimental.isEmpty()) {
            LOG.warn("Plugin '{}' uses experimental parts of the SPI: {}", info.id(), experimental);
        }
        LOG.info("Plugin '{}' {} loaded from {}", info.id(), info.version(), info.path());
        return info;
    }

    /**
     * Unloads a plugin.
     *
     * @param name the name that {@link #list} gives
     * @throws PluginException when there is none, or it cannot go now; it stays as it is then
     */
    public void unload(String name) throws PluginException {
        LoadedPlugin leaving = ledger.find(name);
        if (leaving == null || leaving.info().isBundled()) {
            throw PluginException.unknown(name, leaving != null);
        }
        List<String> holds = sink.holds(leaving.declaration());
        if (!holds.isEmpty()) {
            throw PluginException.held(name, holds);
        }
        stop(leaving, StopReason.UNLOAD);
        ledger.strike(leaving);
        remove(leaving);
        LOG.info("Plugin '{}' unloaded", leaving.info().id());
    }

    /** The plugins that operators loaded, in the order of loading. */
    public List<PluginInfo> list() {
        return ledger.all().stream()
                .map(LoadedPlugin::info)
                .filter(info -> !info.isBundled())
                .toList();
    }

    /** Everything that a plugin has registered, a line each; empty when there is no such plugin. */
    public List<String> registered(String name) {
        LoadedPlugin plugin = ledger.find(name);
        return plugin == null ? List.of() : plugin.declaration().inventory();
    }

    /** The plugins that were unloaded, or failed to load, but are still in memory. */
    public List<Leak> leaks() {
        return watch.leaks();
    }

    /**
     * Stops all plugins, the last one loaded first, because the server shuts down. Nothing that
     * belongs to a plugin may be used after this; the sink is not asked to withdraw anything, since
     * keys may live until the very end.
     */
    public void stopAll() {
        for (LoadedPlugin plugin : ledger.all().reversed()) {
            stop(plugin, StopReason.SHUTDOWN);
            ledger.strike(plugin);
            close(plugin);
        }
    }

    private void admit(LoadedPlugin arriving, Map<String, String> configs) throws PluginException {
        boolean committed = false;
        boolean done = false;
        try {
            if (!arriving.info().isBundled()) {
                arriving.open(room);
            }
            arriving.declare();
            arriving.refuse(sink.conflicts(arriving.declaration()));
            arriving.configure(configs);
            arriving.refuse(sink.commit(arriving.declaration()));
            committed = true;
            start(arriving);
            ledger.enter(arriving);
            done = true;
        } finally {
            if (!done && committed) {
                remove(arriving);
            } else if (!done) {
                close(arriving);
            }
        }
    }

    private void start(LoadedPlugin arriving) throws PluginException {
        PluginContext context = sink.context(arriving.declaration());
        try {
            arriving.start(context);
            sink.started(arriving.declaration());
        } catch (Fault fault) {
            stop(arriving, StopReason.FAILED_START);
            throw PluginException.load(
                    "Plugin '"
                            + arriving.info().id()
                            + "' cannot start: "
                            + fault.getMessage()
                            + ".",
                    fault);
        }
    }

    /** A plugin that fails to stop goes all the same. */
    private static void stop(LoadedPlugin plugin, StopReason reason) {
        try {
            plugin.stop(reason);
        } catch (Fault fault) {
            LOG.warn(
                    "Plugin '{}' failed to stop ({}): {}\n{}",
                    plugin.info().id(),
                    reason,
                    fault.getMessage(),
                    fault.trace());
        }
    }

    /** Takes back what was committed, then the classes. */
    private void remove(LoadedPlugin plugin) {
        Declaration declaration = plugin.declaration();
        try {
            sink.withdraw(declaration);
        } finally {
            close(plugin);
            sink.released(declaration);
        }
    }

    private void close(LoadedPlugin plugin) {
        try {
            plugin.close(room, watch);
        } catch (RuntimeException failure) {
            LOG.warn("Plugin '{}' was not closed cleanly", plugin.info().id(), failure);
        }
    }
}

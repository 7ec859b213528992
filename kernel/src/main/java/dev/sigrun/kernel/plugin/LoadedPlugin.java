// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import dev.sigrun.spi.Plugin;
import dev.sigrun.spi.PluginContext;
import dev.sigrun.spi.StopReason;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Owner thread only. One plugin from the load of its classes to their end: its instance, its class
 * loader and what it declared. Every call into the plugin that the host makes is made here.
 */
final class LoadedPlugin {
    private final PluginInfo info;
    private ClassLoader loader;
    private Candidate candidate;
    private Plugin plugin;
    private Declaration declaration;

    private LoadedPlugin(PluginInfo info) {
        this.info = info;
    }

    /** A plugin that passed the gate; none of its classes is loaded. */
    static LoadedPlugin of(Candidate candidate, List<String> arguments) {
        PluginManifest manifest = candidate.manifest();
        LoadedPlugin loaded =
                new LoadedPlugin(
                        new PluginInfo(
                                manifest.id(),
                                manifest.name(),
                                manifest.number(),
                                manifest.version(),
                                candidate.path(),
                                candidate.sha256(),
                                arguments));
        loaded.candidate = candidate;
        return loaded;
    }

    /** A plugin of the server's own. */
    static LoadedPlugin bundled(String id, Plugin plugin) {
        LoadedPlugin loaded = new LoadedPlugin(new PluginInfo(id, id, 1, "", null, "", List.of()));
        loaded.plugin = plugin;
        loaded.loader = plugin.getClass().getClassLoader();
        return loaded;
    }

    PluginInfo info() {
        return info;
    }

    /** What the plugin declared; null before {@link #declare}. */
    Declaration declaration() {
        return declaration;
    }

    /** Loads the plugin's class and makes its instance. */
    void open(LoaderRoom room) throws PluginException {
        try {
            loader = room.open(candidate);
            plugin = PluginCall.get(loader, this::instantiate);
        } catch (Fault fault) {
            throw PluginException.load(
                    who() + " cannot be instantiated: " + fault.getMessage() + ".", fault);
        } catch (RuntimeException failure) {
            throw PluginException.load(
                    who() + ": its class loader cannot be made: " + failure.getMessage() + ".");
        }
    }

    /** Asks the plugin what it has. */
    void declare() throws PluginException {
        Declaration filled = new Declaration(info, loader);
        DeclarationRegistrar registrar = new DeclarationRegistrar(filled);
        List<String> problems = new ArrayList<>();
        Fault failure = null;
        try {
            PluginCall.run(loader, () -> plugin.register(registrar));
        } catch (Fault fault) {
            failure = fault;
            problems.add("register() failed: " + fault.getMessage());
        }
        problems.addAll(registrar.close());
        if (failure != null) {
            throw PluginException.load(who() + ": " + listed(problems), failure);
        }
        refuse(problems);
        declaration = filled;
    }

    /** Puts the operator's values into the plugin's parameters. */
    void configure(Map<String, String> configs) throws PluginException {
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, String> config : configs.entrySet()) {
            String problem = configure(config.getKey(), config.getValue());
            if (problem != null) {
                problems.add("parameter '" + config.getKey() + "': " + problem);
            }
        }
        refuse(problems);
    }

    /** Refuses the plugin when there are problems. */
    void refuse(List<String> problems) throws PluginException {
        if (!problems.isEmpty()) {
            throw PluginException.load(who() + ": " + listed(problems));
        }
    }

    void start(PluginContext context) throws Fault {
        PluginCall.run(loader, () -> plugin.start(context));
    }

    void stop(StopReason reason) throws Fault {
        PluginCall.run(loader, () -> plugin.stop(reason));
    }

    /** Drops everything of the plugin and closes its class loader. */
    void close(LoaderRoom room, LoaderWatch watch) {
        plugin = null;
        if (declaration != null) {
            declaration.dropResources();
        }
        if (candidate == null) {
            return;
        }
        try {
            room.close(info.id());
        } finally {
            candidate.close();
            if (loader != null) {
                watch.watch(info, loader);
            }
            loader = null;
        }
    }

    private Plugin instantiate() throws ReflectiveOperationException {
        String name = candidate.manifest().className();
        Class<?> found = loader.loadClass(name);
        if (!loader.equals(found.getClassLoader()) || !Plugin.class.isAssignableFrom(found)) {
            throw new ClassCastException(
                    "Plugin-Class " + name + " does not implement dev.sigrun.spi.Plugin");
        }
        if (!Modifier.isPublic(found.getModifiers()) || Modifier.isAbstract(found.getModifiers())) {
            throw new IllegalAccessException("Plugin-Class " + name + " must be a public class");
        }
        return found.asSubclass(Plugin.class).getConstructor().newInstance();
    }

    private String configure(String name, String value) {
        for (Declaration.Parameter parameter : declaration.parameters()) {
            if (parameter.name().equalsIgnoreCase(name)) {
                return apply(parameter, value);
            }
        }
        return "the plugin has no such parameter";
    }

    /** A parameter's check is code of the plugin. */
    private String apply(Declaration.Parameter parameter, String value) {
        try {
            return PluginCall.get(loader, () -> ParamText.apply(parameter.parameter(), value));
        } catch (Fault fault) {
            return "its check failed: " + fault.getMessage();
        }
    }

    private String who() {
        return "Plugin '" + info.id() + "'";
    }

    private static String listed(List<String> problems) {
        if (problems.size() == 1) {
            return problems.getFirst() + ".";
        }
        int shown = Math.min(problems.size(), GateLimits.PROBLEMS_SHOWN_MAX);
        StringBuilder out = new StringBuilder(problems.size() + " problems:");
        for (int i = 0; i < shown; i++) {
            out.append(i == 0 ? " " : "; ").append('(').append(i + 1).append(") ");
            out.append(problems.get(i));
        }
        return out.append(shown < problems.size() ? "; and more." : ".").toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import dev.sigrun.spi.admin.ConfigParam;
import dev.sigrun.spi.admin.InfoSection;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.script.ScriptEngine;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.RdbCodec;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Owner thread only. What one plugin declared, checked within itself: names are well formed and
 * occur once, every sub-command has its container, every codec fits a file.
 *
 * <p>It refers to the plugin's objects, so whoever keeps a part of it after {@link
 * PluginSink#released} keeps the plugin's classes in memory.
 */
public final class Declaration {
    /**
     * A command or a sub-command.
     *
     * @param spec its description
     * @param handler its code; null for a container that has only sub-commands
     */
    public record Command(CommandSpec spec, CommandHandler handler) {}

    /**
     * A configuration parameter.
     *
     * @param name full name as operators write it, in lower case
     * @param parameter holds the value
     */
    public record Parameter(String name, ConfigParam<?> parameter) {}

    /**
     * A section of {@code INFO}.
     *
     * @param name the section's name
     * @param writer writes the fields
     */
    public record Section(String name, InfoSection writer) {}

    /**
     * An action of {@code DEBUG}.
     *
     * @param name the action's name, in lower case
     * @param arguments how many arguments follow the name
     * @param handler its code
     */
    public record DebugAction(String name, int arguments, CommandHandler handler) {}

    private final PluginInfo plugin;
    final List<Command> commands = new ArrayList<>();
    final Map<String, List<Command>> subcommands = new LinkedHashMap<>();
    final List<DataType<?>> types = new ArrayList<>();
    final List<Parameter> parameters = new ArrayList<>();
    final List<ConfigParam<?>> serverParameters = new ArrayList<>();
    final List<String> categories = new ArrayList<>();
    final List<Section> sections = new ArrayList<>();
    final List<DebugAction> debugActions = new ArrayList<>();
    final List<ScriptEngine> scriptEngines = new ArrayList<>();
    private ClassLoader resources;

    Declaration(PluginInfo plugin, ClassLoader resources) {
        this.plugin = plugin;
        this.resources = resources;
    }

    /** The plugin's id. */
    public String id() {
        return plugin.id();
    }

    /** The name that MODULE LIST shows. */
    public String name() {
        return plugin.name();
    }

    /** The version that MODULE LIST shows. */
    public int version() {
        return plugin.number();
    }

    /** What the operator gave the plugin at the load. */
    public List<String> arguments() {
        return plugin.arguments();
    }

    /** Whether the plugin is part of the server. */
    public boolean isBundled() {
        return plugin.isBundled();
    }

    /** The commands, containers included, in the order of declaration. */
    public List<Command> commands() {
        return Collections.unmodifiableList(commands);
    }

    /** The sub-commands of a container, by its name in lower case; empty when it has none. */
    public List<Command> subcommands(String container) {
        return Collections.unmodifiableList(subcommands.getOrDefault(container, List.of()));
    }

    /** The data types. */
    public List<DataType<?>> types() {
        return Collections.unmodifiableList(types);
    }

    /** The configuration parameters. */
    public List<Parameter> parameters() {
        return Collections.unmodifiableList(parameters);
    }

    /** The parameters of the server that the plugin reads along. */
    public List<ConfigParam<?>> serverParameters() {
        return Collections.unmodifiableList(serverParameters);
    }

    /** The ACL categories, in lower case and without the at sign. */
    public List<String> categories() {
        return Collections.unmodifiableList(categories);
    }

    /** The sections of {@code INFO}. */
    public List<Section> sections() {
        return Collections.unmodifiableList(sections);
    }

    /** The actions of {@code DEBUG}. */
    public List<DebugAction> debugActions() {
        return Collections.unmodifiableList(debugActions);
    }

    /** The languages for scripts. */
    public List<ScriptEngine> scriptEngines() {
        return Collections.unmodifiableList(scriptEngines);
    }

    /**
     * The content of a resource of the plugin, for example {@link CommandSpec#docs}.
     *
     * @return null when the plugin has no such resource or is gone
     * @throws IOException when it cannot be read or is too large
     */
    public byte[] resource(String name) throws IOException {
        if (resources == null) {
            return null;
        }
        try (InputStream in = resources.getResourceAsStream(name)) {
            if (in == null) {
                return null;
            }
            byte[] content = in.readNBytes(GateLimits.RESOURCE_BYTES_MAX + 1);
            if (content.length > GateLimits.RESOURCE_BYTES_MAX) {
                throw new IOException(name + " of plugin " + id() + " is too large");
            }
            return content;
        }
    }

    /** Everything that the plugin has, a line each, for operators. */
    public List<String> inventory() {
        List<String> lines = new ArrayList<>();
        for (Command command : commands) {
            String name = command.spec().name();
            lines.add("command " + name);
            subcommands(name)
                    .forEach(sub -> lines.add("command " + name + "|" + sub.spec().name()));
        }
        for (DataType<?> type : types) {
            lines.add("type " + type.spec().name());
            for (RdbCodec<?> codec : type.spec().codecs()) {
                lines.add("codec " + codec.wireName());
            }
        }
        parameters.forEach(parameter -> lines.add("config " + parameter.name()));
        categories.forEach(category -> lines.add("category " + category));
        sections.forEach(section -> lines.add("info " + section.name()));
        debugActions.forEach(action -> lines.add("debug " + action.name()));
        scriptEngines.forEach(engine -> lines.add("script engine " + engine.name()));
        return lines;
    }

    /** Cuts the way to the plugin's class loader. */
    void dropResources() {
        resources = null;
    }
}

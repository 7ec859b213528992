// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.fake;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Plugin;
import dev.sigrun.spi.PluginContext;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.RegistrationException;
import dev.sigrun.spi.admin.ConfigParam;
import dev.sigrun.spi.admin.InfoSection;
import dev.sigrun.spi.admin.InfoWriter;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.script.ScriptEngine;
import dev.sigrun.spi.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;

/** As much of a server as one plugin needs to answer commands. */
public final class FakeServer implements Registrar, PluginContext {
    private final FakeOffHeap memory = new FakeOffHeap();
    private final Random random = new Random(7);
    private final Map<String, CommandHandler> handlers = new HashMap<>();
    private final Map<String, CommandSpec> specs = new TreeMap<>();
    private final Map<String, ConfigParam<?>> parameters = new TreeMap<>();
    private final Map<String, DataType<?>> types = new TreeMap<>();
    private final Map<String, InfoSection> sections = new TreeMap<>();
    private final List<String> categories = new ArrayList<>();
    private final Map<String, FakeKey> keys = new HashMap<>();
    private final FakeCommandContext context = new FakeCommandContext(this);

    /** Starts {@code plugin}. */
    public static FakeServer with(Plugin plugin) throws Exception {
        FakeServer server = new FakeServer();
        server.load(plugin);
        return server;
    }

    private void load(Plugin plugin) throws RegistrationException, Exception {
        plugin.register(this);
        plugin.start(this);
    }

    /** Runs a command and gives its reply as text. */
    public String run(String... words) {
        Bytes[] arguments = new Bytes[words.length];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = FakeBytes.of(words[i].getBytes(StandardCharsets.ISO_8859_1));
        }
        return run(prepare(arguments));
    }

    /** Gives the context its arguments. */
    public FakeCommandContext prepare(Bytes... arguments) {
        context.prepare(arguments);
        return context;
    }

    private String run(FakeCommandContext prepared) {
        try {
            handler(prepared.args().bytes(0).text()).handle(prepared);
            return prepared.reply().take();
        } catch (CommandException error) {
            if (!prepared.reply().take().isEmpty()) {
                throw new AssertionError("an error after a part of a reply", error);
            }
            return "-" + error.getMessage();
        }
    }

    /** The handler of a command. */
    public CommandHandler handler(String name) {
        return handlers.get(name.toLowerCase(java.util.Locale.ROOT));
    }

    /** The context of commands. */
    public FakeCommandContext context() {
        return context;
    }

    /** A key, present or not. */
    public FakeKey key(String name) {
        return keys.computeIfAbsent(name, FakeKey::new);
    }

    /** Takes a key away and frees its value. */
    @SuppressWarnings("unchecked")
    public void delete(String name) {
        FakeKey key = keys.remove(name);
        DataType<Object> type = (DataType<Object>) types.get(key.typeName());
        type.free(new FakeValueContext(memory, false), key.held());
    }

    /** Puts a checked parameter in force. */
    @SuppressWarnings("unchecked")
    public <T> void configure(String name, T value) {
        ConfigParam<T> parameter = (ConfigParam<T>) parameters.get(name);
        String complaint = parameter.check(value);
        if (complaint != null) {
            throw new IllegalArgumentException(complaint);
        }
        parameter.put(value);
    }

    /** The fields of a section of INFO, one a line. */
    public String info(String section) {
        StringBuilder out = new StringBuilder();
        sections.get(section)
                .write(
                        new InfoWriter() {
                            @Override
                            public void field(String name, long value) {
                                out.append(name).append(':').append(value).append('\n');
                            }

                            @Override
                            public void field(String name, String value) {
                                out.append(name).append(':').append(value).append('\n');
                            }
                        });
        return out.toString();
    }

    public Map<String, CommandSpec> specs() {
        return specs;
    }

    public Map<String, ConfigParam<?>> parameters() {
        return parameters;
    }

    public Map<String, DataType<?>> types() {
        return types;
    }

    public Map<String, InfoSection> sections() {
        return sections;
    }

    public List<String> categories() {
        return categories;
    }

    @Override
    public void command(CommandSpec spec, CommandHandler handler) {
        specs.put(spec.name(), spec);
        handlers.put(spec.name(), handler);
    }

    @Override
    public void subcommand(String container, CommandSpec spec, CommandHandler handler) {
        throw new AssertionError("no container here");
    }

    @Override
    public void type(DataType<?> type) {
        types.put(type.spec().name(), type);
    }

    @Override
    public void config(ConfigParam<?> parameter) {
        parameters.put(parameter.name(), parameter);
    }

    @Override
    public void scriptEngine(ScriptEngine engine) {
        throw new AssertionError("this plugin has no scripts");
    }

    @Override
    public void aclCategory(String name) {
        categories.add(name);
    }

    @Override
    public void debug(String name, int arguments, CommandHandler handler) {
        throw new AssertionError("no action of DEBUG here");
    }

    @Override
    public void info(String section, InfoSection writer) {
        sections.put(section, writer);
    }

    @Override
    public List<String> arguments() {
        return List.of();
    }

    @Override
    public String id() {
        return "bloom";
    }

    @Override
    public OffHeap memory() {
        return memory;
    }

    /** The memory, with its accounts. */
    public FakeOffHeap heap() {
        return memory;
    }

    @Override
    public long nowMillis() {
        return 0;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public String serverName() {
        return "valkey";
    }

    @Override
    public String valkeyVersion() {
        return "9.1.2";
    }

    @Override
    public String redisVersion() {
        return "7.2.4";
    }

    @Override
    public Logger log() {
        throw new AssertionError("nothing to log");
    }
}

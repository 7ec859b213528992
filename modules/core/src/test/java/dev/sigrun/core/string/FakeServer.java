// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.ConfigParam;
import dev.sigrun.spi.admin.InfoSection;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.Client;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.Keyspace;
import dev.sigrun.spi.replication.Replication;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A server of one database that only knows strings, with a clock that stands still. */
final class FakeServer implements Registrar, CommandContext, Client {
    static final long NOW_MILLIS = 1_700_000_000_000L;

    private final Map<String, CommandSpec> specs = new HashMap<>();
    private final Map<String, CommandHandler> handlers = new HashMap<>();
    private final Map<String, FakeKey> keys = new HashMap<>();
    private final List<String> events = new ArrayList<>();
    private final int protocol;
    private boolean replicated;
    private boolean dirty;
    private long stringBytesMax;
    private List<String> words = List.of();
    private FakeReply reply;
    private FakeReplication replication;

    FakeServer(int protocol) {
        this.protocol = protocol;
        StringCommands.register(this);
        reset();
    }

    /** Forgets all keys. */
    void reset() {
        keys.clear();
        stringBytesMax = 512L << 20;
    }

    /** Makes commands come from a primary, or from a user again. */
    void setReplicated(boolean replicated) {
        this.replicated = replicated;
    }

    /** Sets the largest string. */
    void setStringBytesMax(long bytes) {
        stringBytesMax = bytes;
    }

    /** Descriptions by lower-case name. */
    Map<String, CommandSpec> specs() {
        return specs;
    }

    FakeKey key(String name) {
        return keys.computeIfAbsent(name, n -> new FakeKey(this, n));
    }

    /** Runs a command and gives its reply on one line. */
    String run(List<String> command) {
        words = command;
        reply = new FakeReply(protocol);
        replication = new FakeReplication(command);
        events.clear();
        dirty = false;
        String name = command.getFirst().toLowerCase(Locale.ROOT);
        int arity = specs.get(name).arity();
        if (arity > 0 ? command.size() != arity : command.size() < -arity) {
            return "-ERR wrong number of arguments for '" + name + "' command";
        }
        try {
            handlers.get(name).handle(this);
        } catch (CommandException e) {
            if (reply.isBegun() || dirty || !events.isEmpty()) {
                throw new AssertionError("error after a change or a reply: " + command, e);
            }
            reply.error(e);
        }
        if (dirty == replication.commands().isEmpty()) {
            throw new AssertionError("changes and replication differ: " + command);
        }
        return reply.text();
    }

    /** The events of the last command: name, space, key. */
    List<String> events() {
        return events;
    }

    /** What the last command replicated as. */
    List<List<String>> replicatedCommands() {
        return replication.commands();
    }

    void dirty() {
        dirty = true;
    }

    void event(String name, String key) {
        events.add(name + " " + key);
    }

    @Override
    public void command(CommandSpec spec, CommandHandler handler) {
        specs.put(spec.name(), spec);
        handlers.put(spec.name(), handler);
    }

    @Override
    public void subcommand(String container, CommandSpec spec, CommandHandler handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void type(DataType<?> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void config(ConfigParam<?> parameter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void aclCategory(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void info(String section, InfoSection writer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> arguments() {
        return List.of();
    }

    @Override
    public Args args() {
        return new FakeArgs(words);
    }

    @Override
    public ReplyWriter reply() {
        return reply;
    }

    @Override
    public Client client() {
        return this;
    }

    @Override
    public Key read(int index) {
        return key(words.get(index));
    }

    @Override
    public Key write(int index) {
        return key(words.get(index));
    }

    @Override
    public Keyspace keyspace() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Replication replication() {
        return replication;
    }

    @Override
    public long nowMillis() {
        return NOW_MILLIS;
    }

    @Override
    public RandomGenerator random() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long stringBytesMax() {
        return stringBytesMax;
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public int db() {
        return 0;
    }

    @Override
    public int protocol() {
        return protocol;
    }

    @Override
    public boolean isReplicated() {
        return replicated;
    }
}

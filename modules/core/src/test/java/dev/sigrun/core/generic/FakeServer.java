// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.ConfigParam;
import dev.sigrun.spi.admin.InfoSection;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.Client;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.KeyVisitor;
import dev.sigrun.spi.key.Keyspace;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.replication.Replication;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A server just large enough for the commands of this package, so that they can be tried without
 * the kernel. A few commands on strings serve to fill it. Keeps events and replicated commands.
 */
final class FakeServer implements CommandContext, Keyspace, Client, Registrar {
    static final long NOW = 1_700_000_000_123L;
    private static final int DATABASES = 16;

    final List<String> events = new ArrayList<>();
    final List<String> replicated = new ArrayList<>();
    final Map<String, CommandSpec> specs = new TreeMap<>();
    boolean fromPrimary;
    private final Map<String, CommandHandler> handlers = new HashMap<>();
    private final List<Map<String, FakeEntry>> databases = new ArrayList<>();
    private int db;
    private boolean modified;
    private Args args;
    private FakeReply reply;
    private FakeReplication replication;

    FakeServer() {
        for (int i = 0; i < DATABASES; i++) {
            databases.add(new TreeMap<>());
        }
        GenericCommands.register(this);
        handlers.putAll(FakeStrings.handlers(this));
    }

    /** Runs a command and gives its reply in one line. */
    String run(String... words) {
        return run(List.of(words));
    }

    String run(List<String> words) {
        args = new FakeArgs(words);
        reply = new FakeReply();
        replication = new FakeReplication(words);
        modified = false;
        String name = words.get(0).toLowerCase(Locale.ROOT);
        CommandSpec spec = specs.get(name);
        if (spec != null && !fits(spec.arity(), words.size())) {
            return "-ERR wrong number of arguments for '" + name + "' command";
        }
        try {
            handlers.get(name).handle(this);
        } catch (CommandException e) {
            if (modified) {
                throw new AssertionError("refused after a change: " + words, e);
            }
            reply.error(e);
        }
        if (spec != null && modified && !replication.wasTold()) {
            throw new AssertionError("changed and did not replicate: " + words);
        }
        if (spec != null && replication.text() != null) {
            replicated.add(replication.text());
        }
        return reply.text();
    }

    private static boolean fits(int arity, int count) {
        return arity < 0 ? count >= -arity : count == arity;
    }

    /** Whether a command reaches this server; the others are left to a real one. */
    boolean knows(String name) {
        return handlers.containsKey(name.toLowerCase(Locale.ROOT));
    }

    void flush() {
        databases.forEach(Map::clear);
        db = 0;
    }

    void select(int number) {
        db = number;
    }

    Map<String, FakeEntry> database(int number) {
        return databases.get(number);
    }

    FakeEntry find(int number, String name) {
        FakeEntry entry = database(number).get(name);
        boolean over = entry != null && entry.expireAt != -1 && entry.expireAt < NOW;
        return over && !fromPrimary ? null : entry;
    }

    void modified() {
        modified = true;
    }

    void event(int notifyClass, String text) {
        events.add(notifyClass == NotifyClass.EXPIRED ? "x:" + text : text);
    }

    @Override
    public Key open(int number, Bytes name, int access) {
        String text = name.text();
        FakeEntry entry = find(number, text);
        if (entry == null) {
            database(number).remove(text);
        } else if ((access & Access.NO_TOUCH) == 0) {
            entry.touches++;
        }
        return new FakeKey(this, number, text);
    }

    @Override
    public Key open(Bytes name, int access) {
        return open(db, name, access);
    }

    @Override
    public Key read(int index) {
        return open(args.bytes(index), Access.READ);
    }

    @Override
    public Key write(int index) {
        return open(args.bytes(index), Access.WRITE);
    }

    @Override
    public long scan(long cursor, KeyVisitor visitor) {
        List<String> names = List.copyOf(database(db).keySet());
        if (cursor < 0 || cursor >= names.size()) {
            return 0;
        }
        visitor.visit(new FakeKey(this, db, names.get((int) cursor)));
        return (cursor + 1) % names.size();
    }

    @Override
    public Key randomKey() {
        Map<String, FakeEntry> keys = database(db);
        return keys.isEmpty() ? null : new FakeKey(this, db, keys.keySet().iterator().next());
    }

    @Override
    public int databases() {
        return DATABASES;
    }

    @Override
    public long size() {
        return database(db).size();
    }

    @Override
    public int db() {
        return db;
    }

    @Override
    public Args args() {
        return args;
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
    public Keyspace keyspace() {
        return this;
    }

    @Override
    public Replication replication() {
        return replication;
    }

    @Override
    public long nowMillis() {
        return NOW;
    }

    @Override
    public boolean isReplicated() {
        return fromPrimary;
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public int protocol() {
        return 3;
    }

    @Override
    public RandomGenerator random() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long stringBytesMax() {
        throw new UnsupportedOperationException();
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
}

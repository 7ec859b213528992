// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.IoFacts;
import dev.sigrun.kernel.admin.ServerActions;
import dev.sigrun.kernel.admin.ServerFacts;
import dev.sigrun.kernel.admin.TlsFacts;
import dev.sigrun.kernel.admin.info.InfoCommand;
import dev.sigrun.kernel.admin.persist.IdlePersistence;
import dev.sigrun.kernel.base.ProcessStatus;
import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.command.CommandTable;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.ServerStats;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.command.Sessions;
import dev.sigrun.kernel.command.Transport;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.FakeFiles;
import dev.sigrun.kernel.config.SecurityParameters;
import dev.sigrun.kernel.config.file.ConfigRewrite;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.plugin.PluginGate;
import dev.sigrun.kernel.plugin.PluginHost;
import dev.sigrun.kernel.replication.primary.LonelyPrimary;
import dev.sigrun.kernel.store.Eviction;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.store.StoredKey;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.kernel.wire.ReplySpace;
import dev.sigrun.kernel.wire.RequestBatch;
import dev.sigrun.kernel.wire.RequestParser;
import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.key.Access;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.random.RandomGenerator;

/** A server without sockets: one client, a clock that stands and a machine that is made up. */
public final class Scene implements AutoCloseable {
    public static final long NOW_MILLIS = 1_700_000_000_000L;

    public final FakeFiles files = new FakeFiles().put("/srv/sigrun.conf", "port 7000\n");
    public final Config config = new Config(files);
    public final Store store;
    public final AdminContext context;
    public final Queue<Runnable> tasks = new ArrayDeque<>();
    public final Session session;
    public long sleptNanos;
    public int shutdowns;

    private final Allocator allocator = new Allocator();
    private final Dispatcher dispatcher;
    private int answered;
    private final Space space = new Space();
    private final Space answers = new Space();

    public Scene() {
        config.assign(SecurityParameters.ENABLE_DEBUG_COMMAND, "yes");
        config.assign(SecurityParameters.ENABLE_MODULE_COMMAND, "yes");
        var clock = new StandingClock();
        store = new Store(allocator, clock, RandomGenerator.of("L64X128MixRandom"), 16, 1, 2);
        Registry registry = new Registry(new CommandTable());
        dispatcher =
                new Dispatcher(store, clock, registry.table(), new Sessions(), new ServerStats());
        ServerFacts facts =
                new ServerFacts(
                        "a".repeat(40),
                        NOW_MILLIS - 90_000_000,
                        "sigrun-server",
                        Path.of("/srv/sigrun.conf"),
                        "nio",
                        "b".repeat(40),
                        null);
        context =
                new AdminContext(
                        clock,
                        config,
                        new ConfigRewrite(config, files),
                        store,
                        new Eviction(store, clock),
                        dispatcher,
                        registry,
                        new TaskOwner(),
                        facts);
        LonelyPrimary.addTo(context);
        IdlePersistence.addTo(context);
        context.complete(new PluginHost(null, PluginGate.anywhere()), new Actions());
        ProcessStatus machine = new Machine();
        new ServerCommands(
                        context,
                        nanos -> sleptNanos += nanos,
                        (name, task) -> tasks.add(task),
                        machine)
                .register();
        new InfoCommand(context, machine).register();
        session = new Session(dispatcher.sessions().nextId(), new Wire(), NOW_MILLIS);
        session.authenticated(true, context.access().users().defaultUser());
        dispatcher.sessions().add(session);
    }

    /** Makes a key hold a string. */
    public void set(String name, String value, long expireAtMillis) {
        StoredKey key = open(name);
        key.setString(value.getBytes(StandardCharsets.ISO_8859_1), false);
        if (expireAtMillis != -1) {
            key.expireAt(expireAtMillis);
        }
    }

    /** Looks a key of database 0 up, without a trace. */
    public StoredKey open(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        long block = allocator.allocate(64);
        Memory.copy(bytes, 0, block, bytes.length);
        Slice slice = new Slice().wrap(block, bytes.length);
        return new StoredKey(store)
                .open(
                        store.database(0),
                        store.hash(block, bytes.length),
                        slice,
                        Access.WRITE | Access.NO_TOUCH | Access.EXPIRED_TOO);
    }

    /** Has the client send one command and gives the reply as it is sent. */
    public String reply(String... words) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        for (String word : words) {
            String bulk = "$" + word.length() + "\r\n" + word + "\r\n";
            request.writeBytes(bulk.getBytes(StandardCharsets.ISO_8859_1));
        }
        byte[] bytes = request.toByteArray();
        long block = allocator.allocate(bytes.length);
        Memory.copy(bytes, 0, block, bytes.length);
        RequestBatch batch = new RequestBatch(1);
        new RequestParser().parse(batch, block, bytes.length, Integer.MAX_VALUE, 1 << 20, true);
        dispatcher.reply().wrap(space, 0);
        int _ = dispatcher.run(session, batch, block, 0);
        allocator.free(block, bytes.length);
        return space.text(dispatcher.reply().used());
    }

    /** Does what was given to other threads and to the owner, and gives what was replied then. */
    public String runTasks() {
        answered = 0;
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        return answers.text(answered);
    }

    /** The first line of an INFO section that begins so. */
    public String info(String section, String field) {
        return reply("info", section)
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .findFirst()
                .map(line -> line.substring(field.length() + 1))
                .orElse(null);
    }

    @Override
    public void close() {
        allocator.close();
    }

    private static final class StandingClock implements dev.sigrun.kernel.base.Clock {
        @Override
        public long unixMillis() {
            return NOW_MILLIS;
        }

        @Override
        public long nanos() {
            return 0;
        }
    }

    private final class TaskOwner implements Owner {
        @Override
        public boolean isOwner() {
            return true;
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void after(long delayMillis, Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void every(long periodMillis, Runnable task) {}
    }

    private final class Actions implements ServerActions {
        @Override
        public void shutdown() {
            shutdowns++;
        }

        @Override
        public int port() {
            return 7000;
        }

        @Override
        public int tlsPort() {
            return 0;
        }

        @Override
        public TlsFacts tls() {
            return TlsFacts.NONE;
        }

        @Override
        public long bytesIn() {
            return 1000;
        }

        @Override
        public long bytesOut() {
            return 2000;
        }

        @Override
        public IoFacts io() {
            return IoFacts.NONE;
        }

        @Override
        public void resetIo() {
            // There is nothing to zero.
        }

        @Override
        public boolean rebind() {
            return true;
        }
    }

    private static final class Machine implements ProcessStatus {
        @Override
        public long processId() {
            return 4711;
        }

        @Override
        public long residentBytes() {
            return 100 << 20;
        }

        @Override
        public long machineBytes() {
            return 16L << 30;
        }

        @Override
        public CpuTimes processTimes() {
            return new CpuTimes(1_500_000, 250_000, 0, 0);
        }

        @Override
        public CpuTimes threadTimes() {
            return new CpuTimes(1_000_000, 10_000, 0, 0);
        }

        @Override
        public String operatingSystem() {
            return "Test 1.0 x86_64";
        }
    }

    private final class Space implements ReplySpace {
        private int capacity = 1 << 20;
        private long address = allocator.allocate(capacity);

        private String text(int used) {
            byte[] bytes = new byte[used];
            Memory.copy(address, bytes, 0, used);
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public long address() {
            return address;
        }

        @Override
        public int capacity() {
            return capacity;
        }

        @Override
        public void grow(int used, int needed) {
            int larger = Math.max(capacity * 2, used + needed);
            address = allocator.resize(address, capacity, larger);
            capacity = larger;
        }
    }

    private final class Wire implements Transport {
        @Override
        public String remoteAddress() {
            return "127.0.0.1:5";
        }

        @Override
        public String localAddress() {
            return "127.0.0.1:7000";
        }

        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public int descriptor() {
            return 8;
        }

        @Override
        public void close() {}

        @Override
        public void beginAnswer() {
            dispatcher.reply().wrap(answers, answered);
        }

        @Override
        public void endAnswer() {
            answered = dispatcher.reply().used();
        }

        @Override
        public void push(long address, int length) {}

        @Override
        public void takePushes(ReplyBuffer reply) {}

        @Override
        public void resume() {}

        @Override
        public long queryBytes() {
            return 0;
        }

        @Override
        public long queryBytesFree() {
            return 0;
        }

        @Override
        public long outputBytes() {
            return 0;
        }

        @Override
        public long memoryBytes() {
            return 2048;
        }
    }
}

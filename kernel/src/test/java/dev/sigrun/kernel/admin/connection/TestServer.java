// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.ServerFacts;
import dev.sigrun.kernel.admin.persist.IdlePersistence;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.CommandTable;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.ServerStats;
import dev.sigrun.kernel.command.Sessions;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.FakeFiles;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.replication.primary.LonelyPrimary;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.memory.Allocator;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;

/** A kernel without sockets, whose time stands still and whose owner runs tasks when told to. */
public final class TestServer implements AutoCloseable {
    /** When it began. */
    static final long START_MILLIS = 1_000_000;

    private final Allocator allocator = new Allocator();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final AdminContext admin;
    private final Config config = new Config(new FakeFiles());
    private long nowMillis = START_MILLIS;

    /** Without any commands. */
    public TestServer() {
        Clock clock = new HandClock();
        Store store = new Store(allocator, clock, RandomGenerator.getDefault(), 16, 1, 2);
        Registry registry = new Registry(new CommandTable());
        Dispatcher dispatcher =
                new Dispatcher(store, clock, registry.table(), new Sessions(), new ServerStats());
        ServerFacts facts = new ServerFacts("", START_MILLIS, "", null, "", "", null);
        admin =
                new AdminContext(
                        clock, config, null, store, null, dispatcher, registry, new Tasks(), facts);
        LonelyPrimary.addTo(admin);
        IdlePersistence.addTo(admin);
    }

    private final class HandClock implements Clock {
        @Override
        public long unixMillis() {
            return nowMillis;
        }

        @Override
        public long nanos() {
            return nowMillis * 1_000_000;
        }
    }

    private final class Tasks implements Owner {
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
        public void every(long periodMillis, Runnable task) {
            throw new UnsupportedOperationException();
        }
    }

    /** What commands reach. */
    public AdminContext admin() {
        return admin;
    }

    /** Sets a parameter. */
    void set(String name, String value) {
        String complaint = config.set(List.of(name, value), true, false);
        if (complaint != null) {
            throw new IllegalArgumentException(complaint);
        }
    }

    /** Lets time go by, and everything happen that was to happen meanwhile. */
    public void advance(long millis) {
        nowMillis += millis;
        admin.store().advance();
        admin.sessions().expireBlocks(nowMillis);
        runTasks();
    }

    /** Does what the owner was asked to. */
    public void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    /** A client that is let in. */
    public TestClient connect() {
        TestClient client = new TestClient(this, nowMillis);
        client.session().authenticated(true, admin.access().users().defaultUser());
        admin.sessions().add(client.session());
        return client;
    }

    @Override
    public void close() {
        allocator.close();
    }
}

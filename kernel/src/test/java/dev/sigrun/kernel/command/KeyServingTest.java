// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.admin.connection.TestClient;
import dev.sigrun.kernel.admin.connection.TestServer;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.store.StoreListener;
import dev.sigrun.memory.Allocator;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.Wait;
import dev.sigrun.spi.key.Key;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Commands that wait run again in the midst of others' batches; those that misbehave do no harm.
 */
final class KeyServingTest {
    private final TestServer server = new TestServer();
    private final Store store = server.admin().store();
    private final KeyWaits waits = server.admin().dispatcher().waits();
    private final MarkType type = new MarkType();
    private long usedBefore;

    @BeforeEach
    void register() {
        store.listener(new Listener());
        store.types().add(type, null);
        command("put", this::put);
        command("take", this::take);
        command("bring", this::bring);
        command("echo", context -> context.reply().bulk(context.args().bytes(1)));
        // The first use of a command makes room that stays.
        TestClient client = server.connect();
        client.send("put x", "take x", "take x");
        server.admin().sessions().kill(client.session());
        usedBefore = store.usedBytes();
    }

    @AfterEach
    void nothingIsLeft() {
        for (Session session : server.admin().sessions().all().toArray(new Session[0])) {
            server.admin().sessions().kill(session);
        }
        assertEquals(0, waits.keys());
        assertEquals(0, server.admin().sessions().blocked());
        store.flush(0, false);
        assertEquals(usedBefore, store.usedBytes());
        server.close();
    }

    private void command(String name, CommandHandler handler) {
        server.admin()
                .registry()
                .add(Registry.KERNEL, CommandSpec.command(name, -2).build(), handler);
    }

    private final class Listener implements StoreListener {
        @Override
        public void event(int notifyClass, String event, int db, Bytes key) {}

        @Override
        public void modified(int db, Bytes key) {
            waits.modified(db, key);
        }

        @Override
        public void expired(int db, Bytes key) {}

        @Override
        public void evicted(int db, Bytes key) {}
    }

    private void put(CommandContext context) {
        context.write(1).setValue(type, true);
        context.replication().verbatim();
        context.reply().ok();
    }

    /** Takes what is at the first key; looks at the others without need. */
    private void take(CommandContext context) throws CommandException {
        for (int i = 2; i < context.args().count(); i++) {
            context.read(i);
        }
        Key key = context.write(1);
        if (key.value(type) == null) {
            context.block(Wait.keys(type, 1).build());
            return;
        }
        key.remove(false);
        context.replication().verbatim();
        context.reply().bulk(context.args().bytes(1));
    }

    /** Once the first key has gone, puts something at the second. */
    private void bring(CommandContext context) {
        if (context.read(1).isPresent()) {
            context.block(Wait.keys(type, 1).goneToo().build());
            return;
        }
        context.write(2).setValue(type, true);
        context.replication().verbatim();
        context.reply().ok();
    }

    @Test
    void whoBlocksMayBeServedBeforeItsOwnBatchIsOver() {
        TestClient bringer = server.connect();
        bringer.send("put gone");
        expire("gone");
        assertEquals("", bringer.send("bring gone x", "echo after"));
        TestClient taker = server.connect();
        server.advance(200);
        assertEquals("$1|a|$1|x|$1|b|", taker.send("echo a", "take x gone", "echo b"));
        assertEquals("+OK|", bringer.received());
        server.runTasks();
        assertEquals("$5|after|", bringer.received());
    }

    private void expire(String name) {
        command(
                "expire",
                context -> {
                    context.write(1).expireAt(context.nowMillis() + 100);
                    context.replication().verbatim();
                    context.reply().ok();
                });
        assertEquals("+OK|", server.connect().send("expire " + name));
    }

    @Test
    void whoFailsBehindItsOwnWaitDoesNotWait() {
        command(
                "fault",
                context -> {
                    context.block(Wait.keys(type, 1).build());
                    throw new IllegalArgumentException("a fault");
                });
        command(
                "refusal",
                context -> {
                    context.block(Wait.keys(type, 1).build());
                    throw CommandException.SYNTAX;
                });
        command(
                "twice",
                context -> {
                    context.block(Wait.keys(type, 1).build());
                    context.block(Wait.keys(type, 1).build());
                });
        command("nowhere", context -> context.block(Wait.keys(type, 1, 2).build()));
        TestClient client = server.connect();
        assertTrue(client.send("fault k").startsWith("-ERR internal error in 'fault'"));
        assertTrue(client.send("twice k").startsWith("-ERR internal error in 'twice'"));
        assertTrue(client.send("nowhere k").startsWith("-ERR internal error in 'nowhere'"));
        assertEquals("-ERR syntax error|", client.send("refusal k"));
        assertFalse(client.session().isBlocked());
        assertEquals("$1|a|", client.send("echo a"));
    }

    @Test
    void whoFailsWhenItRunsAgainDoesNotWaitOn() {
        boolean[] again = {false};
        command(
                "later",
                context -> {
                    context.block(Wait.keys(type, 1).build());
                    if (again[0]) {
                        throw CommandException.SYNTAX;
                    }
                    again[0] = true;
                });
        TestClient client = server.connect();
        assertEquals("", client.send("later k", "echo a"));
        assertEquals("+OK|", server.connect().send("put k"));
        assertEquals("-ERR syntax error|", client.received());
        server.runTasks();
        assertEquals("$1|a|", client.received());
    }

    @Test
    void anAnswerInVainMayFail() {
        command(
                "vain",
                context ->
                        context.block(
                                Wait.keys(type, 1)
                                        .until(context.nowMillis() + 10)
                                        .inVain(reply -> {
                                            reply.array(5);
                                            throw new IllegalArgumentException("a fault");
                                        })
                                        .build()));
        TestClient client = server.connect();
        assertEquals("", client.send("vain k"));
        server.advance(10);
        assertTrue(client.received().startsWith("-ERR internal error in 'vain'"));
    }

    @Test
    void whoseArgumentsFindNoRoomGetsAnError() {
        Allocator allocator = store.allocator();
        long ceiling = allocator.ceilingBytes();
        allocator.ceilingBytes(allocator.committedBytes());
        TestClient client = server.connect();
        String large = "x".repeat(5 << 20);
        assertEquals(
                "-OOM the server could not allocate memory for this command.|",
                client.send("take " + large));
        allocator.ceilingBytes(ceiling);
        assertEquals("", client.send("take " + large));
    }

    @Test
    void whoKeepsMakingItsOwnKeyReadyDoesNotHoldTheServerForEver() {
        int[] runs = {0};
        command(
                "restless",
                context -> {
                    runs[0]++;
                    context.write(1).setValue(type, true);
                    context.replication().nothing();
                    context.block(Wait.keys(type, 1).build());
                });
        assertEquals("", server.connect().send("restless k"));
        assertEquals("+OK|", server.connect().send("put k"));
        int first = runs[0];
        assertTrue(first > 1 && first < 10_000, first + " runs");
        server.admin().dispatcher().serveWaiting();
        assertTrue(runs[0] > first);
    }
}

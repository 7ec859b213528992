// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.base.DaemonThreads;
import dev.sigrun.kernel.base.SystemClock;
import dev.sigrun.kernel.command.CommandTable;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.ServerStats;
import dev.sigrun.kernel.command.Sessions;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.FakeFiles;
import dev.sigrun.kernel.load.Loads;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.kernel.snapshot.SnapshotPlan;
import dev.sigrun.kernel.snapshot.Snapshots;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.memory.Allocator;
import dev.sigrun.spi.command.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The process ends without warning before any step that it takes on the disk. What is found then
 * has to be whole: the base says how many changes it contains, and the files after it must go on
 * from there without a gap, up to the last one that a client was told of.
 */
final class SuddenEndTest {
    private static final Pattern CHANGE = Pattern.compile("\n<(\\d+)>\r");
    private static final Pattern CUT = Pattern.compile("\\[(\\d+)]");

    private final MemoryDisk disk = new MemoryDisk();
    private final Turns owner = new Turns();
    private final Allocator allocator = new Allocator();
    private final SystemClock clock = new SystemClock();
    private final Config config = new Config(new FakeFiles());
    private final List<String> problems = new ArrayList<>();
    private final Store store = new Store(allocator, clock, new Random(1), 1, 1, 2);
    private final Dispatcher dispatcher =
            new Dispatcher(store, clock, new CommandTable(), new Sessions(), new ServerStats());
    private final Snapshots snapshots = new Snapshots(store, owner, new DaemonThreads(), clock);
    private Aof aof;
    private AofFolder folder;
    private volatile long told;
    private volatile boolean isComplete;
    private long changes;
    private int steps;

    /** The owner is the test's thread. */
    private static final class Turns implements Owner {
        private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

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
            tasks.add(task);
        }

        @Override
        public void every(long periodMillis, Runnable task) {
            throw new UnsupportedOperationException();
        }

        void turn() throws InterruptedException {
            Runnable task = tasks.poll(10, TimeUnit.SECONDS);
            assertTrue(task != null, "nothing happens any more");
            task.run();
        }
    }

    @AfterEach
    void end() {
        aof.finish();
        allocator.close();
    }

    private void make(boolean asRdb) {
        config.set(List.of("appendfsync", "always"), true, false);
        aof =
                new Aof(
                        config,
                        owner,
                        new DaemonThreads(),
                        clock,
                        dispatcher,
                        snapshots,
                        new Loads(store, owner, new DaemonThreads(), clock),
                        disk,
                        () -> form(asRdb),
                        () -> 0,
                        () -> problems.add("it gave up"));
        folder = new AofFolder(disk, config.directory(), "appendonlydir", "appendonly.aof");
        disk.beforeStep(this::look);
    }

    private BaseForm form(boolean asRdb) {
        long cut = changes;
        SnapshotPlan plan =
                new SnapshotPlan(80, false, true, out -> mark(out, cut), false, null, 0);
        return new BaseForm(plan, asRdb, asRdb ? new byte[0] : bytes("#[" + cut + "]\r\n"));
    }

    private static void mark(RdbOutput out, long cut) {
        out.writeByte(RdbFormat.OPCODE_AUX);
        out.writeString(bytes("cut"));
        out.writeString(bytes("[" + cut + "]"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Somebody changes something, and is told of it as soon as that may be. */
    private void change() {
        changes++;
        aof.feed()
                .feed(
                        0,
                        bytes(
                                "*1\r\n$"
                                        + ("<" + changes + ">").length()
                                        + "\r\n<"
                                        + changes
                                        + ">\r\n"));
        long number = changes;
        long position = dispatcher.replyGate().written();
        tellAt.add(new long[] {position, number});
    }

    private final LinkedBlockingQueue<long[]> tellAt = new LinkedBlockingQueue<>();

    private synchronized void tell() {
        while (!tellAt.isEmpty() && tellAt.peek()[0] <= dispatcher.replyGate().safe()) {
            told = tellAt.poll()[1];
        }
    }

    /** What somebody was not told of yet is nothing that anybody waits for. */
    private synchronized void forget() {
        tellAt.clear();
    }

    /** Called before each step on the disk, on whatever thread that takes it. */
    private synchronized void look() {
        tell();
        long toldBefore = isComplete ? told : 0;
        MemoryDisk found = disk.afterKill();
        try {
            check(found, toldBefore);
        } catch (IOException | ManifestError | RuntimeException e) {
            problems.add("step " + steps + ": " + e);
        }
        steps++;
    }

    private void check(MemoryDisk found, long toldBefore) throws IOException, ManifestError {
        AofFolder there =
                new AofFolder(found, config.directory(), "appendonlydir", "appendonly.aof");
        there.readManifest();
        long last = 0;
        for (AofFile file : there.manifest().toLoad()) {
            String text =
                    new String(found.content(file.in(there.path())), StandardCharsets.ISO_8859_1);
            if (file.kind() == AofFile.Kind.BASE) {
                Matcher cut = CUT.matcher(text);
                if (!cut.find()) {
                    problems.add("step " + steps + ": no whole base");
                    return;
                }
                last = Long.parseLong(cut.group(1));
                continue;
            }
            Matcher change = CHANGE.matcher(text);
            while (change.find()) {
                long number = Long.parseLong(change.group(1));
                if (number != last + 1) {
                    problems.add("step " + steps + ": " + number + " after " + last);
                }
                last = number;
            }
        }
        if (last < toldBefore) {
            problems.add("step " + steps + ": " + toldBefore + " was told, " + last + " is there");
        }
    }

    private void turnsUntil(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, () -> "it does not come to that: " + problems);
            tell();
            if (tellAt.size() < 5) {
                change();
            }
            if (!owner.tasks.isEmpty()) {
                owner.turn();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** Nobody can change anything before it is open. */
    private void open() throws InterruptedException {
        aof.open(_ -> {});
        while (aof.state() != Aof.State.ON) {
            owner.turn();
        }
    }

    private void live() throws InterruptedException, CommandException {
        turnsUntil(() -> aof.state() == Aof.State.ON);
        isComplete = true;
        for (int i = 0; i < 3; i++) {
            turnsUntil(() -> !aof.figures().isRewriting());
            assertEquals("Background append only file rewriting started", aof.rewrite(false));
            turnsUntil(() -> !aof.figures().isRewriting());
        }
        isComplete = false;
        aof.stop();
        aof.start(false);
        // As long as there is no base, the files are those of before.
        turnsUntil(() -> aof.state() == Aof.State.ON && !aof.figures().isRewriting());
        isComplete = true;
        long all = changes;
        turnsUntil(() -> {
            tell();
            return told >= all;
        });
    }

    @Test
    void anyStepMayBeTheLastOneFromTheStartOn() throws InterruptedException, CommandException {
        make(true);
        open();
        live();
        assertEquals(List.of(), problems);
        assertTrue(steps > 40, steps + " steps");
    }

    @Test
    void anyStepMayBeTheLastOneWhenItIsSwitchedOn() throws InterruptedException, CommandException {
        make(false);
        aof.start(false);
        live();
        assertEquals(List.of(), problems);
    }

    @Test
    void anyStepMayBeTheLastOneWhenAReceivedSnapshotBecomesTheBase()
            throws InterruptedException, CommandException, IOException, ManifestError {
        make(true);
        config.set(List.of("appendonly", "yes"), true, false);
        open();
        turnsUntil(() -> told > 10);
        aof.stop();
        forget();
        changes += 100; // Those that the primary has sent as data.
        Path received = Path.of("/received.rdb");
        disk.put(received, bytes("[" + changes + "]"));
        assertTrue(aof.takesSnapshot());
        aof.restart(received);
        assertEquals(0, aof.fsyncedOffset());
        turnsUntil(() -> aof.state() == Aof.State.ON);
        isComplete = true;
        long all = changes;
        turnsUntil(() -> told >= all);
        folder.readManifest();
        assertEquals("appendonly.aof.2.base.rdb", folder.manifest().base().name());
        assertEquals(0, aof.figures().rewrites());
        live();
        assertEquals(List.of(), problems);
        assertFalse(disk.exists(received));
    }

    @Test
    void aSnapshotThatCannotBecomeTheBaseIsReplacedByANewOne()
            throws InterruptedException, CommandException {
        make(true);
        config.set(List.of("appendonly", "yes"), true, false);
        open();
        aof.restart(Path.of("/missing.rdb"));
        live();
        assertEquals(List.of(), problems);
    }

    @Test
    void nothingIsLeftBehindButWhatTheManifestNames()
            throws InterruptedException, CommandException, IOException, ManifestError {
        make(true);
        open();
        live();
        folder.readManifest();
        assertEquals(List.of(), folder.manifest().history());
        assertEquals(folder.manifest().toLoad().size() + 1, disk.names().size());
    }
}

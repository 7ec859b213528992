// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.base.DaemonThreads;
import dev.sigrun.kernel.base.SystemClock;
import dev.sigrun.kernel.command.ReplyGate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AofWriterTest {
    private static final Path FILE = Path.of("/aof/incr");

    private final MemoryDisk disk = new MemoryDisk();
    private final ReplyGate gate = new ReplyGate();
    private final SystemClock clock = new SystemClock();
    private final AofLatency latency = new AofLatency(clock, Runnable::run);
    private final AofSync sync = new AofSync(new DaemonThreads(), clock, gate, latency);
    private final ChunkPool pool = new ChunkPool();
    private final CountDownLatch fatal = new CountDownLatch(1);
    private final AofWriter writer =
            new AofWriter(new DaemonThreads(), clock, pool, sync, latency, fatal::countDown);
    private final AppendBuffer buffer = new AppendBuffer(writer, pool, () -> 7);
    private final List<Runnable> turn = new ArrayList<>();
    private final AofFeed feed = new AofFeed(buffer, sync, gate, clock, turn::add);

    AofWriterTest() {
        writer.submit(() -> {
            try {
                writer.open(disk.append(FILE, true));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        feed.active(true);
    }

    @AfterEach
    void end() {
        writer.giveUp();
        disk.releaseSyncs(1 << 22);
        writer.end();
    }

    private void endTurn() {
        List<Runnable> tasks = List.copyOf(turn);
        turn.clear();
        tasks.forEach(Runnable::run);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "in vain");
            Thread.onSpinWait();
        }
    }

    private void drain() throws InterruptedException {
        buffer.flush();
        CountDownLatch done = new CountDownLatch(1);
        writer.submit(done::countDown);
        assertTrue(done.await(10, TimeUnit.SECONDS));
    }

    private String content() {
        return new String(disk.content(FILE), StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void databasesAndBlocksAreSaidInTheFile() throws InterruptedException {
        feed.feed(0, bytes("a"));
        feed.feed(0, bytes("b"));
        feed.feed(3, bytes("c"));
        feed.blockBegins();
        feed.feed(3, bytes("d"));
        feed.feed(3, bytes("e"));
        feed.blockEnds();
        feed.blockBegins();
        feed.feed(3, bytes("f"), 2);
        feed.blockEnds();
        drain();
        assertEquals(
                "*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\nab*2\r\n$6\r\nSELECT\r\n$1\r\n3\r\nc"
                        + "*1\r\n$5\r\nMULTI\r\nde*1\r\n$4\r\nEXEC\r\n",
                content());
    }

    @Test
    void anythingLargeKeepsItsPlace() throws InterruptedException {
        String large = "x".repeat(1 << 20);
        feed.forgetDatabase();
        feed.feed(0, bytes("1"));
        feed.feed(0, bytes(large));
        for (int i = 0; i < 20_000; i++) {
            feed.feed(0, bytes("0123456789"));
        }
        feed.feed(0, bytes("2"));
        drain();
        String expected = "1" + large + "0123456789".repeat(20_000) + "2";
        assertEquals(expected, content().substring(content().indexOf("0\r\n1") + 3));
        assertEquals(content().length(), buffer.end());
        assertEquals(buffer.end(), writer.writtenEnd());
        assertEquals(0, writer.waitingBytes());
    }

    @Test
    void whereClientsWaitForTheDiskTheGateOpensWithTheSyncThatCoversThem()
            throws InterruptedException {
        sync.policy(SyncPolicy.ALWAYS);
        drain();
        disk.holdSyncs();
        feed.feed(0, bytes("a"));
        long first = gate.written();
        assertTrue(gate.isClosed());
        endTurn();
        await(() -> writer.writtenEnd() == first);
        // Others come while the sync takes its time; one more sync is for all of them.
        feed.feed(0, bytes("b"));
        endTurn();
        feed.feed(0, bytes("c"));
        endTurn();
        assertTrue(gate.isClosed());
        assertEquals(0, gate.safe());
        CountDownLatch woken = new CountDownLatch(1);
        gate.await(woken::countDown);
        disk.releaseSyncs(1);
        assertTrue(woken.await(10, TimeUnit.SECONDS));
        assertEquals(first, gate.safe());
        assertTrue(gate.isClosed());
        disk.releaseSyncs(1);
        await(() -> !gate.isClosed());
        assertEquals(2, disk.syncCount());
        assertEquals(7, sync.safe().offset());
    }

    @Test
    void elsewhereTheGateNeverCloses() {
        disk.holdSyncs();
        feed.feed(0, bytes("a"));
        assertFalse(gate.isClosed());
        endTurn();
        assertFalse(gate.isClosed());
    }

    @Test
    void whatIsWrittenIsSafeASecondLater() throws InterruptedException {
        feed.feed(0, bytes("a"));
        drain();
        await(() -> sync.safe().end() == buffer.end());
        assertEquals(1, disk.syncCount());
    }

    @Test
    void aShortWriteIsTakenBackAndTriedAgain() throws InterruptedException {
        drain();
        disk.failWrites(new IOException("No space left on device"), 10);
        feed.feed(0, bytes("0123456789"));
        endTurn();
        await(() -> writer.error() != null);
        assertEquals("No space left on device", writer.error());
        await(() -> content().isEmpty());
        disk.failWrites(null, 0);
        drain();
        assertNull(writer.error());
        assertTrue(content().endsWith("\r\n0\r\n0123456789"), content());
        assertEquals(content().length(), buffer.end());
        assertEquals(1, fatal.getCount());
    }

    @Test
    void whereClientsWaitForTheDiskAFailureIsTheEnd() throws InterruptedException {
        sync.policy(SyncPolicy.ALWAYS);
        drain();
        disk.failSyncs(new IOException("Input/output error"));
        feed.feed(0, bytes("a"));
        endTurn();
        assertTrue(fatal.await(10, TimeUnit.SECONDS));
        assertTrue(gate.isClosed());
    }

    @Test
    void aSyncThatFailsElsewhereIsKnownUntilOneWorks() throws InterruptedException {
        disk.failSyncs(new IOException("Input/output error"));
        feed.feed(0, bytes("a"));
        drain();
        await(() -> sync.error() != null);
        assertNotNull(sync.error());
        disk.failSyncs(null);
        await(() -> sync.error() == null);
        await(() -> sync.safe().end() == buffer.end());
    }

    @Test
    void aPolicyThatIsRelaxedKeepsWhatWasPromised() throws InterruptedException {
        sync.policy(SyncPolicy.ALWAYS);
        feed.feed(0, bytes("a"));
        sync.policy(SyncPolicy.NO);
        endTurn();
        await(() -> !gate.isClosed());
        assertEquals(1, disk.syncCount());
    }
}

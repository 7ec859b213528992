// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.base.DaemonThreads;
import dev.sigrun.kernel.command.ReplyGate;
import dev.sigrun.kernel.measure.LatencyEvent;
import dev.sigrun.kernel.measure.LatencyMonitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the latency monitor hears of the threads that write. */
final class AofLatencyTest {
    private static final long STEP_NANOS = 30_000_000;

    private final AtomicLong nanos = new AtomicLong(1);
    private final ConcurrentLinkedQueue<Runnable> turn = new ConcurrentLinkedQueue<>();

    /** Each look at it shows a later time. */
    private final Clock clock =
            new Clock() {
                @Override
                public long unixMillis() {
                    return nanos.get() / 1_000_000;
                }

                @Override
                public long nanos() {
                    return nanos.addAndGet(STEP_NANOS);
                }
            };

    private final LatencyMonitor monitor = new LatencyMonitor(clock);
    private final AofLatency latency = new AofLatency(clock, turn::add);

    private List<String> heard() {
        turn.forEach(Runnable::run);
        turn.clear();
        return monitor.events().stream().map(LatencyEvent::name).sorted().toList();
    }

    private void watch(long millis, boolean isSaving) {
        monitor.threshold(millis);
        latency.monitor(monitor);
        latency.refresh(isSaving);
    }

    @Test
    void aWriteIsNamedAfterWhatGoesOnBeside() {
        watch(10, false);
        latency.endWrite(latency.begin(), false);
        assertEquals(List.of("aof-write", "aof-write-alone"), heard());
        latency.refresh(true);
        latency.endWrite(latency.begin(), false);
        latency.endWrite(latency.begin(), true);
        assertEquals(
                List.of(
                        "aof-write",
                        "aof-write-active-child",
                        "aof-write-alone",
                        "aof-write-pending-fsync"),
                heard());
    }

    @Test
    void whatIsQuickOrNotWatchedIsNotTold() {
        latency.end(latency.begin(), "aof-rename");
        watch(1000, false);
        latency.end(latency.begin(), "aof-rename");
        assertTrue(turn.isEmpty());
        watch(0, false);
        latency.end(latency.begin(), "aof-rename");
        assertTrue(turn.isEmpty());
    }

    @Test
    void theWriterTellsOfItsWritesAndSyncs() throws IOException {
        watch(10, false);
        MemoryDisk disk = new MemoryDisk();
        AofSync sync = new AofSync(new DaemonThreads(), clock, new ReplyGate(), latency);
        sync.policy(SyncPolicy.ALWAYS);
        ChunkPool pool = new ChunkPool();
        AofWriter writer = new AofWriter(new DaemonThreads(), clock, pool, sync, latency, () -> {});
        Disk.Appending file = disk.append(Path.of("/aof/incr"), true);
        writer.submit(() -> {
            try {
                writer.open(file);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        AppendBuffer buffer = new AppendBuffer(writer, pool, () -> 0);
        buffer.add(new byte[10]);
        buffer.flush();
        writer.await(writer::finish);
        assertTrue(
                heard().containsAll(List.of("aof-write", "aof-fsync-always")), heard()::toString);
        writer.end();
    }
}

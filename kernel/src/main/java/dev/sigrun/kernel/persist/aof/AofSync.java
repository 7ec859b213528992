// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.ReplyGate;
import dev.sigrun.kernel.config.text.Errno;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what was written last, as {@code appendfsync} says, and knows how far that is. Confined to
 * the thread that writes, where not said otherwise.
 *
 * <p>Syncs that nobody waits for happen elsewhere, one after the other, the last one of a file that
 * is no longer written to among them: so what is known to be safe never has a gap.
 */
final class AofSync {
    private static final Logger LOG = LoggerFactory.getLogger(AofSync.class);
    private static final long PERIOD_MILLIS = 1000;
    private static final long LOOK_MILLIS = 50;
    private static final long LATE_MILLIS = 2000;

    private final Clock clock;
    private final ReplyGate gate;
    private final AofLatency latency;
    private final SerialTasks elsewhere;
    private final AtomicReference<Runnable> whenSynced = new AtomicReference<>();
    private volatile SyncPolicy policy = SyncPolicy.EVERYSEC;
    private volatile boolean suspended;
    private volatile Safe safe = new Safe(0, 0);
    private volatile String error;
    private volatile boolean isUnderWay;
    private volatile long delayed;
    private long startedMillis;
    private long lateFrom;
    private long reachedEnd;
    private long reachedOffset;
    private long lastMillis;

    /** How far all is safe that was ever collected, and where replication stood there. */
    record Safe(long end, long offset) {}

    AofSync(Background background, Clock clock, ReplyGate gate, AofLatency latency) {
        this.clock = clock;
        this.gate = gate;
        this.latency = latency;
        this.elsewhere = new SerialTasks(background, "aof-sync");
    }

    /** What {@code appendfsync} says. Any thread. */
    SyncPolicy policy() {
        return policy;
    }

    /** Sets the policy. Any thread. */
    void policy(SyncPolicy newPolicy) {
        policy = newPolicy;
    }

    /** Says whether nothing is synced for now, as the disk is busy enough. Any thread. */
    void suspended(boolean yes) {
        suspended = yes;
    }

    /** How far all is safe. Any thread. */
    Safe safe() {
        return safe;
    }

    /** Why the last sync has failed; null when it has not. Any thread. */
    String error() {
        return error;
    }

    /** The failure does not matter any more. Any thread. */
    void forgetError() {
        error = null;
    }

    /** Syncs that took too long. Any thread. */
    long delayed() {
        return delayed;
    }

    /** Zeroes the count. Any thread. */
    void resetDelayed() {
        delayed = 0;
    }

    /** Syncs that are under way or wait for their turn. Any thread. */
    int pending() {
        return elsewhere.count();
    }

    /** Calls something once, on some thread, when more has become safe. Any thread. */
    void whenSynced(Runnable once) {
        whenSynced.set(once);
    }

    // ---- on the thread that writes ----

    /** Bytes were written. */
    void reached(long end, long offset) {
        reachedEnd = end;
        reachedOffset = offset;
    }

    /** A file is written to from now on. */
    void begin(long nowMillis) {
        lastMillis = nowMillis;
    }

    /** A file is not written to any more: what is in it is made to last, then it is closed. */
    void end(Disk.Appending file) {
        Safe target = new Safe(reachedEnd, reachedOffset);
        elsewhere.add(() -> {
            if (target.end() > safe.end()) {
                sync(file, target);
            }
            close(file);
        });
    }

    private static void close(Disk.Appending file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("Can't close the append-only file: {}", Errno.text(e));
        }
    }

    /**
     * In how many milliseconds {@link #written} has to be called even if nothing is written; -1 for
     * never.
     */
    long dueMillis(long nowMillis) {
        if (policy != SyncPolicy.EVERYSEC || suspended || reachedEnd == safe.end()) {
            return -1;
        }
        if (isUnderWay) {
            return LOOK_MILLIS;
        }
        return Math.max(lastMillis + PERIOD_MILLIS - nowMillis, 0);
    }

    /**
     * Makes last what is due.
     *
     * @throws IOException when clients wait for what cannot be made to last
     */
    void written(Disk.Appending file, long nowMillis) throws IOException {
        if (reachedEnd == safe.end()) {
            gate.safe(reachedEnd);
        } else if (suspended) {
            gate.safe(reachedEnd);
        } else if (policy == SyncPolicy.ALWAYS || gate.isClosed()) {
            // What was promised under another policy is kept.
            long began = latency.begin();
            file.sync();
            latency.end(began, "aof-fsync-always");
            lastMillis = nowMillis;
            became(new Safe(reachedEnd, reachedOffset));
        } else if (policy == SyncPolicy.EVERYSEC) {
            everySecond(file, nowMillis);
        }
    }

    private void everySecond(Disk.Appending file, long nowMillis) {
        if (isUnderWay) {
            noticeLate(nowMillis);
        } else if (nowMillis - lastMillis >= PERIOD_MILLIS) {
            lastMillis = nowMillis;
            isUnderWay = true;
            startedMillis = nowMillis;
            lateFrom = nowMillis + LATE_MILLIS;
            Safe target = new Safe(reachedEnd, reachedOffset);
            elsewhere.add(() -> {
                sync(file, target);
                isUnderWay = false;
            });
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Zeroing it is no matter of exactness.
    private void noticeLate(long nowMillis) {
        if (nowMillis >= lateFrom) {
            delayed++;
            lateFrom = nowMillis + LATE_MILLIS;
            LOG.info(
                    "Asynchronous AOF fsync is taking too long (disk is busy?): {} milliseconds."
                            + " Writing the AOF buffer without waiting for fsync to complete",
                    nowMillis - startedMillis);
        }
    }

    // ---- elsewhere ----

    private void sync(Disk.Appending file, Safe target) {
        try {
            file.sync();
            if (error != null) {
                error = null;
                LOG.info("AOF fsync error looks solved at {}", clock.unixMillis());
            }
            became(target);
        } catch (IOException e) {
            if (error == null) {
                LOG.warn("Fail to fsync the AOF file: {}", Errno.text(e));
            }
            error = Errno.text(e);
        }
    }

    private void became(Safe target) {
        synchronized (this) {
            if (target.end() > safe.end()) {
                safe = target;
            }
        }
        gate.safe(target.end());
        tellWaiting();
    }

    /** A base holds everything up to a moment, and is on the disk. Any thread. */
    synchronized void based(long end, long offset) {
        if (safe.end() <= end) {
            safe = new Safe(end, offset);
        }
    }

    /** More counts as safe than before. Any thread. */
    void tellWaiting() {
        Runnable once = whenSynced.getAndSet(null);
        if (once != null) {
            once.run();
        }
    }

    /** Makes all last that was written, and waits for it. */
    void finish(Disk.Appending file) {
        if (reachedEnd != safe.end()) {
            sync(file, new Safe(reachedEnd, reachedOffset));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.config.text.Errno;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes what the owner hands over, in that order, and in between does what else
 * has to be done with files at just that place. It begins with the first thing to do and waits when
 * there is none. Methods are the owner's where not said otherwise.
 *
 * <p>What cannot be written is tried again until it can; only where clients wait for the disk is
 * there no way on.
 */
final class AofWriter {
    private static final Logger LOG = LoggerFactory.getLogger(AofWriter.class);

    /** So long more is awaited before it is written, to do it in few large writes. */
    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Background background;
    private final Clock clock;
    private final ChunkPool pool;
    private final AofSync sync;
    private final AofLatency latency;
    private final Runnable fatal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Deque<Object> jobs = new ArrayDeque<>();
    private final WriteErrors errors;
    private boolean begun;
    private boolean idle;
    private boolean ended;
    private boolean hurried;
    private volatile boolean gaveUp;
    private volatile int sleepMicros;
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile long writtenEnd;

    // Confined to the thread.
    private Disk.Appending file;
    private long fileBytes;

    /**
     * Makes one that has nothing to do.
     *
     * @param sync makes what is written last
     * @param fatal ends the process, since nothing that was promised can be kept; any thread
     */
    AofWriter(
            Background background,
            Clock clock,
            ChunkPool pool,
            AofSync sync,
            AofLatency latency,
            Runnable fatal) {
        this.background = background;
        this.clock = clock;
        this.pool = pool;
        this.sync = sync;
        this.latency = latency;
        this.fatal = fatal;
        this.errors = new WriteErrors(clock);
    }

    /** Does something in its place on the thread, and waits until it is done. */
    void await(Runnable job) {
        CountDownLatch done = new CountDownLatch(1);
        submit(() -> {
            job.run();
            done.countDown();
        });
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes bytes. */
    void write(Chunk chunk) {
        put(chunk, chunk.bytes().remaining(), sync.policy() == SyncPolicy.ALWAYS);
    }

    /** Gives a chunk back that was handed over last; says whether nobody has looked at it yet. */
    boolean takeBack(Chunk chunk) {
        lock.lock();
        try {
            if (jobs.peekLast() != chunk) {
                return false;
            }
            jobs.removeLast();
            waitingBytes.addAndGet(-chunk.bytes().remaining());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Does something once all is written that was handed over before; on the thread. */
    void submit(Runnable job) {
        put(job, 0, true);
    }

    private void put(Object job, long bytes, boolean isUrgent) {
        lock.lock();
        try {
            jobs.add(job);
            waitingBytes.addAndGet(bytes);
            hurried |= isUrgent;
            if (!begun) {
                begun = true;
                background.run("aof", this::run);
            } else if (idle || isUrgent) {
                news.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The policy has changed; what is to be synced may have become due. */
    void look() {
        submit(AofWriter::nothing);
    }

    /** Lets what is due be done. */
    private static void nothing() {}

    /** The thread ends when all is done. */
    void end() {
        lock.lock();
        try {
            ended = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** What cannot be written is dropped until {@link #open} or {@link #close}. */
    void giveUp() {
        lock.lock();
        try {
            gaveUp = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Makes each write wait before, for tests. */
    void sleep(int micros) {
        lock.lock();
        try {
            sleepMicros = micros;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that have not been written. Any thread. */
    long waitingBytes() {
        return waitingBytes.get();
    }

    /** How far what was written reaches of all that was ever collected. Any thread. */
    long writtenEnd() {
        return writtenEnd;
    }

    /** What is wrong with the file; null for nothing. Any thread. */
    String error() {
        return errors.present();
    }

    /** What was wrong does not matter any more, since another file begins. */
    void forgetErrors() {
        errors.forget();
    }

    // ---- on the thread ----

    /** Writes to this file from now on; the one before is synced and closed. On the thread. */
    void open(Disk.Appending next) throws IOException {
        long bytes = next.size();
        close();
        file = next;
        fileBytes = bytes;
        sync.begin(clock.unixMillis());
    }

    /** Writes to no file from now on; that before is synced and closed. On the thread. */
    void close() {
        if (file != null) {
            sync.end(file);
            file = null;
        }
        gaveUp = false;
    }

    /** Makes all last that was written, and waits for it. On the thread. */
    void finish() {
        if (file != null) {
            sync.finish(file);
        }
    }

    private void run() {
        try {
            for (Object job = next(); job != null; job = next()) {
                if (job instanceof Chunk chunk) {
                    append(chunk);
                } else if (job instanceof Runnable task) {
                    task.run();
                }
                settle();
            }
            close();
        } catch (RuntimeException | Error e) {
            LOG.error("The thread of the append-only file cannot go on", e);
            fatal.run();
        }
    }

    /** What was written together is synced together. */
    private void settle() {
        boolean isMore;
        lock.lock();
        try {
            isMore = jobs.peek() instanceof Chunk;
        } finally {
            lock.unlock();
        }
        if (!isMore && file != null) {
            syncOrEnd();
        }
    }

    private void syncOrEnd() {
        try {
            sync.written(file, clock.unixMillis());
        } catch (IOException e) {
            LOG.warn(
                    "Can't persist AOF for fsync error when the AOF fsync policy is 'always': {}."
                            + " Exiting...",
                    Errno.text(e));
            fatal.run();
        }
    }

    /** The next thing to do; waits for it. Null at the end. */
    private Object next() {
        lock.lock();
        try {
            linger();
            while (jobs.isEmpty() && !ended) {
                long millis = file == null ? -1 : sync.dueMillis(clock.unixMillis());
                if (millis == 0) {
                    return (Runnable) AofWriter::nothing;
                }
                awaitNews(millis);
            }
            Object next = jobs.poll();
            hurried &= !jobs.isEmpty();
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Where nobody waits for the disk, more is gathered before the next write. */
    private void linger() throws InterruptedException {
        long left = LINGER_NANOS;
        while (!hurried && !ended && left > 0) {
            left = news.awaitNanos(left);
        }
    }

    @SuppressWarnings({"WaitNotInLoop", "ResultOfMethodCallIgnored"}) // The caller looks again.
    private void awaitNews(long millis) throws InterruptedException {
        idle = true;
        try {
            if (millis < 0) {
                news.await();
            } else {
                news.awaitNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            }
        } finally {
            idle = false;
        }
    }

    private void append(Chunk chunk) {
        int micros = sleepMicros;
        if (micros > 0) {
            pause(TimeUnit.MICROSECONDS.toNanos(micros), () -> sleepMicros == micros);
        }
        int begin = chunk.bytes().position();
        int wished = chunk.bytes().remaining();
        long offset = chunk.offset();
        long began = latency.begin();
        while (file != null && chunk.bytes().hasRemaining()) {
            try {
                int written = file.write(chunk.bytes());
                fileBytes += written;
            } catch (IOException e) {
                failed(chunk, begin, e);
                if (gaveUp) {
                    break;
                }
                begin = chunk.bytes().position();
                pause(RETRY_NANOS, () -> true);
            }
        }
        errors.solved();
        latency.endWrite(began, sync.pending() > 0);
        writtenEnd = chunk.end();
        sync.reached(chunk.end(), offset);
        waitingBytes.addAndGet(-wished);
        pool.give(chunk);
    }

    /** Takes back what was written of the chunk, so that no part of a command stays in the file. */
    private void failed(Chunk chunk, int begin, IOException failure) {
        int partly = chunk.bytes().position() - begin;
        if (partly == 0) {
            errors.failed(Errno.text(failure));
        } else {
            errors.shortWrite(partly, chunk.bytes().limit() - begin, Errno.text(failure));
            try {
                file.truncate(fileBytes - partly);
                fileBytes -= partly;
                chunk.bytes().position(begin);
            } catch (IOException e) {
                errors.notCut(Errno.text(e));
            }
        }
        if (sync.policy() == SyncPolicy.ALWAYS) {
            LOG.warn(
                    "Can't recover from AOF write error when the AOF fsync policy is 'always'."
                            + " Exiting...");
            fatal.run();
        }
    }

    /** Waits as long as that is wished for. */
    private void pause(long nanos, BooleanSupplier isWished) {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && !gaveUp && isWished.getAsBoolean()) {
                left = news.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            gaveUp = true;
        } finally {
            lock.unlock();
        }
    }
}

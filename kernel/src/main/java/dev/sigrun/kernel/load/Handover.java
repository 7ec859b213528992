// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.load.read.LoadException;
import dev.sigrun.kernel.load.read.LoadFailure.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where batches go from the thread that reads to the owner and, empty, back. Few go round, so that
 * neither runs far ahead. Any thread.
 */
@SuppressWarnings("WaitNotInLoop") // A pause may be too short, and the other waits have loops.
final class Handover {
    private static final int BATCHES_MAX = 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Batch> full = new ArrayDeque<>();
    private final ArrayDeque<Batch> empty = new ArrayDeque<>();
    private final List<Batch> all = new ArrayList<>();
    private final Runnable wake;
    private boolean stopped;
    private boolean readerGone;
    private volatile int keyDelayMicros;

    /**
     * Makes one without batches.
     *
     * @param wake called by the thread that reads when there is something for the owner
     */
    Handover(Runnable wake) {
        this.wake = wake;
    }

    // ---- the thread that reads ----

    Batch takeEmpty() throws LoadException {
        lock.lock();
        try {
            while (true) {
                requireGoing();
                if (!empty.isEmpty()) {
                    return empty.remove();
                }
                if (all.size() < BATCHES_MAX) {
                    Batch fresh = new Batch();
                    all.add(fresh);
                    return fresh;
                }
                await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void await() throws LoadException {
        try {
            changed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        }
    }

    private void requireGoing() throws LoadException {
        if (stopped) {
            throw stopped();
        }
    }

    private static LoadException stopped() {
        return new LoadException(Kind.CANCELLED, "The load was cancelled.");
    }

    void give(Batch batch) {
        lock.lock();
        try {
            full.add(batch);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        wake.run();
    }

    /** Whether there is to be a pause now and then. */
    boolean isDelayed() {
        return keyDelayMicros != 0;
    }

    /** Makes the pause after a key. */
    void pause(long key) throws LoadException {
        lock.lock();
        try {
            if (keyDelayMicros < 0) {
                if (key % -keyDelayMicros == 0) {
                    long _ = changed.awaitNanos(1000);
                }
                return;
            }
            long left = keyDelayMicros * 1000L;
            int began = keyDelayMicros;
            while (left > 0 && began == keyDelayMicros) {
                requireGoing();
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped();
        } finally {
            lock.unlock();
        }
    }

    /** The thread that reads gives nothing any more and touches no batch. */
    void readerLeaves() {
        lock.lock();
        try {
            readerGone = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        wake.run();
    }

    // ---- the owner ----

    /** The next full batch, or null. */
    Batch poll() {
        lock.lock();
        try {
            return full.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next full batch; null when none will come. */
    Batch take() {
        lock.lock();
        try {
            while (full.isEmpty() && !readerGone) {
                changed.awaitUninterruptibly();
            }
            return full.poll();
        } finally {
            lock.unlock();
        }
    }

    void putBack(Batch batch) {
        batch.clear();
        lock.lock();
        try {
            empty.add(batch);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void keyDelayMicros(int micros) {
        lock.lock();
        try {
            if (keyDelayMicros != micros) {
                keyDelayMicros = micros;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes the thread that reads leave. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isReaderGone() {
        lock.lock();
        try {
            return readerGone;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the thread that reads has left. */
    void awaitReader() {
        lock.lock();
        try {
            while (!readerGone) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Frees everything, once the thread that reads has left. */
    void close() {
        all.forEach(Batch::close);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

import java.util.concurrent.locks.LockSupport;

/**
 * Has the kernel back the addresses that will be handed out next, on a thread of its own. Clearing
 * a large page takes the kernel up to some milliseconds where a hypervisor has to find the memory
 * first, and the owner would wait for that in the middle of a command.
 *
 * <p>{@link #reached} is for the owner thread alone. The thread here starts when a region has grown
 * to some size, and ends with {@link #close} or when the system cannot do this.
 */
final class Ahead implements AutoCloseable {
    /** A large page of most machines: what is backed at once. */
    private static final long PIECE = 2L << 20;

    /** What is kept ready, enough for as long as backing one piece takes at a fast load. */
    private static final long READY = 4 * PIECE;

    /** A region below this needs no thread. */
    private static final long START = 2 * PIECE;

    private final Region region;
    private Thread thread;
    private long asked;
    private volatile long wanted;
    private volatile boolean closed;

    Ahead(Region region) {
        this.region = region;
    }

    /**
     * Says that the region is in use up to some offset. The thread's priority counts where there is
     * one core for all: then it must not hold up the owner.
     */
    @SuppressWarnings("ThreadPriorityCheck")
    void reached(long offset) {
        long ready = Math.min((offset + READY) & -PIECE, region.bytes());
        if (ready <= asked || offset < START) {
            return;
        }
        asked = ready;
        wanted = ready;
        if (thread == null) {
            long from = offset & -PIECE;
            thread =
                    Thread.ofPlatform()
                            .daemon()
                            .name("memory-ahead")
                            .priority(Thread.MIN_PRIORITY)
                            .start(() -> run(from));
        } else {
            LockSupport.unpark(thread);
        }
    }

    private void run(long from) {
        long backed = from;
        while (!closed) {
            long end = wanted;
            if (backed >= end) {
                LockSupport.park(this);
            } else if (region.commit(backed + PIECE) && region.populate(backed, PIECE)) {
                backed += PIECE;
            } else {
                // The owner goes on alone, and learns itself whether there is memory.
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        if (thread == null) {
            return;
        }
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

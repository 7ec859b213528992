// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Asks a server all the time whether it is there, and keeps the longest that it took to answer. */
final class PauseWatch implements AutoCloseable {
    private final Thread thread;
    private volatile boolean ended;
    private volatile long longestNanos;

    PauseWatch(RunningServer server) throws IOException {
        Wire wire = server.connect();
        thread = Thread.ofPlatform().daemon().name("pause-watch").start(() -> watch(wire));
    }

    private void watch(Wire wire) {
        try (wire) {
            while (!ended) {
                long begin = System.nanoTime();
                wire.ask("PING");
                longestNanos = Math.max(longestNanos, System.nanoTime() - begin);
                Thread.sleep(1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The longest answer so far, in milliseconds. */
    double longestMillis() {
        return longestNanos / 1e6;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

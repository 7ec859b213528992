// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.faults;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that write numbers which only grow, each to keys of its own, and remember which of them
 * were acknowledged, and when.
 */
final class Writers implements AutoCloseable {
    private static final int KEYS = 50;

    private final List<Writer> writers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** Starts so many clients of a port. */
    Writers(int port, int count, SplittableRandom random) {
        for (int i = 0; i < count; i++) {
            Writer writer = new Writer(i, port, random.split());
            writers.add(writer);
            threads.add(Thread.ofPlatform().name("writer-" + i).start(writer));
        }
    }

    /** Ends the clients. */
    Writers stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return this;
    }

    /** Number of writes that were acknowledged. */
    long acknowledged() {
        return writers.stream().mapToLong(writer -> writer.count.get()).sum();
    }

    /**
     * Fails unless a server holds everything that was acknowledged before a moment, and nothing
     * that was never sent.
     *
     * @param nanos of {@link System#nanoTime}
     */
    void expectKept(Node node, long nanos) {
        try (RespClient client = node.client()) {
            for (Writer writer : writers) {
                writer.expectKept(client, nanos);
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
    }

    /** One client. */
    private final class Writer implements Runnable {
        private final int number;
        private final int port;
        private final SplittableRandom random;
        private final long[] sent = new long[KEYS];
        private final List<List<long[]>> acknowledged = new ArrayList<>();
        private final AtomicLong count = new AtomicLong();

        private Writer(int number, int port, SplittableRandom random) {
            this.number = number;
            this.port = port;
            this.random = random;
            for (int key = 0; key < KEYS; key++) {
                acknowledged.add(new ArrayList<>());
            }
        }

        @Override
        public void run() {
            try (RespClient client = new RespClient(port)) {
                while (!stopped) {
                    write(client);
                }
            } catch (UncheckedIOException | AssertionError serverIsGone) {
                // What counts is what was acknowledged before.
                return;
            }
        }

        private void write(RespClient client) {
            int key = random.nextInt(KEYS);
            sent[key]++;
            String value = Long.toString(sent[key]);
            Reply reply =
                    switch (key % 4) {
                        case 0 -> client.ask("SET", name(key), value);
                        case 1 -> client.ask("HSET", name(key), "n", value, "f" + value, value);
                        case 2 -> client.ask("ZADD", name(key), value, "m");
                        default -> client.ask("RPUSH", name(key), value);
                    };
            if (!reply.isError()) {
                acknowledged.get(key).add(new long[] {System.nanoTime(), sent[key]});
                count.incrementAndGet();
            } else {
                // It was refused, so the number is still to be had.
                sent[key]--;
            }
        }

        private String name(int key) {
            return "w" + number + ":" + key;
        }

        private void expectKept(RespClient client, long nanos) {
            for (int key = 0; key < KEYS; key++) {
                long least = 0;
                for (long[] each : acknowledged.get(key)) {
                    least = each[0] - nanos < 0 ? each[1] : least;
                }
                long held = held(client, key);
                if (held < least || held > sent[key]) {
                    throw new AssertionError(
                            name(key)
                                    + " holds "
                                    + held
                                    + ", but "
                                    + least
                                    + " was acknowledged and "
                                    + sent[key]
                                    + " sent last");
                }
            }
        }

        private long held(RespClient client, int key) {
            Reply reply =
                    switch (key % 4) {
                        case 0 -> client.ask("GET", name(key));
                        case 1 -> client.ask("HGET", name(key), "n");
                        case 2 -> client.ask("ZSCORE", name(key), "m");
                        default -> client.ask("LINDEX", name(key), "-1");
                    };
            return reply.isNull() ? 0 : Long.parseLong(reply.text());
        }
    }
}

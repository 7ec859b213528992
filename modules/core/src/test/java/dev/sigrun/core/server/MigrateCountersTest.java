// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Counters are raised without a pause while they are moved to and fro at random. No increment that
 * was acknowledged is lost or counted twice.
 */
final class MigrateCountersTest {
    private static final int COUNTERS = 12;
    private static final int WRITERS = 3;
    private static final int MOVES = 400;

    @Order(1)
    @RegisterExtension
    static final SigrunServer ONE = SigrunServer.withConfig().virtualClock();

    @Order(2)
    @RegisterExtension
    static final SigrunServer TWO = SigrunServer.withConfig().virtualClock();

    private final long seed = Long.getLong("sigrun.test.seed", 20_261_123);
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void everyIncrementCountsOnce() throws InterruptedException {
        System.out.println("MigrateCountersTest: -Dsigrun.test.seed=" + seed);
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        long[] raised = new long[WRITERS];
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int number = i;
            writers.add(
                    Thread.ofPlatform()
                            .uncaughtExceptionHandler((thread, fault) -> failures.add(fault))
                            .start(() -> raised[number] = raise(number)));
        }
        int moved = move();
        over.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
        assertEquals(List.of(), List.copyOf(failures));
        assertTrue(moved > MOVES / 10, () -> "moves that succeeded: " + moved);
        assertEquals(raised[0] + raised[1] + raised[2], sum(ONE) + sum(TWO));
        ONE.clock().advance(11_000);
        TWO.clock().advance(11_000);
    }

    private long raise(int number) {
        SplittableRandom random = new SplittableRandom(seed + number);
        long raised = 0;
        try (RespClient one = new RespClient(ONE.port());
                RespClient two = new RespClient(TWO.port())) {
            while (!over.get()) {
                RespClient client = random.nextBoolean() ? one : two;
                client.ask("INCR", "counter" + random.nextInt(COUNTERS)).integer();
                raised++;
            }
        }
        return raised;
    }

    private int move() {
        SplittableRandom random = new SplittableRandom(seed - 1);
        int moved = 0;
        try (RespClient one = new RespClient(ONE.port());
                RespClient two = new RespClient(TWO.port())) {
            for (int i = 0; i < MOVES; i++) {
                boolean there = random.nextBoolean();
                RespClient from = there ? one : two;
                RespClient to = there ? two : one;
                String counter = "counter" + random.nextInt(COUNTERS);
                // Adding up what both servers have needs a place that is free at the target.
                String taken = to.call("RENAMENX", counter, counter + "-" + i);
                assertTrue(List.of(":1", "-ERR no such key").contains(taken), taken);
                String port = "" + (there ? TWO : ONE).port();
                String answer = from.call("MIGRATE", "127.0.0.1", port, counter, "0", "10000");
                moved += answer.equals("+OK") ? 1 : 0;
                assertTrue(
                        List.of("+OK", "+NOKEY").contains(answer) || answer.contains("BUSYKEY"),
                        answer);
            }
        }
        return moved;
    }

    private static long sum(SigrunServer server) {
        RespClient client = server.connect();
        long sum = 0;
        for (var key : client.ask("KEYS", "*").items()) {
            sum += Long.parseLong(client.ask("GET", key.bulk()).bulk());
        }
        return sum;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.faults;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A primary that syncs its append-only file before it acknowledges is killed while clients write,
 * and a replica goes on with what it was sent: the replica may lack something, but never have what
 * the primary lost, since the stream waits for the file as replies do.
 */
final class KillBeforeReplica implements Scenario {
    private static final int ROUNDS = 2;
    private static final int WRITERS = 4;
    private static final String COUNTER = "counter";

    @Override
    public String name() {
        return "kill, a replica goes on";
    }

    @Override
    public void run(Surroundings surroundings, SplittableRandom random) throws Exception {
        try (Node primary =
                        surroundings.node(
                                "primary",
                                "--save",
                                "",
                                "--appendonly",
                                "yes",
                                "--appendfsync",
                                "always",
                                "--repl-diskless-sync-delay",
                                "0");
                Node replica = surroundings.node("replica", "--save", "")) {
            primary.start();
            replica.start();
            Filling.fill(primary, random.nextInt(2000), random);
            for (int round = 0; round < ROUNDS; round++) {
                replica.ask("REPLICAOF", "127.0.0.1", Integer.toString(primary.port()));
                replica.await("the replica is in touch", () -> isInTouch(replica));
                killWhileWritten(primary, random);
                // It takes in what it was sent, and hears of nothing else.
                replica.ask("REPLICAOF", "NO", "ONE");
                primary.start();
                expectNoMore(primary, replica);
                primary.ask("DEL", COUNTER);
            }
        }
    }

    private static boolean isInTouch(Node replica) {
        return replica.info("master_link_status").equals("up");
    }

    /** Besides the writers there is a counter, each of whose numbers is one write. */
    private static void killWhileWritten(Node primary, SplittableRandom random) throws Exception {
        Thread counter = Thread.ofPlatform().name("counter").start(() -> count(primary.port()));
        Writers writers = new Writers(primary.port(), WRITERS, random.split());
        TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(600));
        primary.kill();
        writers.stop();
        counter.join();
    }

    private static void count(int port) {
        try (RespClient client = new RespClient(port)) {
            while (true) {
                client.ask("INCR", COUNTER);
            }
        } catch (UncheckedIOException | AssertionError serverIsGone) {
            // That is what it waits for.
            return;
        }
    }

    private static void expectNoMore(Node primary, Node replica) {
        long kept = number(primary);
        long sent = number(replica);
        if (sent > kept) {
            throw new AssertionError(
                    "the replica has counted to " + sent + ", the primary only to " + kept);
        }
    }

    private static long number(Node node) {
        try (RespClient client = node.client()) {
            Reply reply = client.ask("GET", COUNTER);
            return reply.isNull() ? 0 : Long.parseLong(reply.text());
        }
    }
}

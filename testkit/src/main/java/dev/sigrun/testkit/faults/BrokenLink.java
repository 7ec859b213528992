// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.faults;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The link between a primary and its replica is cut, slow, or delivers a few bytes at a time,
 * during full synchronisation and after it, while clients write; once it is whole again both hold
 * the same. Either of the two may be a Valkey.
 */
final class BrokenLink implements Scenario {
    @Override
    public String name() {
        return "broken link";
    }

    @Override
    public void run(Surroundings surroundings, SplittableRandom random) throws Exception {
        int who = surroundings.reference() == null ? 0 : random.nextInt(3);
        String dual = random.nextBoolean() ? "yes" : "no";
        String diskless = random.nextBoolean() ? "yes" : "no";
        String[] options = {
            "--save",
            "",
            "--repl-diskless-sync",
            diskless,
            "--repl-diskless-sync-delay",
            "0",
            "--dual-channel-replication-enabled",
            dual,
            "--repl-timeout",
            "10",
            "--repl-backlog-size",
            random.nextBoolean() ? "64kb" : "10mb"
        };
        String load = new String[] {"disabled", "on-empty-db", "swapdb"}[random.nextInt(3)];
        try (Node primary = node(surroundings, "primary", who == 1, options);
                Node replica = node(surroundings, "replica", who == 2, options);
                FaultyLink link = new FaultyLink(primary.port())) {
            primary.start();
            replica.start();
            replica.ask("CONFIG", "SET", "repl-diskless-load", load);
            Filling.fill(primary, 10_000, random);
            Writers writers = new Writers(primary.port(), 2, random.split());
            link.deliver(1 + random.nextInt(4000), random.nextInt(200));
            replica.ask("REPLICAOF", "127.0.0.1", Integer.toString(link.port()));
            for (int fault = 2 + random.nextInt(5); fault > 0; fault--) {
                disturb(link, random);
            }
            link.heal();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
            writers.stop();
            replica.await("the link is up", () -> isUp(replica));
            replica.await("all is received", () -> isEven(primary, replica));
            String expected = primary.digest();
            if (!replica.digest().equals(expected)) {
                throw new AssertionError(
                        "the replica holds something else; dual channel "
                                + dual
                                + ", diskless "
                                + diskless
                                + ", load "
                                + load
                                + ", Valkey is "
                                + new String[] {"neither", "the primary", "the replica"}[who]);
            }
            writers.expectKept(replica, System.nanoTime());
            replica.expectNoTemporaryFiles();
        }
    }

    private static Node node(
            Surroundings surroundings, String name, boolean isReference, String... options)
            throws IOException {
        return isReference
                ? new Node(surroundings.reference(), surroundings.folder().resolve(name), options)
                : surroundings.node(name, options);
    }

    private static void disturb(FaultyLink link, SplittableRandom random)
            throws InterruptedException {
        switch (random.nextInt(4)) {
            case 0 -> link.deliver(1, 0);
            case 1 -> link.deliver(1 + random.nextInt(50), 1 + random.nextInt(300));
            case 2 -> link.heal();
            default -> link.cut();
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
    }

    private static boolean isUp(Node replica) {
        return replica.info("master_link_status").equals("up");
    }

    private static boolean isEven(Node primary, Node replica) {
        return primary.info("master_repl_offset").equals(replica.info("master_repl_offset"))
                && replica.info("slave_repl_offset").equals(primary.info("master_repl_offset"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.faults;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A server with an append-only file is killed while clients write and the file is rewritten now and
 * then; what was acknowledged must be there when it comes back.
 */
final class KillUnderAppend implements Scenario {
    private static final int ROUNDS = 3;
    private static final int WRITERS = 4;

    private final String policy;
    private final long lossNanosMax;

    private KillUnderAppend(String policy, long lossNanosMax) {
        this.policy = policy;
        this.lossNanosMax = lossNanosMax;
    }

    /** Everything is synced before it is acknowledged. */
    static KillUnderAppend always() {
        return new KillUnderAppend("always", 0);
    }

    /** What was acknowledged within the last second may be lost, and as long as a sync takes. */
    static KillUnderAppend everySecond() {
        return new KillUnderAppend("everysec", TimeUnit.SECONDS.toNanos(2));
    }

    @Override
    public String name() {
        return "kill, appendfsync " + policy;
    }

    @Override
    public void run(Surroundings surroundings, SplittableRandom random) throws Exception {
        try (Node node =
                surroundings.node(
                        "node",
                        "--save",
                        "",
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        policy,
                        "--auto-aof-rewrite-percentage",
                        "0")) {
            node.start();
            Filling.fill(node, random.nextInt(5000), random);
            for (int round = 0; round < ROUNDS; round++) {
                Writers writers = new Writers(node.port(), WRITERS, random.split());
                disturb(node, random);
                long killed = System.nanoTime();
                node.kill();
                writers.stop();
                node.start();
                writers.expectKept(node, killed - lossNanosMax);
                // What comes next begins anew.
                node.ask("FLUSHALL");
                Filling.fill(node, random.nextInt(5000), random);
            }
            node.ask("BGREWRITEAOF");
            node.await("the rewrite ends", () -> !isRewriting(node));
            node.expectNoTemporaryFiles();
        }
    }

    private static boolean isRewriting(Node node) {
        return node.info("aof_rewrite_in_progress").equals("1")
                || node.info("aof_rewrite_scheduled").equals("1");
    }

    private static void disturb(Node node, SplittableRandom random) throws InterruptedException {
        for (int i = random.nextInt(4); i > 0; i--) {
            if (random.nextBoolean()) {
                node.ask("BGREWRITEAOF");
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
    }
}

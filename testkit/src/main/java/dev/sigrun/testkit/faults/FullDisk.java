// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.faults;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A server can write no more to its files for a while: saves fail and leave the last good file,
 * writes are refused rather than lost, and when there is room again everything goes on.
 */
final class FullDisk implements Scenario {
    @Override
    public String name() {
        return "full disk";
    }

    @Override
    public void run(Surroundings surroundings, SplittableRandom random) throws Exception {
        try (Node node =
                surroundings.node(
                        "node", "--save", "", "--appendonly", "yes", "--appendfsync", "everysec")) {
            node.start();
            Filling.fill(node, 2000, random);
            node.limitFiles(200_000 + random.nextInt(200_000));
            Writers writers = new Writers(node.port(), 3, random.split());
            TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(1500));
            node.ask("BGSAVE");
            TimeUnit.MILLISECONDS.sleep(300);
            node.limitFiles(-1);
            long acknowledged = writers.acknowledged();
            node.await("writes are taken again", () -> writers.acknowledged() > acknowledged + 100);
            writers.stop();
            node.await(
                    "the file is written again",
                    () -> node.info("aof_last_write_status").equals("ok"));
            node.await("a save succeeds", () -> saves(node));
            node.expectNoTemporaryFiles();
            TimeUnit.MILLISECONDS.sleep(1500);
            String digest = node.digest();
            node.kill();
            node.start();
            writers.expectKept(node, System.nanoTime());
            if (!node.digest().equals(digest)) {
                throw new AssertionError("what came back is not what there was");
            }
        }
    }

    private static boolean saves(Node node) {
        if (node.info("rdb_bgsave_in_progress").equals("1")) {
            return false;
        }
        node.ask("BGSAVE");
        node.await("the save ends", () -> node.info("rdb_bgsave_in_progress").equals("0"));
        return node.info("rdb_last_bgsave_status").equals("ok");
    }
}

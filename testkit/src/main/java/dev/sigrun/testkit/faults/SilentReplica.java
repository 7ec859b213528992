// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.faults;

import dev.sigrun.testkit.RespClient;
import java.util.SplittableRandom;

/**
 * A replica asks for everything and then never reads: it is let go once too much waits for it,
 * others are served all the time, and its memory comes back.
 */
final class SilentReplica implements Scenario {
    private static final long REST_BYTES_MAX = 8 << 20;

    @Override
    public String name() {
        return "silent replica";
    }

    @Override
    public void run(Surroundings surroundings, SplittableRandom random) throws Exception {
        try (Node node =
                surroundings.node(
                        "node",
                        "--save",
                        "",
                        "--repl-backlog-size",
                        "1mb",
                        "--repl-diskless-sync-delay",
                        "0",
                        "--repl-timeout",
                        "5",
                        "--client-output-buffer-limit",
                        "replica 4mb 2mb 2")) {
            node.start();
            Filling.fill(node, 3000, random);
            long before = Long.parseLong(node.info("used_memory"));
            try (RespClient silent = new RespClient(node.port(), 4096)) {
                silent.send(random.nextBoolean() ? new String[] {"SYNC"} : psync());
                try (RespClient client = node.client()) {
                    node.await("the replica is let go", () -> isLetGo(node, client));
                }
            }
            node.ask("DEL", "traffic");
            node.await(
                    "the memory is back",
                    () -> Long.parseLong(node.info("used_memory")) < before + REST_BYTES_MAX);
            node.expectNoTemporaryFiles();
        }
    }

    private static String[] psync() {
        return new String[] {"PSYNC", "?", "-1"};
    }

    /** Writes more until the replica is gone. */
    private static boolean isLetGo(Node node, RespClient client) {
        for (int i = 0; i < 20; i++) {
            if (!client.call("SET", "traffic", "x".repeat(100_000)).equals("+OK")) {
                throw new AssertionError("a write was refused because of a replica");
            }
        }
        return node.info("connected_slaves").equals("0");
    }
}

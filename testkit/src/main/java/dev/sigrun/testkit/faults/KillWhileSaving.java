// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.faults;

import dev.sigrun.testkit.RespClient;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A server is killed while it saves and clients write; what it comes back with must be exactly what
 * there was when one of the last saves began.
 */
final class KillWhileSaving implements Scenario {
    private static final int ROUNDS = 3;

    @Override
    public String name() {
        return "kill while saving";
    }

    @Override
    public void run(Surroundings surroundings, SplittableRandom random) throws Exception {
        try (Node node = surroundings.node("node", "--save", "")) {
            node.start();
            Filling.fill(node, 20_000, random);
            Set<String> digests = new HashSet<>();
            for (int round = 0; round < ROUNDS; round++) {
                digests.clear();
                node.ask("SAVE");
                digests.add(node.digest());
                Writers writers = new Writers(node.port(), 2, random.split());
                for (int saves = 1 + random.nextInt(3); saves > 0; saves--) {
                    digests.add(beginSave(node));
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(250));
                }
                node.kill();
                writers.stop();
                node.start();
                String found = node.digest();
                if (!digests.contains(found)) {
                    throw new AssertionError("came back with what was never saved: " + found);
                }
            }
            node.ask("SAVE");
            node.expectNoTemporaryFiles();
        }
    }

    /** Begins a save, unless one is under way, and says what there is at this moment. */
    private static String beginSave(Node node) {
        try (RespClient client = node.client()) {
            // Between the digest and the cut nobody may write.
            client.ask("CLIENT", "PAUSE", "5000", "WRITE");
            String digest = client.call("DEBUG", "DIGEST");
            client.ask("BGSAVE");
            client.ask("CLIENT", "UNPAUSE");
            return digest;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.faults;

import dev.sigrun.testkit.RespClient;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Data of every type, so that a file has something of everything. */
final class Filling {
    private Filling() {}

    /** Fills a server with so many keys, and a few large values. */
    static void fill(Node node, int keys, SplittableRandom random) {
        try (RespClient client = node.client()) {
            List<List<String>> commands = new ArrayList<>();
            for (int i = 0; i < keys; i++) {
                commands.add(command("fill:" + i, random));
                if (commands.size() == 500) {
                    client.pipeline(commands);
                    commands.clear();
                }
            }
            for (int i = 0; i < 2000; i++) {
                commands.add(List.of("SADD", "fill:large", "member " + random.nextInt()));
            }
            client.pipeline(commands);
        }
    }

    private static List<String> command(String key, SplittableRandom random) {
        String value = Long.toString(random.nextLong()) + "x".repeat(random.nextInt(60));
        return switch (random.nextInt(8)) {
            case 0 -> List.of("SADD", key, value, "a", "1");
            case 1 -> List.of("HSET", key, "f", value, value, "g");
            case 2 -> List.of("ZADD", key, "1.5", value, "-2", "m");
            case 3 -> List.of("RPUSH", key, value, "2", "3");
            case 4 -> List.of("XADD", key, "*", "f", value);
            case 5 -> List.of("SET", key, value, "PX", "100000000");
            default -> List.of("SET", key, value);
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Files are cut short, or bits of them are turned over: a server that has such a file either
 * refuses to start, and says why, or holds exactly what was saved; an append-only file whose end is
 * missing is taken up to there.
 */
final class DamagedFiles implements Scenario {
    @Override
    public String name() {
        return "damaged files";
    }

    @Override
    public void run(Surroundings surroundings, SplittableRandom random) throws Exception {
        snapshot(surroundings, random);
        appended(surroundings, random);
    }

    private static void snapshot(Surroundings surroundings, SplittableRandom random)
            throws Exception {
        try (Node node = surroundings.node("rdb", "--save", "")) {
            node.start();
            Filling.fill(node, 3000, random);
            String digest = node.digest();
            node.ask("SAVE");
            node.kill();
            Path file = node.folder().resolve("dump.rdb");
            byte[] whole = Files.readAllBytes(file);
            for (int round = 0; round < 2; round++) {
                Files.write(file, damaged(whole, random));
                if (node.startsAtAll()) {
                    String found = node.digest();
                    node.kill();
                    if (!found.equals(digest)) {
                        throw new AssertionError("a damaged file was loaded as " + found);
                    }
                }
            }
            Files.write(file, whole);
            node.start();
            if (!node.digest().equals(digest)) {
                throw new AssertionError("the whole file was loaded as something else");
            }
        }
    }

    private static byte[] damaged(byte[] whole, SplittableRandom random) {
        if (random.nextBoolean()) {
            return Arrays.copyOf(whole, random.nextInt(whole.length));
        }
        byte[] bytes = whole.clone();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    private static void appended(Surroundings surroundings, SplittableRandom random)
            throws Exception {
        try (Node node =
                surroundings.node(
                        "aof", "--save", "", "--appendonly", "yes", "--appendfsync", "always")) {
            node.start();
            Writers writers = new Writers(node.port(), 2, random.split());
            node.await("something is written", () -> writers.acknowledged() > 500);
            node.kill();
            writers.stop();
            Path file = newest(node.folder().resolve("appendonlydir"));
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length - 1 - random.nextInt(10)));
            node.start();
            // Nothing but the last commands may be missing; that nothing was added, this sees too.
            writers.expectKept(node, System.nanoTime() - Long.MAX_VALUE / 2);
            if (node.ask("DBSIZE").equals(":0")) {
                throw new AssertionError("a file with a short end was loaded as an empty one");
            }
        }
    }

    private static Path newest(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            List<Path> appended =
                    files.filter(file -> file.toString().endsWith(".incr.aof")).sorted().toList();
            return appended.getLast();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;

/**
 * Takes a whole list of words as keys and into Bloom filters, through Jedis, and asks for each word
 * again. Then it asks the filters for strings that are no words, and compares the memory with that
 * of a plain set on the reference server. Exits with 1 when a word is missing or a filter is wrong
 * more often than it promised.
 *
 * <p>Options: {@code --server PROGRAM [--reference FOLDER] [--words FILE | --generated COUNT]
 * [--absent COUNT]}.
 */
final class WordList {
    private static final Path DEBIAN = Path.of("/usr/share/dict/american-english-insane");
    private static final double[] ERROR_RATES = {0.001, 0.01};

    /** A rate that is measured with a finite number of strings is above the true one at times. */
    private static final double RATE_MARGIN = 1.25;

    private final Words words;
    private final List<String> list;
    private final int absentCount;
    private boolean failed;

    private WordList(Words words, int absentCount) {
        this.words = words;
        this.list = words.list();
        this.absentCount = absentCount;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path server = null;
        Path reference = null;
        Path file = DEBIAN;
        int generated = 0;
        int absent = 1_000_000;
        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--server" -> server = Path.of(rest.next());
                case "--reference" -> reference = Path.of(rest.next());
                case "--words" -> file = Path.of(rest.next());
                case "--generated" -> generated = Integer.parseInt(rest.next());
                case "--absent" -> absent = Integer.parseInt(rest.next());
                default -> stop("there is no option " + option);
            }
        }
        if (server == null) {
            stop("--server is needed");
        }
        if (generated == 0 && !Files.isReadable(file)) {
            stop("there is no " + file + ": install wamerican-insane, or give --words FILE");
        }
        Words words = generated > 0 ? Words.generated(generated) : Words.of(file);
        WordList run = new WordList(words, absent);
        Path folder = Files.createTempDirectory("sigrun-words");
        try {
            run.ours(Contender.withFilters("sigrun", server), folder);
            if (reference != null) {
                run.theirs(
                        Contender.plain("valkey", reference.resolve("bin/valkey-server")), folder);
            }
        } finally {
            delete(folder);
        }
        System.exit(run.failed ? 1 : 0);
    }

    private static void stop(String why) {
        System.err.println("words: " + why);
        System.exit(2);
    }

    private void ours(Contender contender, Path folder) throws IOException, InterruptedException {
        say("%,d words", list.size());
        List<String> absent = words.absent(absentCount);
        try (RunningServer server = RunningServer.free(contender, folder);
                RedisClient client = RedisClient.create("127.0.0.1", server.port())) {
            WordCheck check = new WordCheck(client, list);
            double before = server.usedMemory();
            long begin = System.nanoTime();
            count("keys: words with a wrong value", check.keys());
            say("  set and got in %.1f s", (System.nanoTime() - begin) / 1e9);
            double taken = server.usedMemory() - before;
            say("  %,.0f bytes, %.1f a word", taken, taken / list.size());
            client.flushAll();
            for (double errorRate : ERROR_RATES) {
                filter(check, "words:" + errorRate, errorRate, absent);
            }
        }
    }

    private void filter(WordCheck check, String key, double errorRate, List<String> absent) {
        long begin = System.nanoTime();
        count("filter for " + errorRate + ": words that are missing", check.filter(key, errorRate));
        say("  added and found in %.1f s", (System.nanoTime() - begin) / 1e9);
        double rate = check.contained(key, absent) / (double) absent.size();
        say("  false positives among %,d other strings: %.5f", absent.size(), rate);
        failed |= rate > errorRate * RATE_MARGIN;
        long bytes = check.memoryBytes(key);
        say("  %,d bytes, %.2f a word", bytes, bytes / (double) list.size());
    }

    private void theirs(Contender contender, Path folder) throws IOException, InterruptedException {
        try (RunningServer server = RunningServer.free(contender, folder);
                RedisClient client = RedisClient.create("127.0.0.1", server.port())) {
            double before = server.usedMemory();
            WordCheck check = new WordCheck(client, list);
            check.set("words");
            double taken = server.usedMemory() - before;
            say("a plain set on the reference");
            long bytes = check.memoryBytes("words");
            say("  %,d bytes, %.2f a word", bytes, bytes / (double) list.size());
            say("  %,.0f bytes of used_memory", taken);
        }
    }

    private void count(String what, long number) {
        say("%s: %d", what, number);
        failed |= number != 0;
    }

    private static void say(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}

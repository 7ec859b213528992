// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** Some thousand words as keys and in a filter, each asked for again; see {@code words}. */
final class WordsIT {
    private static final int WORDS = 5_000;
    private static final int OTHERS = 100_000;
    private static final int BATCH = 1_000;

    @TempDir private Path folder;

    private static List<String> words(int count, char first) {
        Random random = new Random(count);
        Set<String> words = new LinkedHashSet<>();
        while (words.size() < count) {
            words.add(first + Long.toString(random.nextLong(1L << 40), Character.MAX_RADIX));
        }
        return new ArrayList<>(words);
    }

    private static <T> List<T> each(
            RedisClient client,
            List<String> words,
            BiFunction<Pipeline, String, Response<T>> command) {
        List<T> all = new ArrayList<>();
        for (int from = 0; from < words.size(); from += BATCH) {
            List<Response<T>> batch = new ArrayList<>();
            try (Pipeline pipeline = client.pipelined()) {
                for (String word : words.subList(from, Math.min(from + BATCH, words.size()))) {
                    batch.add(command.apply(pipeline, word));
                }
            }
            batch.forEach(response -> all.add(response.get()));
        }
        return all;
    }

    @Test
    void everyWordIsFoundAgain() {
        List<String> words = words(WORDS, 'w');
        List<String> others = words(OTHERS, 'x');
        try (ServerProcess server =
                        ServerProcess.serving(
                                folder, "--loadmodule", ServerProcess.bloomJar().toString());
                RedisClient client = RedisClient.create("127.0.0.1", server.port())) {
            each(client, words, (pipeline, word) -> pipeline.set(word, word));
            assertEquals(WORDS, client.dbSize());
            assertEquals(words, each(client, words, Pipeline::get));
            client.flushAll();
            for (double rate : new double[] {0.01, 0.001}) {
                String key = "filter:" + rate;
                client.bfReserve(key, rate, WORDS);
                each(client, words, (pipeline, word) -> pipeline.bfAdd(key, word));
                assertEquals(WORDS, there(client, key, words));
                long wrong = there(client, key, others);
                assertTrue(wrong < OTHERS * rate * 1.3, () -> wrong + " at " + rate);
                assertTrue(client.memoryUsage(key) < 3L * WORDS);
            }
        }
    }

    private static long there(RedisClient client, String key, List<String> words) {
        return each(client, words, (pipeline, word) -> pipeline.bfExists(key, word)).stream()
                .filter(isThere -> isThere)
                .count();
    }
}

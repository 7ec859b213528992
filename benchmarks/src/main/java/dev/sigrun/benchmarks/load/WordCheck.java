// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ObjLongConsumer;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** Puts the words into one server through Jedis and asks for each of them. One thread. */
final class WordCheck {
    private static final int BATCH = 1_000;

    private final RedisClient client;
    private final List<String> words;

    WordCheck(RedisClient client, List<String> words) {
        this.client = client;
        this.words = words;
    }

    /** Sets every word to its number and gets it again; how many came back wrong. */
    long keys() {
        long[] number = {0};
        each(words, (pipeline, word) -> pipeline.set(word, String.valueOf(number[0]++)), null);
        if (client.dbSize() != words.size()) {
            throw new IllegalStateException(
                    client.dbSize() + " keys were made of " + words.size() + " words");
        }
        long[] wrong = {0};
        each(
                words,
                (pipeline, word) -> pipeline.get(word),
                (value, at) -> wrong[0] += String.valueOf(at).equals(value) ? 0 : 1);
        return wrong[0];
    }

    /** Fills a filter that has room for just these words; how many it does not contain then. */
    long filter(String key, double errorRate) {
        client.bfReserve(key, errorRate, words.size());
        each(words, (pipeline, word) -> pipeline.bfAdd(key, word), null);
        return words.size() - contained(key, words);
    }

    /** How many of the strings a filter says to contain. */
    long contained(String key, List<String> strings) {
        long[] found = {0};
        each(
                strings,
                (pipeline, string) -> pipeline.bfExists(key, string),
                (isThere, at) -> found[0] += isThere ? 1 : 0);
        return found[0];
    }

    /** Puts the words into a plain set. */
    void set(String key) {
        each(words, (pipeline, word) -> pipeline.sadd(key, word), null);
        if (client.scard(key) != words.size()) {
            throw new IllegalStateException("the set does not hold every word");
        }
    }

    /** What a key takes, every element of it counted. */
    long memoryBytes(String key) {
        return client.memoryUsage(key, 0);
    }

    private <T> void each(
            List<String> strings,
            BiFunction<Pipeline, String, Response<T>> command,
            ObjLongConsumer<T> check) {
        List<Response<T>> responses = new ArrayList<>(BATCH);
        for (int from = 0; from < strings.size(); from += BATCH) {
            int end = Math.min(strings.size(), from + BATCH);
            responses.clear();
            try (Pipeline pipeline = client.pipelined()) {
                for (String string : strings.subList(from, end)) {
                    responses.add(command.apply(pipeline, string));
                }
            }
            for (int i = 0; i < responses.size(); i++) {
                // An error reply is thrown here.
                T value = responses.get(i).get();
                if (check != null) {
                    check.accept(value, from + i);
                }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import static dev.sigrun.core.sortedset.SortedSetAnswers.assertSame;
import static dev.sigrun.core.sortedset.SortedSetAnswers.members;
import static dev.sigrun.core.sortedset.SortedSetAnswers.number;
import static dev.sigrun.core.sortedset.SortedSetAnswers.pairs;
import static dev.sigrun.core.sortedset.SortedSetAnswers.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands at random do what maps of the Java library say they do, in both forms of a set. */
final class SortedSetModelTest {
    private static final int COMMANDS = 1500;
    private static final int KEYS = 4;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private final SortedSetModel model = new SortedSetModel();
    private SplittableRandom random;
    private RespClient client;
    private int kinds;
    private boolean equalScores;

    @BeforeEach
    void start() {
        SERVER.flush();
    }

    @AfterEach
    void usualLimits() {
        limits("128", "64");
    }

    private static void limits(String entries, String value) {
        SERVER.set("zset-max-listpack-entries", entries);
        SERVER.set("zset-max-listpack-value", value);
    }

    @RepeatedTest(6)
    void theServerDoesWhatTheModelDoes(RepetitionInfo repetition) {
        int round = repetition.getCurrentRepetition();
        long seed = Long.getLong("sigrun.test.seed", new Random().nextLong()) + round - 1;
        System.out.println("SortedSetModelTest: -Dsigrun.test.seed=" + seed);
        random = new SplittableRandom(seed);
        client = SERVER.connect(2 + round % 2);
        kinds = round % 2 == 0 ? 30 : 500;
        equalScores = round > 4;
        if (round > 2) {
            limits(round == 3 ? "0" : "8", "20");
        }
        for (int step = 0; step < COMMANDS; step++) {
            int number = step;
            try {
                step();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", command " + number, e);
            }
        }
    }

    private String key() {
        return "key" + random.nextInt(KEYS);
    }

    private String member() {
        int number = random.nextInt(kinds);
        return switch (number % 6) {
            case 0, 1 -> Integer.toString(number * number - 99);
            case 2 -> "m".repeat(number % 90);
            default -> "member" + number;
        };
    }

    private double score() {
        if (equalScores) {
            return 3;
        }
        return switch (random.nextInt(8)) {
            case 0 -> infinity();
            case 1, 2, 3 -> random.nextInt(-4, 5);
            case 4 -> random.nextDouble(-100, 100);
            default -> random.nextInt(-40, 40) / 4.0;
        };
    }

    private double infinity() {
        return random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    private static String text(double score) {
        return Double.isInfinite(score) ? (score > 0 ? "inf" : "-inf") : Double.toString(score);
    }

    private Reply ask(String... words) {
        Reply reply = client.ask(words);
        assertTrue(!reply.isError(), () -> String.join(" ", words) + ": " + reply);
        return reply;
    }

    private void step() {
        String key = key();
        switch (random.nextInt(18)) {
            case 0, 1, 2, 3 -> add(key);
            case 4 -> addWithCondition(key);
            case 5, 6 -> increment(key);
            case 7 -> remove(key);
            case 8 -> ranks(key);
            case 9 -> rangeOfRanks(key);
            case 10 -> rangeOfScores(key);
            case 11 -> rangeOfTexts(key);
            case 12 -> removeRange(key);
            case 13 -> pop(key);
            case 14, 15 -> combine();
            case 16 -> scan(key);
            default -> transfer(key);
        }
        assertEquals(model.set(key).size(), ask("ZCARD", key).integer());
    }

    private void add(String key) {
        Map<String, Double> set = new TreeMap<>(model.set(key));
        List<String> words = new ArrayList<>(List.of("ZADD", key));
        int before = set.size();
        for (int left = random.nextInt(random.nextInt(20) == 0 ? 300 : 6) + 1; left > 0; left--) {
            String member = member();
            double score = score();
            words.addAll(List.of(text(score), member));
            set.put(member, score);
        }
        assertEquals(set.size() - before, ask(words.toArray(String[]::new)).integer());
        model.put(key, set);
    }

    private void addWithCondition(String key) {
        String condition = List.of("NX", "XX", "GT", "LT").get(random.nextInt(4));
        String member = member();
        double score = score();
        Double old = model.set(key).get(member);
        boolean changes =
                switch (condition) {
                    case "NX" -> old == null;
                    case "XX" -> old != null && old != score;
                    case "GT" -> old == null || score > old;
                    default -> old == null || score < old;
                };
        Reply reply = ask("ZADD", key, condition, "CH", text(score), member);
        assertEquals(changes ? 1 : 0, reply.integer());
        if (changes) {
            Map<String, Double> set = new TreeMap<>(model.set(key));
            set.put(member, score);
            model.put(key, set);
        }
    }

    private void increment(String key) {
        String member = member();
        if (equalScores && !model.set(key).containsKey(member)) {
            return;
        }
        double by = equalScores ? 0 : random.nextInt(-8, 9) / 2.0;
        double sum = model.set(key).getOrDefault(member, 0.0) + by;
        assertEquals(sum + 0.0, number(ask("ZINCRBY", key, text(by), member)) + 0.0);
        Map<String, Double> set = new TreeMap<>(model.set(key));
        set.put(member, sum);
        model.put(key, set);
    }

    private void remove(String key) {
        Map<String, Double> set = new TreeMap<>(model.set(key));
        List<String> words = new ArrayList<>(List.of("ZREM", key));
        int before = set.size();
        for (int left = random.nextInt(random.nextInt(4) == 0 ? 200 : 5) + 1; left > 0; left--) {
            String member = member();
            words.add(member);
            set.remove(member);
        }
        assertEquals(before - set.size(), ask(words.toArray(String[]::new)).integer());
        model.put(key, set);
    }

    private void ranks(String key) {
        String member = member();
        List<String> members = members(model.sorted(key));
        int rank = members.indexOf(member);
        Reply forwards = ask("ZRANK", key, member);
        Reply backwards = ask("ZREVRANK", key, member);
        Reply score = ask("ZSCORE", key, member);
        if (rank < 0) {
            assertTrue(forwards.isNull() && backwards.isNull() && score.isNull());
            return;
        }
        assertEquals(rank, forwards.integer());
        assertEquals(members.size() - 1 - rank, backwards.integer());
        assertEquals(model.set(key).get(member) + 0.0, number(score) + 0.0);
    }

    private <T> List<T> backwards(List<T> list, boolean backwards) {
        List<T> result = new ArrayList<>(list);
        if (backwards) {
            Collections.reverse(result);
        }
        return result;
    }

    private void rangeOfRanks(String key) {
        boolean reverse = random.nextBoolean();
        var all = backwards(model.sorted(key), reverse);
        int from = random.nextInt(all.size() + 2);
        int to = random.nextInt(-all.size() - 2, all.size() + 2);
        int end = Math.min(all.size(), 1 + (to < 0 ? all.size() + to : to));
        var expected = from < end ? all.subList(from, end) : List.<Map.Entry<String, Double>>of();
        String command = reverse ? "ZREVRANGE" : "ZRANGE";
        assertSame(expected, pairs(ask(command, key, "" + from, "" + to, "WITHSCORES")));
        assertEquals(members(expected), texts(ask(command, key, "" + from, "" + to)));
    }

    private void rangeOfScores(String key) {
        double min = score();
        double max = score();
        boolean open = random.nextBoolean();
        var expected =
                model.sorted(key).stream()
                        .filter(e -> open ? e.getValue() > min : e.getValue() >= min)
                        .filter(e -> e.getValue() <= max)
                        .toList();
        String minText = (open ? "(" : "") + text(min);
        assertSame(expected, pairs(ask("ZRANGEBYSCORE", key, minText, text(max), "WITHSCORES")));
        assertEquals(expected.size(), ask("ZCOUNT", key, minText, text(max)).integer());
        int skip = random.nextInt(4);
        int limit = random.nextInt(6);
        Reply reply =
                ask(
                        "ZRANGE",
                        key,
                        text(max),
                        minText,
                        "BYSCORE",
                        "REV",
                        "LIMIT",
                        "" + skip,
                        "" + limit);
        var some = backwards(members(expected), true).stream().skip(skip).limit(limit).toList();
        assertEquals(some, texts(reply));
    }

    private void rangeOfTexts(String key) {
        if (!equalScores) {
            return;
        }
        String min = member();
        String max = member();
        var expected =
                members(model.sorted(key)).stream()
                        .filter(m -> m.compareTo(min) >= 0 && m.compareTo(max) < 0)
                        .toList();
        assertEquals(expected, texts(ask("ZRANGEBYLEX", key, "[" + min, "(" + max)));
        assertEquals(
                backwards(expected, true),
                texts(ask("ZRANGE", key, "(" + max, "[" + min, "BYLEX", "REV")));
        assertEquals(expected.size(), ask("ZLEXCOUNT", key, "[" + min, "(" + max).integer());
    }

    private void removeRange(String key) {
        var all = model.sorted(key);
        if (all.isEmpty()) {
            return;
        }
        int from = random.nextInt(all.size());
        int to = Math.min(all.size(), from + 1 + random.nextInt(1 + all.size() / 3));
        Map<String, Double> set = new TreeMap<>(model.set(key));
        if (random.nextBoolean()) {
            all.subList(from, to).forEach(e -> set.remove(e.getKey()));
            ask("ZREMRANGEBYRANK", key, "" + from, "" + (to - 1));
        } else {
            double min = all.get(from).getValue();
            double max = all.get(to - 1).getValue();
            set.values().removeIf(score -> score >= min && score <= max);
            ask("ZREMRANGEBYSCORE", key, text(min), text(max));
        }
        model.put(key, set);
    }

    private void pop(String key) {
        boolean max = random.nextBoolean();
        var all = backwards(model.sorted(key), max);
        int count = random.nextInt(1, 6);
        var expected = all.subList(0, Math.min(count, all.size()));
        assertSame(expected, pairs(ask(max ? "ZPOPMAX" : "ZPOPMIN", key, "" + count)));
        Map<String, Double> set = new TreeMap<>(model.set(key));
        expected.forEach(e -> set.remove(e.getKey()));
        model.put(key, set);
    }

    private void combine() {
        String one = key();
        String other = key();
        String target = key();
        Map<String, Double> result = new TreeMap<>(model.set(one));
        Map<String, Double> second = model.set(other);
        String command = List.of("ZUNION", "ZINTER", "ZDIFF").get(random.nextInt(3));
        switch (command) {
            case "ZUNION" -> second.forEach((m, s) -> result.merge(m, s, Math::max));
            case "ZINTER" -> {
                result.keySet().retainAll(second.keySet());
                result.replaceAll((m, s) -> Math.max(s, second.get(m)));
            }
            default -> result.keySet().removeAll(second.keySet());
        }
        List<String> words = new ArrayList<>(List.of("2", one, other));
        if (!command.equals("ZDIFF")) {
            words.addAll(List.of("AGGREGATE", "MAX"));
        }
        List<String> plain = new ArrayList<>(words);
        plain.addFirst(command);
        plain.add("WITHSCORES");
        var expected = result.entrySet().stream().sorted(SortedSetModel.ORDER).toList();
        assertSame(expected, pairs(ask(plain.toArray(String[]::new))));
        words.addAll(0, List.of(command + "STORE", target));
        assertEquals(result.size(), ask(words.toArray(String[]::new)).integer());
        model.put(target, result);
    }

    private void scan(String key) {
        Map<String, Double> seen = new TreeMap<>();
        String cursor = "0";
        do {
            Reply reply = ask("ZSCAN", key, cursor, "COUNT", "" + (random.nextInt(40) + 1));
            cursor = reply.items().get(0).bulk();
            pairs(reply.items().get(1)).forEach(e -> seen.put(e.getKey(), e.getValue() + 0.0));
        } while (!cursor.equals("0"));
        Map<String, Double> expected = new TreeMap<>(model.set(key));
        expected.replaceAll((member, score) -> score + 0.0);
        assertEquals(expected, seen);
    }

    /** A payload, a copy, a stored range and a renaming hold the same. */
    private void transfer(String key) {
        if (model.set(key).isEmpty()) {
            return;
        }
        String payload = ask("DUMP", key).bulk();
        ask("RESTORE", "spare", "0", payload, "REPLACE");
        assertSame(model.sorted(key), pairs(ask("ZRANGE", "spare", "0", "-1", "WITHSCORES")));
        ask("COPY", key, "spare", "REPLACE");
        assertSame(model.sorted(key), pairs(ask("ZRANGE", "spare", "0", "-1", "WITHSCORES")));
        ask("ZRANGESTORE", "spare", key, "0", "-1");
        assertSame(model.sorted(key), pairs(ask("ZRANGE", "spare", "0", "-1", "WITHSCORES")));
        ask("RENAME", "spare", key);
    }
}

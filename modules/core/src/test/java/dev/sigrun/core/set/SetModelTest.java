// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands at random do what sets of the Java library say they do, in every form of a set. */
final class SetModelTest {
    private static final int COMMANDS = 6000;
    private static final int KEYS = 5;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private final Map<String, Set<String>> model = new HashMap<>();
    private SplittableRandom random;
    private RespClient client;
    private int kinds;

    @BeforeEach
    void start() {
        SERVER.flush();
    }

    @AfterEach
    void usualLimits() {
        limits("512", "128", "64");
    }

    private static void limits(String intset, String listpack, String value) {
        SERVER.set("set-max-intset-entries", intset);
        SERVER.set("set-max-listpack-entries", listpack);
        SERVER.set("set-max-listpack-value", value);
    }

    @RepeatedTest(4)
    void theServerDoesWhatTheModelDoes(RepetitionInfo repetition) {
        int round = repetition.getCurrentRepetition();
        long seed = Long.getLong("sigrun.test.seed", new Random().nextLong()) + round - 1;
        System.out.println("SetModelTest: -Dsigrun.test.seed=" + seed);
        random = new SplittableRandom(seed);
        client = SERVER.connect(2 + round % 2);
        kinds = round % 2 == 0 ? 30 : 1000;
        if (round > 2) {
            limits("6", "8", "20");
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
        return switch (number % 7) {
            case 0, 1, 2 -> Integer.toString(number * number - 99);
            case 3 -> Long.toString(number * 0x123456789abcL);
            case 4 -> "m".repeat(number % 90);
            default -> "member" + number;
        };
    }

    private Set<String> set(String key) {
        return model.getOrDefault(key, Set.of());
    }

    private void put(String key, Set<String> members) {
        if (members.isEmpty()) {
            model.remove(key);
        } else {
            model.put(key, members);
        }
    }

    private List<String> members(int max) {
        List<String> members = new ArrayList<>();
        for (int left = random.nextInt(max) + 1; left > 0; left--) {
            members.add(member());
        }
        return members;
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (int left = random.nextInt(4) + 1; left > 0; left--) {
            keys.add(random.nextInt(8) == 0 ? "nothing" : key());
        }
        return keys;
    }

    private static String[] command(String name, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(name));
        words.addAll(arguments);
        return words.toArray(String[]::new);
    }

    private static String[] command(String name, String first, List<String> rest) {
        List<String> arguments = new ArrayList<>(List.of(first));
        arguments.addAll(rest);
        return command(name, arguments);
    }

    /** The elements of a reply, which are all different. */
    private static Set<String> different(Reply reply) {
        Set<String> found = new TreeSet<>();
        reply.items().forEach(item -> assertTrue(found.add(item.bulk()), reply::toString));
        return found;
    }

    private void assertAnswers(long number, String... words) {
        assertEquals(number, client.ask(words).integer(), () -> String.join(" ", words));
    }

    private void assertAnswers(Set<String> members, String... words) {
        assertEquals(members, different(client.ask(words)), () -> String.join(" ", words));
    }

    private void step() {
        String key = key();
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> add(key);
            case 4, 5 -> remove(key);
            case 6 -> move(key);
            case 7 -> pop(key);
            case 8 -> pick(key);
            case 9 -> combine("SINTER");
            case 10 -> combine("SUNION");
            case 11 -> combine("SDIFF");
            case 12 -> look(key);
            case 13 -> scan(key);
            case 14 -> assertAnswers(set(key), "SMEMBERS", key);
            default -> transfer(key);
        }
        assertAnswers(set(key).size(), "SCARD", key);
    }

    private void add(String key) {
        List<String> members = members(random.nextInt(20) == 0 ? 400 : 8);
        Set<String> set = new HashSet<>(set(key));
        int before = set.size();
        set.addAll(members);
        assertAnswers(set.size() - before, command("SADD", key, members));
        put(key, set);
    }

    private void remove(String key) {
        List<String> members = members(random.nextInt(4) == 0 ? 200 : 5);
        Set<String> set = new HashSet<>(set(key));
        int before = set.size();
        members.forEach(set::remove);
        assertAnswers(before - set.size(), command("SREM", key, members));
        put(key, set);
    }

    private void move(String key) {
        String target = key();
        String member = member();
        boolean moves = set(key).contains(member);
        assertAnswers(moves ? 1 : 0, "SMOVE", key, target, member);
        if (moves && !key.equals(target)) {
            Set<String> from = new HashSet<>(set(key));
            from.remove(member);
            put(key, from);
            Set<String> to = new HashSet<>(set(target));
            to.add(member);
            put(target, to);
        }
    }

    private void pop(String key) {
        Set<String> set = new HashSet<>(set(key));
        int count = random.nextInt(set.size() + 3);
        Set<String> popped = different(client.ask("SPOP", key, "" + count));
        assertEquals(Math.min(count, set.size()), popped.size());
        assertTrue(set.containsAll(popped));
        set.removeAll(popped);
        put(key, set);
    }

    private void pick(String key) {
        Set<String> set = set(key);
        int count = random.nextInt(set.size() + 3);
        Set<String> picked = different(client.ask("SRANDMEMBER", key, "" + count));
        assertEquals(Math.min(count, set.size()), picked.size());
        assertTrue(set.containsAll(picked));
        List<Reply> repeated = client.ask("SRANDMEMBER", key, "-" + count).items();
        assertEquals(set.isEmpty() ? 0 : count, repeated.size());
        assertTrue(repeated.stream().allMatch(item -> set.contains(item.bulk())));
        Reply one = client.ask("SRANDMEMBER", key);
        assertTrue(set.isEmpty() ? one.isNull() : set.contains(one.bulk()));
    }

    private Set<String> combined(String name, List<String> keys) {
        Set<String> result = new HashSet<>(set(keys.getFirst()));
        for (String key : keys.subList(1, keys.size())) {
            switch (name) {
                case "SINTER" -> result.retainAll(set(key));
                case "SUNION" -> result.addAll(set(key));
                default -> result.removeAll(set(key));
            }
        }
        return result;
    }

    private void combine(String name) {
        List<String> keys = keys();
        Set<String> result = combined(name, keys);
        assertAnswers(result, command(name, keys));
        if (name.equals("SINTER")) {
            assertAnswers(result.size(), command("SINTERCARD", "" + keys.size(), keys));
        }
        if (random.nextInt(3) == 0) {
            String target = key();
            assertAnswers(result.size(), command(name + "STORE", target, keys));
            put(target, result);
        }
    }

    private void look(String key) {
        List<String> members = members(10);
        Reply reply = client.ask(command("SMISMEMBER", key, members));
        for (int index = 0; index < members.size(); index++) {
            String member = members.get(index);
            long expected = set(key).contains(member) ? 1 : 0;
            assertEquals(expected, reply.items().get(index).integer());
            assertAnswers(expected, "SISMEMBER", key, member);
        }
    }

    private void scan(String key) {
        Set<String> seen = new TreeSet<>();
        String cursor = "0";
        do {
            Reply reply = client.ask("SSCAN", key, cursor, "COUNT", "" + (random.nextInt(40) + 1));
            cursor = reply.items().get(0).bulk();
            seen.addAll(different(reply.items().get(1)));
        } while (!cursor.equals("0"));
        assertEquals(new TreeSet<>(set(key)), seen);
    }

    /** A payload, a copy and a renaming hold the same. */
    private void transfer(String key) {
        if (set(key).isEmpty()) {
            return;
        }
        String payload = client.ask("DUMP", key).bulk();
        assertEquals("+OK", client.call("RESTORE", "spare", "0", payload, "REPLACE"));
        assertAnswers(set(key), "SMEMBERS", "spare");
        assertAnswers(1, "COPY", key, "spare", "REPLACE");
        assertAnswers(set(key), "SMEMBERS", "spare");
        assertEquals("+OK", client.call("RENAME", "spare", key));
    }
}

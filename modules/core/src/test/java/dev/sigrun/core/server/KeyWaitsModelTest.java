// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import dev.sigrun.testkit.TrayPlugin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clients wait for random keys and items come at random: everybody gets what a plain model says,
 * whether connections live on the owner's loop or on loops of their own.
 */
final class KeyWaitsModelTest {
    private static final long SEED = Long.getLong("sigrun.test.seed", 20261123);
    private static final int CLIENTS = 12;
    private static final int KEYS = 4;
    private static final int STEPS = 600;

    @RegisterExtension
    static final SigrunServer ONE_LOOP = SigrunServer.withConfig().plugin("tray", new TrayPlugin());

    @RegisterExtension
    static final SigrunServer THREE_LOOPS =
            SigrunServer.withConfig("--io-threads", "3", "--io-threads-always-active", "yes")
                    .plugin("tray", new TrayPlugin());

    private SigrunServer server;
    private final List<RespClient> clients = new ArrayList<>();
    private final Map<String, ArrayDeque<String>> trays = new TreeMap<>();

    /** What each waiting client waits for, who came first in front: keys, or one to move from. */
    private final Map<Integer, List<String>> waiting = new LinkedHashMap<>();

    /** Where those who move, move to. */
    private final Map<Integer, String> targets = new TreeMap<>();

    private final Map<Integer, String> answers = new TreeMap<>();

    @Test
    void everybodyGetsWhatIsDueOnOneLoop() {
        play(ONE_LOOP);
    }

    @Test
    void everybodyGetsWhatIsDueOnThreeLoops() {
        play(THREE_LOOPS);
    }

    private void play(SigrunServer on) {
        System.out.println("KeyWaitsModelTest: -Dsigrun.test.seed=" + SEED);
        server = on;
        SplittableRandom random = new SplittableRandom(SEED);
        Waiters waiters = new Waiters(server);
        RespClient feeder = server.connect();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(server.connect());
        }
        for (int step = 0; step < STEPS; step++) {
            answers.clear();
            if (random.nextInt(3) == 0) {
                put(feeder, random, step);
            } else {
                ask(random);
            }
            for (Map.Entry<Integer, String> answer : answers.entrySet()) {
                assertEquals(
                        answer.getValue(),
                        Waiters.read(clients.get(answer.getKey())),
                        "step " + step);
            }
            waiters.await(waiting.size());
        }
        waiters.assertNone();
    }

    private void put(RespClient feeder, SplittableRandom random, int step) {
        String key = key(random);
        List<String> command = new ArrayList<>(List.of("TRAY.PUT", key));
        for (int i = 0; i <= random.nextInt(4); i++) {
            command.add("item" + step + "." + i);
        }
        ArrayDeque<String> tray = trays.computeIfAbsent(key, name -> new ArrayDeque<>());
        tray.addAll(command.subList(2, command.size()));
        assertEquals(":" + tray.size(), feeder.call(command.toArray(String[]::new)));
        serve(key);
    }

    private static String key(SplittableRandom random) {
        return "key" + random.nextInt(KEYS);
    }

    private void ask(SplittableRandom random) {
        int client = random.nextInt(CLIENTS);
        if (waiting.containsKey(client)) {
            return;
        }
        List<String> keys = new ArrayList<>(List.of(key(random)));
        boolean moves = random.nextInt(3) == 0;
        if (moves) {
            String target = key(random);
            targets.put(client, target);
            clients.get(client).send("TRAY.MOVE", keys.get(0), target, "0");
        } else {
            targets.remove(client);
            for (int i = random.nextInt(3); i > 0; i--) {
                keys.add(key(random));
            }
            List<String> command = new ArrayList<>(List.of("TRAY.TAKE"));
            command.addAll(keys);
            command.add("0");
            clients.get(client).send(command.toArray(String[]::new));
        }
        String ready = attempt(client, keys);
        if (!answers.containsKey(client)) {
            waiting.put(client, keys);
        } else if (ready != null) {
            serve(ready);
        }
    }

    /** Serves those who wait for a key, and then for what they have moved. */
    private void serve(String changed) {
        ArrayDeque<String> ready = new ArrayDeque<>(List.of(changed));
        while (!ready.isEmpty()) {
            String key = ready.removeFirst();
            for (int client : List.copyOf(waiting.keySet())) {
                List<String> keys = waiting.get(client);
                if (keys.contains(key) && isFull(key)) {
                    String next = attempt(client, keys);
                    waiting.remove(client);
                    if (next != null && !ready.contains(next)) {
                        ready.add(next);
                    }
                }
            }
        }
    }

    private boolean isFull(String key) {
        return trays.containsKey(key) && !trays.get(key).isEmpty();
    }

    /** What a client's command does now: the key that it has filled, or null. */
    private String attempt(int client, List<String> keys) {
        for (String key : keys) {
            if (isFull(key)) {
                String item = trays.get(key).removeFirst();
                String target = targets.get(client);
                if (target == null) {
                    answers.put(client, "*[$\"" + key + "\", $\"" + item + "\"]");
                    return null;
                }
                trays.computeIfAbsent(target, name -> new ArrayDeque<>()).addLast(item);
                answers.put(client, "$\"" + item + "\"");
                return target;
            }
        }
        return null;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.kernel.wire.ScratchSpace;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Any order of subscribing, publishing and leaving does what plain sets say. */
final class PubSubModelTest {
    private static final int CLIENTS = 80;
    private static final List<String> NAMES = List.of("a", "b", "ab", "abc", "*", "a*", "?b", "c");

    private static final List<Kind> KINDS = List.of(Kind.values());

    private final Random random;
    private final PubSub pubSub = new PubSub();
    private final List<Listener> listeners = new ArrayList<>();
    private final Map<Kind, Map<String, Set<Integer>>> model = new EnumMap<>(Kind.class);
    private final ScratchSpace space = new ScratchSpace();
    private final ReplyBuffer reply = new ReplyBuffer();

    PubSubModelTest() {
        long seed = Long.getLong("sigrun.test.seed", new Random().nextLong());
        System.out.println("PubSubModelTest: -Dsigrun.test.seed=" + seed);
        random = new Random(seed);
        for (int i = 0; i < CLIENTS; i++) {
            listeners.add(new Listener(i));
        }
        for (Kind kind : Kind.values()) {
            model.put(kind, new HashMap<>());
        }
    }

    private static final class Listener implements Subscriber {
        private final int number;
        private final Subscriptions subscriptions = new Subscriptions();
        private final List<String> heard = new ArrayList<>();

        private Listener(int number) {
            this.number = number;
        }

        @Override
        public int protocol() {
            return 2 + number % 2;
        }

        @Override
        public Subscriptions subscriptions() {
            return subscriptions;
        }

        @Override
        public void push(long address, int length) {
            byte[] bytes = new byte[length];
            Memory.copy(address, bytes, 0, length);
            heard.add(new String(bytes, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void messagesReachExactlyThoseWhoListen() {
        for (int round = 0; round < 20_000; round++) {
            reply.wrap(space, 0);
            Listener one = listeners.get(random.nextInt(CLIENTS));
            Kind kind = KINDS.get(random.nextInt(KINDS.size()));
            String name = NAMES.get(random.nextInt(NAMES.size()));
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> subscribe(one, kind, name);
                case 4, 5 -> unsubscribe(one, kind, name);
                case 6 -> leave(one, random.nextInt(10) == 0 ? null : kind);
                default -> publish(name, random.nextBoolean());
            }
            check(kind, name);
        }
        for (Listener one : listeners) {
            pubSub.forget(one);
        }
        assertEquals(0, pubSub.subscribing());
        for (Kind kind : Kind.values()) {
            assertEquals(0, pubSub.count(kind));
        }
    }

    private Set<Integer> of(Kind kind, String name) {
        return model.get(kind).getOrDefault(name, new TreeSet<>());
    }

    private void subscribe(Listener one, Kind kind, String name) {
        pubSub.subscribe(one, kind, Bytes.constant(name), reply);
        model.get(kind).computeIfAbsent(name, any -> new TreeSet<>()).add(one.number);
    }

    private void unsubscribe(Listener one, Kind kind, String name) {
        pubSub.unsubscribe(one, kind, Bytes.constant(name), reply);
        of(kind, name).remove(one.number);
    }

    private void leave(Listener one, Kind only) {
        for (Kind kind : Kind.values()) {
            if (only == null || kind == only) {
                model.get(kind).values().forEach(some -> some.remove(one.number));
            }
        }
        if (only == null) {
            pubSub.forget(one);
        } else {
            pubSub.unsubscribeAll(one, only, reply);
        }
    }

    private void publish(String name, boolean toShard) {
        listeners.forEach(one -> one.heard.clear());
        String text = "m" + random.nextInt();
        int receivers =
                toShard
                        ? pubSub.publishToShard(Bytes.constant(name), Bytes.constant(text))
                        : pubSub.publish(Bytes.constant(name), Bytes.constant(text));
        int heard = 0;
        for (Listener one : listeners) {
            List<String> expected = new ArrayList<>();
            Kind kind = toShard ? Kind.SHARD : Kind.CHANNEL;
            if (of(kind, name).contains(one.number)) {
                expected.add(message(one, List.of(kind.message, name, text)));
            }
            for (String pattern : NAMES) {
                boolean matches = !toShard && name.matches(regex(pattern));
                if (matches && of(Kind.PATTERN, pattern).contains(one.number)) {
                    expected.add(message(one, List.of("pmessage", pattern, name, text)));
                }
            }
            expected.sort(null);
            one.heard.sort(null);
            assertEquals(expected, one.heard);
            heard += expected.size();
        }
        assertEquals(heard, receivers);
    }

    private static String regex(String pattern) {
        return pattern.equals("*")
                ? ".*"
                : pattern.replace("*", "[^\\n]*").replace("?", ".").replaceAll("^\\[", "[");
    }

    private static String message(Listener one, List<String> words) {
        StringBuilder out = new StringBuilder();
        out.append(one.protocol() == 3 ? '>' : '*').append(words.size()).append("\r\n");
        for (String word : words) {
            out.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return out.toString();
    }

    private void check(Kind kind, String name) {
        assertEquals(of(kind, name).size(), pubSub.listeners(kind, Bytes.constant(name)));
        long subscribing =
                listeners.stream()
                        .filter(one ->
                                model.values().stream()
                                        .flatMap(names -> names.values().stream())
                                        .anyMatch(some -> some.contains(one.number)))
                        .count();
        assertEquals(subscribing, pubSub.subscribing());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stream commands at random do what a plain model says they do. */
final class StreamModelTest {
    private static final int COMMANDS = 2500;
    private static final int MOVE_EVERY = 100;

    /** Limits of nodes in entries and bytes, another pair for each repetition. */
    private static final int[][] LIMITS = {{1, 4096}, {4, 4096}, {100, 70}, {0, 0}};

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private final StreamModel model = new StreamModel();
    private SplittableRandom random;
    private int top;

    @RepeatedTest(4)
    void theServerDoesWhatTheModelDoes(RepetitionInfo repetition) {
        int index = repetition.getCurrentRepetition() - 1;
        long seed = Long.getLong("sigrun.test.seed", 20_261_123) + index;
        System.out.println("StreamModelTest: -Dsigrun.test.seed=" + (seed - index));
        random = new SplittableRandom(seed);
        SERVER.flush();
        SERVER.set("stream-node-max-entries", "" + LIMITS[index][0]);
        SERVER.set("stream-node-max-bytes", "" + LIMITS[index][1]);
        RespClient client = SERVER.connect();
        for (int i = 0; i < COMMANDS; i++) {
            if (i % MOVE_EVERY == 0) {
                moveAround(client, key());
            }
            List<String> command = new ArrayList<>();
            String expected = choose(command);
            int step = i;
            assertEquals(
                    expected,
                    shown(command, client.ask(command.toArray(String[]::new))),
                    () -> "seed " + seed + ", command " + step + ": " + command);
        }
    }

    /** Puts a copy, or what a payload makes, in the place of a stream, so that nothing changes. */
    private void moveAround(RespClient client, String key) {
        if (!model.has(key)) {
            return;
        }
        if (random.nextBoolean()) {
            String payload = client.ask("DUMP", key).bulk();
            assertEquals("+OK", client.call("RESTORE", key, "0", payload, "REPLACE"));
        } else {
            assertEquals(":1", client.call("COPY", key, "copy"));
            assertEquals("+OK", client.call("RENAME", "copy", key));
        }
    }

    private static String shown(List<String> command, Reply reply) {
        if (command.getFirst().equals("XINFO")) {
            return reply.items().stream()
                    .map(group ->
                            group.items().get(1).bulk() + "=" + group.items().get(3).integer())
                    .collect(Collectors.joining(" "));
        }
        return reply.toString();
    }

    private String key() {
        return "stream" + random.nextInt(2);
    }

    private String name(int count) {
        return "name" + random.nextInt(count);
    }

    private int id() {
        return StreamModel.id(random.nextInt(top / 40 + 2), random.nextInt(6));
    }

    private List<Integer> ids() {
        List<Integer> ids = new ArrayList<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            ids.add(id());
        }
        return ids;
    }

    /** Chooses a command and gives what the model answers. */
    private String choose(List<String> command) {
        String key = key();
        int kind = random.nextInt(100);
        if (kind < 40) {
            return add(command, key);
        }
        if (kind < 60) {
            return look(command, key);
        }
        if (kind < 64) {
            List<Integer> ids = ids();
            command.addAll(List.of("XDEL", key));
            ids.forEach(id -> command.add(StreamModel.text(id)));
            return model.delete(key, ids);
        }
        if (kind < 67) {
            return trim(command, key);
        }
        if (kind == 67 && random.nextInt(4) == 0) {
            command.addAll(List.of("DEL", key));
            return model.remove(key);
        }
        String group = name(3);
        if (!model.has(key, group)) {
            int last = id();
            command.addAll(
                    List.of("XGROUP", "CREATE", key, group, StreamModel.text(last), "MKSTREAM"));
            return model.create(key, group, last);
        }
        return kind < 72 ? manage(command, key, group) : consume(command, key, group);
    }

    private String add(List<String> command, String key) {
        command.addAll(List.of("XADD", key));
        top++;
        int ms = Math.max(1, top / 40 + random.nextInt(3) - 1);
        int next = model.next(key, ms);
        boolean chosen = next != 0 && random.nextBoolean();
        int id = chosen ? next : StreamModel.id(ms, random.nextInt(6));
        command.add(chosen ? ms + "-*" : StreamModel.text(id));
        List<String> fields = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            fields.add(random.nextInt(4) == 0 ? value() : "field" + i);
            fields.add(value());
        }
        command.addAll(fields);
        return model.add(key, id, fields);
    }

    private String value() {
        return switch (random.nextInt(5)) {
            case 0 -> Integer.toString(random.nextInt(-5000, 5000));
            case 1 -> Long.toString(random.nextLong());
            case 2 -> "0" + random.nextInt(10);
            case 3 -> "";
            default -> "v".repeat(random.nextInt(1, 70));
        };
    }

    private String trim(List<String> command, String key) {
        if (random.nextBoolean()) {
            int length = random.nextInt(60);
            command.addAll(List.of("XTRIM", key, "MAXLEN", "" + length));
            return model.trimToLength(key, length);
        }
        int id = id();
        command.addAll(List.of("XTRIM", key, "MINID", "=", StreamModel.text(id)));
        return model.trimToId(key, id);
    }

    private String look(List<String> command, String key) {
        int count = random.nextInt(5);
        int from = id();
        int to = id();
        return switch (random.nextInt(4)) {
            case 0 -> {
                command.addAll(List.of("XLEN", key));
                yield model.length(key);
            }
            case 1 -> {
                command.addAll(List.of("XREAD", "COUNT", "" + count, "STREAMS", key));
                command.add(StreamModel.text(from));
                yield model.read(key, from, count);
            }
            case 2 -> {
                command.addAll(List.of("XRANGE", key));
                command.addAll(List.of(StreamModel.text(from), StreamModel.text(to)));
                if (count != 0) {
                    command.addAll(List.of("COUNT", "" + count));
                }
                yield model.range(key, from, to, count, false);
            }
            default -> {
                command.addAll(List.of("XREVRANGE", key));
                command.addAll(List.of(StreamModel.text(to), StreamModel.text(from)));
                if (count != 0) {
                    command.addAll(List.of("COUNT", "" + count));
                }
                yield model.range(key, from, to, count, true);
            }
        };
    }

    private String manage(List<String> command, String key, String group) {
        String consumer = name(6);
        int id = id();
        return switch (random.nextInt(4)) {
            case 0 -> {
                command.addAll(List.of("XGROUP", "SETID", key, group, StreamModel.text(id)));
                yield model.setId(key, group, id);
            }
            case 1 -> {
                command.addAll(List.of("XGROUP", "DELCONSUMER", key, group, consumer));
                yield model.dropConsumer(key, group, consumer);
            }
            case 2 -> {
                command.addAll(List.of("XINFO", "GROUPS", key));
                yield model.groups(key);
            }
            default -> {
                command.addAll(List.of("XGROUP", "DESTROY", key, group));
                yield model.destroy(key, group);
            }
        };
    }

    private String consume(List<String> command, String key, String group) {
        String consumer = name(6);
        int count = random.nextInt(8);
        int id = id();
        List<Integer> ids = ids();
        return switch (random.nextInt(8)) {
            case 0 -> {
                command.addAll(List.of("XREADGROUP", "GROUP", group, consumer));
                command.addAll(List.of("COUNT", "" + count, "STREAMS", key));
                command.add(StreamModel.text(id));
                yield model.readHistory(key, group, consumer, id, count);
            }
            case 1 -> {
                command.addAll(List.of("XACK", key, group));
                ids.forEach(one -> command.add(StreamModel.text(one)));
                yield model.acknowledge(key, group, ids);
            }
            case 2 -> {
                boolean force = random.nextBoolean();
                command.addAll(List.of("XCLAIM", key, group, consumer, "0"));
                ids.forEach(one -> command.add(StreamModel.text(one)));
                if (force) {
                    command.add("FORCE");
                }
                yield model.claim(key, group, consumer, ids, force);
            }
            case 3 -> {
                command.addAll(List.of("XAUTOCLAIM", key, group, consumer, "0"));
                command.addAll(List.of(StreamModel.text(id), "COUNT", "" + (count + 1)));
                yield model.claimAll(key, group, consumer, id, count + 1);
            }
            case 4 -> {
                command.addAll(List.of("XPENDING", key, group));
                yield model.summary(key, group);
            }
            case 5 -> {
                command.addAll(List.of("XPENDING", key, group, StreamModel.text(id), "+"));
                command.add("" + count);
                yield model.pending(key, group, null, id, Integer.MAX_VALUE, count);
            }
            default -> {
                boolean noAck = random.nextInt(5) == 0;
                command.addAll(List.of("XREADGROUP", "GROUP", group, consumer));
                if (noAck) {
                    command.add("NOACK");
                }
                command.addAll(List.of("COUNT", "" + count, "STREAMS", key, ">"));
                yield model.readNews(key, group, consumer, count, noAck);
            }
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.idmap.IdCursor;
import dev.sigrun.memory.idmap.IdMap;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.spi.Bytes;
import dev.sigrun.testkit.TextBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A walk shows a stream as it was when it began, whatever is done to it in between. */
final class StreamWalkTest {
    private static final long SEED = Long.getLong("sigrun.test.seed", 20_261_124);

    private static final String VALUE = "some value that fills the nodes up somewhat sooner ";

    private final Allocator allocator = new Allocator();
    private final StreamWalks walks = new StreamWalks();
    private final NodeLimits limits = new NodeLimits();
    private final Appender appender = new Appender(allocator, limits, walks);
    private final Eraser eraser = new Eraser(allocator, walks);
    private final Groups groups = new Groups(allocator, walks);
    private final PendingEntries pending = new PendingEntries(allocator, walks);
    private final StreamLife life = new StreamLife(allocator, walks);
    private final StreamId id = new StreamId();
    private SplittableRandom random;
    private long root = allocator.allocate(StreamRoot.BYTES);
    private long next = 1;

    StreamWalkTest() {
        StreamRoot.init(root);
    }

    private static SplittableRandom random(int run) {
        System.out.println("StreamWalkTest: -Dsigrun.test.seed=" + SEED);
        return new SplittableRandom(SEED + run);
    }

    @AfterEach
    void nothingIsLeft() {
        try (allocator) {
            life.free(root);
            allocator.free(root, StreamRoot.BYTES);
            assertEquals(0, allocator.usedBytes());
        }
    }

    /** A stream as text, whatever the order in which its nodes come. */
    private static final class Shown implements StreamVisitor {
        private final Map<String, String> nodes = new TreeMap<>();
        private final List<String> rest = new ArrayList<>();
        private long nodesToCome;

        private static String name(long address, int length) {
            return new String(LentName.read(address, length), StandardCharsets.ISO_8859_1);
        }

        @Override
        public void nodes(long count) {
            nodesToCome = count;
        }

        @Override
        public void node(long ms, long seq, long node) {
            byte[] bytes = new byte[(int) Listpack.bytes(node)];
            Memory.copy(node, bytes, 0, bytes.length);
            String before =
                    nodes.put(ms + "-" + seq, new String(bytes, StandardCharsets.ISO_8859_1));
            assertEquals(null, before, "a node comes twice");
            nodesToCome--;
        }

        @Override
        public void numbers(long at, int count) {
            assertEquals(0, nodesToCome);
            rest.add("length " + StreamRoot.length(at) + " added " + StreamRoot.added(at));
            rest.add("first " + StreamRoot.firstMs(at) + " last " + StreamRoot.lastMs(at));
            rest.add("deleted " + StreamRoot.deletedMs(at) + " groups " + count);
        }

        @Override
        public void group(
                long name, int nameLength, long lastMs, long lastSeq, long read, long count) {
            rest.add("group " + name(name, nameLength) + " " + lastMs + " " + read + " " + count);
        }

        @Override
        public void pending(long ms, long seq, long time, long count) {
            rest.add("pending " + ms + " " + time + " " + count);
        }

        @Override
        public void consumers(int count) {
            rest.add("consumers " + count);
        }

        @Override
        public void consumer(long name, int nameLength, long seen, long active, long count) {
            rest.add(
                    "consumer " + name(name, nameLength) + " " + seen + " " + active + " " + count);
        }

        @Override
        public void owned(long ms, long seq) {
            rest.add("owned " + ms);
        }

        String text() {
            return nodes + "\n" + String.join("\n", rest);
        }
    }

    /** The stream as it is, without any walk. */
    private String content() {
        Shown shown = new Shown();
        IdCursor ids = new IdCursor();
        shown.nodes(IdMap.size(StreamRoot.nodes(root)));
        for (boolean more = ids.first(StreamRoot.nodes(root)); more; more = ids.next()) {
            shown.node(ids.ms(), ids.seq(), ids.value());
        }
        shown.numbers(root, Groups.count(root));
        for (long group : groups()) {
            long map = Group.pending(group);
            shown.group(
                    Group.name(group),
                    Group.nameLength(group),
                    Group.lastMs(group),
                    Group.lastSeq(group),
                    Group.entriesRead(group),
                    IdMap.size(map));
            for (boolean more = ids.first(map); more; more = ids.next()) {
                long nack = ids.value();
                shown.pending(ids.ms(), ids.seq(), Nack.time(nack), Nack.count(nack));
            }
            shown.consumers(Groups.consumerCount(group));
            for (long one : consumers(group)) {
                shown.consumer(
                        Consumer.name(one),
                        Consumer.nameLength(one),
                        Consumer.seenMillis(one),
                        Consumer.activeMillis(one),
                        IdMap.size(Consumer.pending(one)));
                for (boolean more = ids.first(Consumer.pending(one)); more; more = ids.next()) {
                    shown.owned(ids.ms(), ids.seq());
                }
            }
        }
        return shown.text();
    }

    private List<Long> groups() {
        return all(new NameCursor().groups(root));
    }

    private static List<Long> consumers(long group) {
        return all(new NameCursor().consumers(group));
    }

    private static List<Long> all(NameCursor cursor) {
        List<Long> all = new ArrayList<>();
        for (long one = cursor.next(); one != 0; one = cursor.next()) {
            all.add(one);
        }
        return all;
    }

    private long some(List<Long> all) {
        return all.isEmpty() ? 0 : all.get(random.nextInt(all.size()));
    }

    // ---- changes ----

    private void add() {
        appender.entry(
                Fields.of(
                        random.nextInt(3) == 0 ? "other" : "field",
                        VALUE.repeat(random.nextInt(4))),
                0);
        assertTrue(appender.append(root, id.set(next, 0)));
        next += 1 + random.nextInt(2);
    }

    private void remove() {
        if (random.nextInt(60) == 0) {
            TrimRule rule = new TrimRule();
            rule.toLength(random.nextLong(StreamRoot.length(root) + 1));
            eraser.trim(root, rule);
            return;
        }
        boolean atEnd = random.nextBoolean();
        eraser.delete(root, id.set(atEnd ? next - 1 : 1 + random.nextLong(next), 0));
        eraser.refreshFirst(root);
    }

    private static Bytes name(String name) {
        return TextBytes.of(name);
    }

    private void changeGroups() {
        if (random.nextInt(10) > 0) {
            Bytes name = name("g".repeat(random.nextInt(3)) + random.nextInt(4));
            if (groups.find(root, name) == 0) {
                groups.create(root, name, id.set(random.nextLong(next), 0), random.nextLong(9));
            }
        } else {
            long group = some(groups());
            if (group != 0) {
                groups.drop(root, group);
            }
        }
    }

    private void changeConsumers(long group) {
        if (random.nextInt(5) > 0) {
            Bytes name = name("c" + random.nextInt(9));
            if (groups.findConsumer(group, name) == 0) {
                groups.createConsumer(group, name, random.nextLong(1000));
            }
        } else {
            long consumer = some(consumers(group));
            if (consumer != 0) {
                groups.dropConsumer(group, consumer);
            }
        }
    }

    private void changePending(long group) {
        long consumer = some(consumers(group));
        if (consumer == 0) {
            return;
        }
        id.set(random.nextLong(300), random.nextInt(2) - 1);
        long nack = PendingEntries.find(group, id);
        if (nack == 0) {
            pending.add(group, consumer, id, random.nextLong(1000), 1);
            groups.active(group, consumer, random.nextLong(1000));
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> pending.move(group, consumer, id, nack);
            case 1 -> pending.delivered(group, id, nack, random.nextLong(1000), 7);
            default -> assertTrue(pending.remove(group, id));
        }
    }

    private void change() {
        long group = some(groups());
        int choice = random.nextInt(100);
        if (choice < 30) {
            add();
        } else if (choice < 45) {
            remove();
        } else if (group == 0 || choice < 50) {
            changeGroups();
        } else if (choice < 58) {
            changeConsumers(group);
        } else if (choice < 62) {
            groups.advance(root, group, id.set(random.nextLong(next), 0));
        } else if (choice < 65) {
            groups.lastId(group, random.nextLong(next), 0);
            groups.entriesRead(group, random.nextLong(9));
        } else if (choice < 68) {
            long consumer = some(consumers(group));
            if (consumer != 0) {
                groups.seen(group, consumer, random.nextLong(1000));
            }
        } else {
            changePending(group);
        }
    }

    /** Nothing may depend on where the root is. */
    private void moveRoot() {
        long target = allocator.allocate(StreamRoot.BYTES);
        Memory.copy(root, target, StreamRoot.BYTES);
        allocator.free(root, StreamRoot.BYTES);
        root = target;
    }

    private StreamWalk walk(Shown shown) {
        return new StreamWalk(walks, () -> root, shown, allocator);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void aWalkShowsTheStreamAsItWasWhateverIsDoneMeanwhile(int run) {
        random = random(run);
        for (int round = 0; round < 12; round++) {
            for (int i = random.nextInt(600); i > 0; i--) {
                change();
            }
            String before = content();
            Shown first = new Shown();
            Shown other = new Shown();
            int changesMax = 1 + (1 << random.nextInt(8));
            try (StreamWalk walk = walk(first);
                    StreamWalk beside = walk(other)) {
                boolean more = true;
                boolean moreBeside = random.nextBoolean();
                boolean shownBeside = moreBeside;
                while (more || moreBeside) {
                    for (int i = random.nextInt(changesMax); i > 0; i--) {
                        change();
                    }
                    moveRoot();
                    more = more && walk.step();
                    moreBeside = moreBeside && beside.step();
                }
                assertEquals(before, first.text());
                assertEquals(shownBeside ? before : "", shownBeside ? other.text() : "");
            }
        }
    }

    @Test
    void aWalkThatIsGivenUpLeavesNothing() {
        random = random(0);
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < 100; i++) {
                change();
            }
            try (StreamWalk walk = walk(new Shown())) {
                for (int steps = random.nextInt(40); steps > 0 && walk.step(); steps--) {
                    for (int i = 0; i < 20; i++) {
                        change();
                    }
                }
            }
        }
        // What is left is looked for after each test.
    }

    @Test
    void aChangeThatFindsNoMemoryToBeKeptIsMadeAndEndsTheWalk() {
        random = random(0);
        long group = groups.create(root, name("g"), id.set(0, 0), 0);
        long consumer = groups.createConsumer(group, name("c"), 1);
        for (int i = 1; i < 200; i++) {
            pending.add(group, consumer, id.set(i, 0), 1, 1);
        }
        try (StreamWalk walk = walk(new Shown())) {
            allocator.ceilingBytes(0);
            assertTrue(pending.remove(group, id.set(100, 0)));
            allocator.ceilingBytes(Long.MAX_VALUE);
            assertEquals(0, PendingEntries.find(group, id));
            assertThrows(IllegalStateException.class, walk::step);
        }
    }

    @Test
    void noStepShowsMoreThanALittle() {
        random = random(0);
        for (int i = 0; i < 20_000; i++) {
            add();
        }
        long group = groups.create(root, name("g"), id.set(0, 0), 0);
        long consumer = groups.createConsumer(group, name("c"), 1);
        for (int i = 1; i < 5_000; i++) {
            pending.add(group, consumer, id.set(i, 0), 1, 1);
        }
        long nodes = IdMap.size(StreamRoot.nodes(root));
        int steps = 1;
        try (StreamWalk walk = walk(new Shown())) {
            while (walk.step()) {
                steps++;
            }
        }
        assertTrue(steps > nodes / 32 + 2 * 5_000 / 64, "steps: " + steps);
    }
}

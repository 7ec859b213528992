// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.quicklist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.Seed;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.memory.pack.Sought;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuicklistTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private final Allocator allocator = new Allocator();
    private final Quicklist lists = new Quicklist(allocator);
    private final ListCursor cursor = new ListCursor();
    private final Sought sought = new Sought();
    private final List<byte[]> model = new ArrayList<>();
    private long root = allocator.allocate(Quicklist.ROOT_BYTES);

    @AfterEach
    void close() {
        lists.free(root);
        allocator.free(root, Quicklist.ROOT_BYTES);
        assertEquals(0, allocator.usedBytes(), "blocks that nobody freed");
        allocator.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, -2, -1, 0, 1, 3, 40, 100_000})
    void behavesLikeAListUnderRandomEdits(int fill) {
        SplittableRandom random = SEED.random();
        lists.create(root);
        lists.fill(fill);
        for (int round = 0; round < 8; round++) {
            int lengthMax = random.nextInt(4) == 0 ? 9_000 : random.nextInt(1, 600);
            lists.compressDepth(random.nextInt(4));
            for (int step = 0; step < 150; step++) {
                edit(random, lengthMax);
                moveRoot();
            }
            ListCheck.assertSame(model, root, allocator);
            assertEquals(allocator.usedBytes() - Quicklist.ROOT_BYTES, lists.bytes(root));
        }
    }

    private void edit(SplittableRandom random, int lengthMax) {
        int at = model.isEmpty() ? 0 : random.nextInt(model.size());
        switch (model.isEmpty() ? random.nextInt(2) : random.nextInt(12)) {
            case 0 -> push(element(random, lengthMax), true);
            case 1, 2 -> push(element(random, lengthMax), false);
            case 3, 4 -> {
                byte[] element = element(random, lengthMax);
                assertTrue(cursor.open(root, at));
                with(element, address -> lists.insertAfter(root, cursor, address, element.length));
                model.add(at + 1, element);
            }
            case 5, 6 -> {
                byte[] element = element(random, lengthMax);
                assertTrue(cursor.open(root, at - model.size()));
                with(element, address -> lists.insertBefore(root, cursor, address, element.length));
                model.add(at, element);
            }
            case 7, 8 -> {
                byte[] element = element(random, lengthMax);
                assertTrue(cursor.open(root, at));
                with(element, address -> lists.replace(root, cursor, address, element.length));
                model.set(at, element);
            }
            case 9 -> {
                int count = random.nextInt(1, Math.min(12, model.size() - at) + 1);
                lists.delete(root, at, count);
                model.subList(at, at + count).clear();
            }
            case 10 -> {
                lists.popHead(root);
                model.removeFirst();
            }
            default -> {
                lists.popTail(root);
                model.removeLast();
            }
        }
        assertEquals(model.size(), lists.count(root));
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, -1, 1, 3, 40})
    void aWalkShowsTheListAsItWasWhateverIsDoneMeanwhile(int fill) {
        SplittableRandom random = SEED.random();
        lists.create(root);
        lists.fill(fill);
        for (int round = 0; round < 15; round++) {
            int lengthMax = random.nextInt(4) == 0 ? 9_000 : random.nextInt(1, 600);
            lists.compressDepth(random.nextInt(4));
            for (int step = 0; step < 60; step++) {
                edit(random, lengthMax);
            }
            List<byte[]> before = List.copyOf(model);
            List<byte[]> shown = new ArrayList<>();
            int editsMax = 1 + (1 << random.nextInt(5));
            try (ListWalk walk = new ListWalk(lists, () -> root, new Shown(shown, allocator))) {
                boolean more = true;
                while (more) {
                    for (int edits = random.nextInt(editsMax); edits > 0; edits--) {
                        editOrSeek(random, lengthMax);
                        moveRoot();
                    }
                    more = walk.step();
                }
            }
            assertEquals(before.size(), shown.size());
            for (int i = 0; i < before.size(); i++) {
                assertArrayEquals(before.get(i), shown.get(i), "element " + i);
            }
        }
    }

    private void editOrSeek(SplittableRandom random, int lengthMax) {
        if (model.isEmpty() || random.nextInt(8) > 0) {
            edit(random, lengthMax);
            return;
        }
        byte[] element = model.get(random.nextInt(model.size()));
        int max = random.nextInt(1, 4);
        boolean fromTail = random.nextBoolean();
        removeFromModel(element, max, fromTail);
        with(
                element,
                address ->
                        lists.removeAll(root, sought.wrap(address, element.length), max, fromTail));
    }

    /** Keeps the elements of nodes that it is shown. */
    private record Shown(List<byte[]> elements, Allocator allocator) implements ListWalk.Visitor {
        @Override
        public void visit(boolean plain, long address, long bytes) {
            if (plain) {
                byte[] element = new byte[(int) bytes];
                Memory.copy(address, element, 0, element.length);
                elements.add(element);
                return;
            }
            assertEquals(Listpack.bytes(address), bytes);
            for (long at = Listpack.first(address); at != 0; at = Listpack.next(at)) {
                int length = Listpack.contentLength(at);
                long block = allocator.allocate(Math.max(1, length));
                Listpack.writeContent(at, block);
                byte[] element = new byte[length];
                Memory.copy(block, element, 0, length);
                allocator.free(block, Math.max(1, length));
                elements.add(element);
            }
        }

        @Override
        public void visit(boolean plain, byte[] content) {
            long block = allocator.allocate(Math.max(1, content.length));
            Memory.copy(content, 0, block, content.length);
            visit(plain, block, content.length);
            allocator.free(block, Math.max(1, content.length));
        }
    }

    /** Now and then a few kinds of element, so that some occur several times. */
    private static byte[] element(SplittableRandom random, int lengthMax) {
        if (random.nextInt(4) == 0) {
            long value = random.nextLong() >> random.nextInt(64);
            return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
        }
        byte[] element = new byte[random.nextInt(lengthMax + 1)];
        if (random.nextBoolean()) {
            random.nextBytes(element);
        } else {
            Arrays.fill(element, (byte) random.nextInt(3));
        }
        return element;
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 5})
    void removesAllThatIsSoughtFromEitherEnd(int fill) {
        SplittableRandom random = SEED.random();
        lists.fill(fill);
        for (int round = 0; round < 20; round++) {
            lists.compressDepth(round % 3);
            lists.create(root);
            model.clear();
            for (int count = random.nextInt(1, 400); count > 0; count--) {
                push(kind(random), false);
            }
            byte[] element = kind(random);
            int max = random.nextBoolean() ? random.nextInt(1, 60) : Integer.MAX_VALUE;
            boolean fromTail = random.nextBoolean();
            long expected = removeFromModel(element, max, fromTail);
            with(
                    element,
                    address -> {
                        sought.wrap(address, element.length);
                        assertEquals(expected, lists.removeAll(root, sought, max, fromTail));
                    });
            ListCheck.assertSame(model, root, allocator);
            lists.free(root);
        }
    }

    private static byte[] kind(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> new byte[9_000];
            case 1 -> new byte[] {'7'};
            case 2 -> new byte[] {'1', '2', '3', '4', '5'};
            case 3 -> new byte[300];
            default -> new byte[0];
        };
    }

    private long removeFromModel(byte[] element, int max, boolean fromTail) {
        long gone = 0;
        List<byte[]> view = fromTail ? model.reversed() : model;
        for (int at = 0; at < view.size() && gone < max; ) {
            if (Arrays.equals(view.get(at), element)) {
                view.remove(at);
                gone++;
            } else {
                at++;
            }
        }
        return gone;
    }

    @Test
    void everyIndexIsFoundFromBothEnds() {
        lists.create(root);
        lists.fill(3);
        for (int value = 0; value < 100; value++) {
            push(Integer.toString(value).getBytes(StandardCharsets.US_ASCII), false);
        }
        for (int index = 0; index < 100; index++) {
            assertTrue(cursor.open(root, index));
            assertEquals(index, cursor.integer());
            assertTrue(cursor.open(root, index - 100));
            assertEquals(index, cursor.integer());
        }
        assertFalse(cursor.open(root, 100));
        assertFalse(cursor.open(root, -101));
    }

    @Test
    void aCopyIsIndependent() {
        lists.create(root);
        SplittableRandom random = SEED.random();
        for (int count = 0; count < 300; count++) {
            push(element(random, random.nextInt(10) == 0 ? 9_000 : 100), random.nextBoolean());
        }
        long copy = allocator.allocate(Quicklist.ROOT_BYTES);
        lists.copy(root, copy);
        ListCheck.assertSame(model, copy, allocator);
        lists.free(root);
        ListCheck.assertSame(model, copy, allocator);
        lists.free(copy);
        allocator.free(copy, Quicklist.ROOT_BYTES);
    }

    @Test
    void aQueueKeepsItsRoom() {
        lists.create(root);
        for (int count = 0; count < 30; count++) {
            push(new byte[30], false);
        }
        final long bytes = lists.bytes(root);
        for (int turn = 0; turn < 500; turn++) {
            push(new byte[30], false);
            lists.popHead(root);
            model.removeFirst();
            assertEquals(bytes, lists.bytes(root));
        }
        ListCheck.assertSame(model, root, allocator);
    }

    @ParameterizedTest
    @ValueSource(ints = {110_000, 230_000})
    void aNodeOfOneVeryLargeEntryCanShrinkAndGrow(int largest) {
        // A packed node that is larger than any node made here comes from files alone.
        byte[] large = new byte[largest];
        long room = large.length + 20L;
        long made = allocator.allocate(room);
        Listpack.create(made);
        with(large, address -> Listpack.append(made, address, large.length));
        lists.create(root);
        lists.fill(-5);
        lists.appendListpack(root, made);
        allocator.free(made, room);
        model.add(large);
        ListCheck.assertSame(model, root, allocator);
        for (int length : new int[] {60_000, 300, 65_000}) {
            byte[] element = new byte[length];
            assertTrue(cursor.open(root, 0));
            with(element, address -> lists.replace(root, cursor, address, length));
            model.set(0, element);
            push(new byte[400], true);
            push(new byte[40], false);
            ListCheck.assertSame(model, root, allocator);
            lists.popHead(root);
            model.removeFirst();
            lists.popTail(root);
            model.removeLast();
            ListCheck.assertSame(model, root, allocator);
        }
    }

    @Test
    void freesStepByStep() {
        lists.create(root);
        lists.fill(1);
        for (int count = 0; count < 10; count++) {
            push(new byte[20], false);
        }
        assertFalse(lists.freeSome(root, 4));
        assertEquals(6, lists.nodes(root));
        assertFalse(lists.freeSome(root, 0));
        assertTrue(lists.freeSome(root, 6));
        assertEquals(0, lists.bytes(root));
    }

    @Test
    void sixteenBytesCostLittleMore() {
        lists.create(root);
        long before = allocator.usedBytes();
        int count = 100_000;
        long element = allocator.allocate(16);
        Memory.set(element, 16, (byte) 'x');
        for (int index = 0; index < count; index++) {
            if (index % 2 == 0) {
                lists.pushTail(root, element, 16);
            } else {
                lists.pushHead(root, element, 16);
            }
        }
        double each = (double) (allocator.usedBytes() - before - 16) / count;
        assertTrue(each < 18.2, "bytes per element: " + each);
        allocator.free(element, 16);
    }

    private void push(byte[] element, boolean head) {
        with(
                element,
                address -> {
                    if (head) {
                        lists.pushHead(root, address, element.length);
                        model.addFirst(element);
                    } else {
                        lists.pushTail(root, address, element.length);
                        model.addLast(element);
                    }
                });
    }

    /** Nothing may depend on where the root is. */
    private void moveRoot() {
        long target = allocator.allocate(Quicklist.ROOT_BYTES);
        Memory.copy(root, target, Quicklist.ROOT_BYTES);
        allocator.free(root, Quicklist.ROOT_BYTES);
        root = target;
    }

    private void with(byte[] element, LongConsumer use) {
        long address = allocator.allocate(Math.max(1, element.length));
        Memory.copy(element, 0, address, element.length);
        use.accept(address);
        allocator.free(address, Math.max(1, element.length));
    }
}

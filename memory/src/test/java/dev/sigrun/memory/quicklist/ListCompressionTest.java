// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.quicklist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.Seed;
import dev.sigrun.memory.lzf.LzfCompressor;
import dev.sigrun.memory.pack.Sought;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListCompressionTest {
    private static final int ELEMENT_BYTES_MAX = 3 << 20;

    @RegisterExtension static final Seed SEED = new Seed();

    private final Allocator allocator = new Allocator();
    private final Quicklist lists = new Quicklist(allocator);
    private final ListCursor cursor = new ListCursor();
    private final List<byte[]> model = new ArrayList<>();
    private final long root = allocator.allocate(Quicklist.ROOT_BYTES);
    private final long content = allocator.allocate(ELEMENT_BYTES_MAX);

    @BeforeEach
    void begin() {
        lists.create(root);
    }

    @AfterEach
    void close() {
        lists.free(root);
        allocator.free(root, Quicklist.ROOT_BYTES);
        allocator.free(content, ELEMENT_BYTES_MAX);
        assertEquals(0, allocator.usedBytes(), "blocks that nobody freed");
        allocator.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void justWhatIsDeepIsCompressedAfterEveryEdit(int depth) {
        SplittableRandom random = SEED.random();
        lists.fill(4);
        lists.compressDepth(depth);
        for (int step = 0; step < 600; step++) {
            edit(random);
            assertPlaces(depth);
        }
        ListCheck.assertSame(model, root, allocator);
    }

    @Test
    void allNodesThatALargeElementPushesAwayFromTheEndAreCompressed() {
        lists.fill(4);
        lists.compressDepth(2);
        fillWithText(4 * 8);
        byte[] large = new byte[9_000];
        assertTrue(cursor.open(root, -2));
        lists.insertBefore(root, cursor, hold(large), large.length);
        model.add(model.size() - 2, large);
        assertEquals(10, lists.nodes(root));
        assertPlaces(2);
    }

    /** Twice as many elements come as go. */
    private void edit(SplittableRandom random) {
        int at = model.isEmpty() ? 0 : random.nextInt(model.size());
        switch (model.isEmpty() ? 0 : random.nextInt(10)) {
            case 0, 1 -> push(text(random), false);
            case 2 -> push(text(random), true);
            case 3, 4 -> {
                byte[] element = text(random);
                assertTrue(cursor.open(root, at));
                lists.insertBefore(root, cursor, hold(element), element.length);
                model.add(at, element);
            }
            case 5 -> {
                byte[] element = text(random);
                assertTrue(cursor.open(root, at));
                lists.insertAfter(root, cursor, hold(element), element.length);
                model.add(at + 1, element);
            }
            case 6 -> {
                byte[] element = text(random);
                assertTrue(cursor.open(root, at));
                lists.replace(root, cursor, hold(element), element.length);
                model.set(at, element);
            }
            case 7 -> {
                int count = Math.min(1 + random.nextInt(3), model.size() - at);
                lists.delete(root, at, count);
                model.subList(at, at + count).clear();
            }
            case 8 -> {
                byte[] element = model.get(at);
                Sought sought = new Sought().wrap(hold(element), element.length);
                assertEquals(1, lists.removeAll(root, sought, 1, false));
                model.remove(firstOf(element));
            }
            default -> {
                lists.popHead(root);
                model.removeFirst();
            }
        }
    }

    private int firstOf(byte[] element) {
        int at = 0;
        while (!Arrays.equals(model.get(at), element)) {
            at++;
        }
        return at;
    }

    private void assertPlaces(int depth) {
        long index = 0;
        long nodes = Root.nodes(root);
        for (long node = Root.head(root); node != 0; node = Node.next(node)) {
            boolean deep = index >= depth && index < nodes - depth;
            assertEquals(
                    deep && gains(node), Node.isCompressed(node), "node " + index + " of " + nodes);
            index++;
        }
    }

    private static boolean gains(long node) {
        int bytes = (int) Node.bytes(node);
        long at = new Expanded().content(node);
        return bytes >= 48
                && new LzfCompressor().compress(at, bytes, new byte[bytes], 0, bytes - 9) > 0;
    }

    @Test
    void textTakesMuchLessAndIsReadAsItWas() {
        fillWithText(10_000);
        long plain = lists.bytes(root);
        lists.free(root);
        model.clear();
        lists.compressDepth(1);
        fillWithText(10_000);
        assertTrue(lists.bytes(root) < plain / 2, lists.bytes(root) + " of " + plain);
        ListCheck.assertSame(model, root, allocator);
    }

    @Test
    void nothingIsDoneToWhatIsNotWorthIt() {
        lists.compressDepth(1);
        lists.fill(1);
        byte[] noise = new byte[1000];
        SEED.random().nextBytes(noise);
        for (int i = 0; i < 5; i++) {
            push(noise, false);
        }
        push("too short".getBytes(StandardCharsets.US_ASCII), false);
        push(new byte[(1 << 20) + 1], false);
        push(noise, false);
        assertEquals(0, compressedNodes());
        push(new byte[1 << 20], false);
        push(noise, false);
        assertEquals(1, compressedNodes(), "of a large element");
        ListCheck.assertSame(model, root, allocator);
    }

    @Test
    void endsAreExpandedEvenWhenCompressionHasBeenSwitchedOff() {
        lists.compressDepth(1);
        fillWithText(5_000);
        assertTrue(compressedNodes() > 0);
        lists.compressDepth(0);
        while (!model.isEmpty()) {
            lists.popTail(root);
            model.removeLast();
            if (!model.isEmpty()) {
                assertFalse(Node.isCompressed(Root.tail(root)));
            }
        }
    }

    @Test
    void aCopyIsCompressedAsWell() {
        lists.compressDepth(1);
        fillWithText(5_000);
        long copy = allocator.allocate(Quicklist.ROOT_BYTES);
        lists.copy(root, copy);
        assertEquals(lists.nodes(root), lists.nodes(copy));
        lists.free(root);
        ListCheck.assertSame(model, copy, allocator);
        assertTrue(lists.bytes(copy) < 200_000);
        lists.free(copy);
        allocator.free(copy, Quicklist.ROOT_BYTES);
    }

    private long compressedNodes() {
        long count = 0;
        for (long node = Root.head(root); node != 0; node = Node.next(node)) {
            count += Node.isCompressed(node) ? 1 : 0;
        }
        return count;
    }

    private void fillWithText(int count) {
        for (int i = 0; i < count; i++) {
            push(("one line of many, number " + i).getBytes(StandardCharsets.US_ASCII), false);
        }
    }

    private static byte[] text(SplittableRandom random) {
        int length = random.nextInt(20) == 0 ? 9_000 : random.nextInt(60);
        byte[] text = new byte[length];
        Arrays.fill(text, (byte) ('a' + random.nextInt(2)));
        return text;
    }

    private void push(byte[] element, boolean head) {
        if (head) {
            lists.pushHead(root, hold(element), element.length);
            model.addFirst(element);
        } else {
            lists.pushTail(root, hold(element), element.length);
            model.addLast(element);
        }
    }

    private long hold(byte[] element) {
        Memory.copy(element, 0, content, element.length);
        return content;
    }
}

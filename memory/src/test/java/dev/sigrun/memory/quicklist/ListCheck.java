// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.quicklist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.memory.pack.Listpack;
import java.util.List;

/** Compares a list with a model, and looks at everything that must always hold inside. */
final class ListCheck {
    private ListCheck() {}

    static void assertSame(List<byte[]> model, long root, Allocator allocator) {
        assertSound(root);
        assertEquals(model.size(), Root.count(root));
        long scratch = allocator.allocate(Decimal.BYTES_MAX);
        ListCursor cursor = new ListCursor();
        boolean there = cursor.open(root, 0);
        for (byte[] element : model) {
            assertTrue(there);
            assertHolds(element, cursor, scratch);
            there = cursor.next();
        }
        assertFalse(there);
        there = cursor.open(root, -1);
        for (byte[] element : model.reversed()) {
            assertTrue(there);
            assertHolds(element, cursor, scratch);
            there = cursor.previous();
        }
        assertFalse(there);
        allocator.free(scratch, Decimal.BYTES_MAX);
    }

    static void assertHolds(byte[] element, ListCursor cursor, long scratch) {
        byte[] content = new byte[cursor.contentLength()];
        Memory.copy(cursor.contentAddress(scratch), content, 0, content.length);
        assertArrayEquals(element, content);
    }

    static void assertSound(long root) {
        long count = 0;
        long nodes = 0;
        long held = 0;
        long previous = 0;
        for (long node = Root.head(root); node != 0; node = Node.next(node)) {
            assertEquals(previous, Node.previous(node));
            if (Node.isCompressed(node)) {
                assertCompressedSound(root, node);
            } else if (!Node.isPlain(node)) {
                assertPackedSound(root, node);
            }
            count += Node.count(node);
            nodes++;
            held += Node.held(node);
            previous = node;
        }
        assertEquals(previous, Root.tail(root));
        assertEquals(count, Root.count(root));
        assertEquals(nodes, Root.nodes(root));
        assertEquals(held, Root.held(root));
    }

    private static void assertCompressedSound(long root, long node) {
        assertTrue(node != Root.head(root) && node != Root.tail(root));
        assertTrue(Node.room(node) < Node.bytes(node));
        if (!Node.isPlain(node)) {
            long lp = new Expanded().content(node);
            assertTrue(Listpack.validate(lp, Node.bytes(node), true));
            assertEquals(Listpack.count(lp), Node.count(node));
        }
    }

    private static void assertPackedSound(long root, long node) {
        long lp = Node.listpack(node);
        long bytes = Listpack.bytes(lp);
        assertTrue(Listpack.validate(lp, bytes, true));
        assertTrue(Node.gap(node) + bytes <= Node.room(node));
        assertEquals(Listpack.count(lp), Node.count(node));
        assertTrue(Node.count(node) == 1 || bytes <= Fill.LARGEST);
        if (node != Root.head(root) && node != Root.tail(root)) {
            assertEquals(bytes, Node.room(node));
        }
    }
}

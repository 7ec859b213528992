// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.quicklist;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.SteppedWalk;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Shows every node that a list has when the walk begins, as it is then, in order and in steps
 * between which the list may change. Owner thread only.
 *
 * <p>Before a node is changed, unlinked or gets another neighbour behind it, its content and the
 * address of the next one are copied, once. The walk follows these where there are some, so it only
 * ever comes to nodes of the list as it was; that an address belongs to another node by now does
 * not matter then, since the one before it was copied before it went.
 */
public final class ListWalk implements SteppedWalk {
    /** Takes the content of nodes. */
    public interface Visitor {
        /**
         * A node.
         *
         * @param plain whether it is one large element and no listpack
         * @param address where its content is
         */
        void visit(boolean plain, long address, long bytes);

        /** A node that was copied to the heap. */
        void visit(boolean plain, byte[] content);
    }

    /** Stands for a node that was made after the walk began, which the walk never comes to. */
    private static final Kept FRESH = new Kept(0, false, null);

    private final Nodes nodes;
    private final LongSupplier root;
    private final Visitor visitor;
    private final Map<Long, Kept> kept = new HashMap<>();
    private final long count;
    private long next;
    private boolean closed;

    @SuppressWarnings("ArrayRecordComponent") // It is handed on and never compared.
    private record Kept(long next, boolean plain, byte[] content) {}

    /**
     * Begins a walk, of which there may be several at a time.
     *
     * @param root says where the list's root stands now
     */
    public ListWalk(Quicklist lists, LongSupplier root, Visitor visitor) {
        this.nodes = lists.nodes();
        this.root = root;
        this.visitor = visitor;
        next = Root.head(root.getAsLong());
        count = Root.nodes(root.getAsLong());
        nodes.walks().begin(this);
    }

    /** Number of nodes that are shown. */
    public long count() {
        return count;
    }

    /**
     * Shows the next node.
     *
     * @return whether there are more
     */
    @Override
    public boolean step() {
        if (next != 0) {
            long node = next;
            Kept copy = kept.remove(node);
            if (copy == null) {
                next = Node.next(node);
                visitor.visit(Node.isPlain(node), nodes.content(node), Node.bytes(node));
            } else {
                next = copy.next();
                visitor.visit(copy.plain(), copy.content());
            }
        }
        return next != 0;
    }

    void finish() {
        while (step()) {
            // Each step takes one node, and there are only so many.
        }
    }

    @Override
    public boolean isOf(long changedRoot) {
        return !closed && next != 0 && root.getAsLong() == changedRoot;
    }

    /** A node is about to change or to go. */
    void beforeChange(long node) {
        if (!kept.containsKey(node)) {
            byte[] content = new byte[(int) Node.bytes(node)];
            Memory.copy(nodes.content(node), content, 0, content.length);
            kept.put(node, new Kept(Node.next(node), Node.isPlain(node), content));
        }
    }

    /** A node has been made. */
    void made(long node) {
        kept.putIfAbsent(node, FRESH);
    }

    /** Ends the walk; the list goes on without it. */
    @Override
    public void close() {
        closed = true;
        kept.clear();
        nodes.walks().end(this);
    }
}

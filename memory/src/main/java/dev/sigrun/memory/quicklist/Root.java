// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.quicklist;

import dev.sigrun.memory.Memory;

/** Owner thread only. The parts of a list's root, wherever its owner keeps it. */
final class Root {
    static final int BYTES = 40;

    private static final int HEAD = 0;
    private static final int TAIL = 8;
    private static final int COUNT = 16;
    private static final int NODES = 24;
    private static final int HELD = 32;

    private Root() {}

    static void create(long root) {
        for (int at = 0; at < BYTES; at += Long.BYTES) {
            Memory.putLong(root + at, 0);
        }
    }

    static long head(long root) {
        return Memory.getLong(root + HEAD);
    }

    static void head(long root, long node) {
        Memory.putLong(root + HEAD, node);
    }

    static long tail(long root) {
        return Memory.getLong(root + TAIL);
    }

    static void tail(long root, long node) {
        Memory.putLong(root + TAIL, node);
    }

    static long count(long root) {
        return Memory.getLong(root + COUNT);
    }

    static void addCount(long root, long more) {
        Memory.putLong(root + COUNT, count(root) + more);
    }

    static long nodes(long root) {
        return Memory.getLong(root + NODES);
    }

    static void addNodes(long root, long more) {
        Memory.putLong(root + NODES, nodes(root) + more);
    }

    /** Bytes that all blocks really take. */
    static long held(long root) {
        return Memory.getLong(root + HELD);
    }

    static void addHeld(long root, long more) {
        Memory.putLong(root + HELD, held(root) + more);
    }
}

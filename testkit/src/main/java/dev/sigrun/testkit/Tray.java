// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import java.util.ArrayDeque;

/** Items in the order in which they came, on the heap. Owner thread only. */
final class Tray {
    /** The items, the oldest first. */
    final ArrayDeque<byte[]> items = new ArrayDeque<>();

    /** How many were ever put here. */
    long total;

    void put(byte[] item) {
        items.addLast(item);
        total++;
    }
}

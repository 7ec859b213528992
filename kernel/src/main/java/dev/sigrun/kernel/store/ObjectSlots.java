// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import java.util.Arrays;

/**
 * The heap objects that stand for plugins' values. An entry carries the number of a slot here,
 * since memory off the heap cannot hold a reference. Owner thread only.
 */
final class ObjectSlots {
    private static final int SLOTS_FIRST = 64;

    private Object[] values = new Object[SLOTS_FIRST];
    private int[] nextFree = new int[SLOTS_FIRST];
    private int firstFree = -1;
    private int used;

    int add(Object value) {
        int slot = firstFree;
        if (slot >= 0) {
            firstFree = nextFree[slot];
        } else {
            slot = used++;
            if (slot == values.length) {
                values = Arrays.copyOf(values, slot * 2);
                nextFree = Arrays.copyOf(nextFree, slot * 2);
            }
        }
        values[slot] = value;
        return slot;
    }

    Object get(int slot) {
        return values[slot];
    }

    Object remove(int slot) {
        Object value = values[slot];
        values[slot] = null;
        nextFree[slot] = firstFree;
        firstFree = slot;
        return value;
    }
}

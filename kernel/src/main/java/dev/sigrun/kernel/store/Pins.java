// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import java.util.HashMap;
import java.util.Map;

/**
 * Blocks of long strings that somebody else reads meanwhile. Whoever wants to change one changes a
 * copy, and whoever frees one leaves it to the last reader. Owner thread only; the readers' threads
 * see nothing but the block.
 */
final class Pins {
    private final Store store;
    private final Map<Long, Pin> pins = new HashMap<>();

    /** What is known of a block. */
    private static final class Pin {
        private int readers;
        private int orphanBytes;
    }

    Pins(Store store) {
        this.store = store;
    }

    /** The block is read from now on. */
    void pin(long block) {
        pins.computeIfAbsent(block, absent -> new Pin()).readers++;
    }

    /** One reader less. */
    void release(long block) {
        Pin pin = pins.get(block);
        pin.readers--;
        if (pin.readers == 0) {
            pins.remove(block);
            if (pin.orphanBytes > 0) {
                store.allocator().free(block, pin.orphanBytes);
            }
        }
    }

    /** Whether a block is being read. */
    boolean isPinned(long block) {
        return !pins.isEmpty() && pins.containsKey(block);
    }

    /** Frees a block, now or when nobody reads it any more. */
    void free(long block, int bytes) {
        Pin pin = pins.isEmpty() ? null : pins.get(block);
        if (pin == null) {
            store.allocator().free(block, bytes);
        } else {
            pin.orphanBytes = bytes;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.memory.EntryVisitor;

/** Collects the first few volatile entries that a scan shows. Owner thread only. */
final class VolatileSample implements EntryVisitor {
    private final long[] entries;
    private final int wanted;
    private int count;

    VolatileSample(long[] entries, int wanted) {
        this.entries = entries;
        this.wanted = wanted;
    }

    @Override
    public void visit(long entry) {
        if (count < wanted && Entry.hasExpiry(entry)) {
            entries[count++] = entry;
        }
    }

    boolean isFull() {
        return count == wanted;
    }

    int count() {
        return count;
    }
}

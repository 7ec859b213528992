// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.memory.EntryVisitor;
import dev.sigrun.memory.Table;
import java.util.ArrayDeque;

/**
 * Frees large values and whole tables in slices between commands. The allocator belongs to the
 * owner, so the slices run there too; each is bounded in time. Owner thread only.
 */
final class LazyFree {
    /** Entries or steps between two looks at the clock. */
    private static final int STEPS = 32;

    private final Store store;
    private final Clock clock;
    private final EntryVisitor freeEntry;
    private final ArrayDeque<Table> tables = new ArrayDeque<>();
    private final ArrayDeque<Pending> values = new ArrayDeque<>();

    LazyFree(Store store, Clock clock, EntryVisitor freeEntry) {
        this.store = store;
        this.clock = clock;
        this.freeEntry = freeEntry;
    }

    void add(Table table) {
        store.stats().lazyfreePending += table.size();
        tables.add(table);
    }

    void add(StoredType type, Object value) {
        store.stats().lazyfreePending++;
        values.add(new Pending(type, value));
    }

    boolean isIdle() {
        return tables.isEmpty() && values.isEmpty();
    }

    /** Works for about the given time. */
    void run(long nanosMax) {
        long end = clock.nanos() + nanosMax;
        while (!isIdle()) {
            Pending pending = values.peek();
            if (pending != null) {
                freeSome(pending);
            } else {
                drainSome();
            }
            if (clock.nanos() - end >= 0) {
                return;
            }
        }
    }

    private void freeSome(Pending pending) {
        StoredType type = pending.type;
        if (type.type().freeSome(store.context(type), pending.value, STEPS)) {
            values.remove();
            if (pending.value instanceof LooseCell cell) {
                cell.release();
            }
            type.freed();
            done(1);
        }
    }

    private void drainSome() {
        Table table = tables.peek();
        long before = table.size();
        if (table.drain(freeEntry, STEPS)) {
            tables.remove();
        }
        done(before - table.size());
    }

    private void done(long objects) {
        store.stats().lazyfreePending -= objects;
        store.stats().lazyfreedObjects += objects;
    }

    private record Pending(StoredType type, Object value) {}
}

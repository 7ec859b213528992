// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Frees what entries hold outside of themselves: at once, step by step when that takes long, or
 * when the last one has read it who still does. Owner thread only.
 */
final class Freeing {
    /** A plugin's value that takes at least this many steps to free is freed in the background. */
    private static final long EFFORT_MAX = 64;

    private final Store store;
    private final Allocator allocator;
    private final LazyFree later;
    private final Pins pins;
    private final List<WalkedValue> walked = new ArrayList<>();
    private final LooseCell departing;

    Freeing(Store store, Clock clock) {
        this.store = store;
        this.allocator = store.allocator();
        this.later = new LazyFree(store, clock, this::detached);
        this.pins = new Pins(store);
        this.departing = new LooseCell(allocator);
    }

    /** What is freed step by step. */
    LazyFree later() {
        return later;
    }

    /** Blocks of strings that others read. */
    Pins pins() {
        return pins;
    }

    // ---- values that are being encoded in steps ----

    void begin(WalkedValue value) {
        walked.add(value);
    }

    void end(WalkedValue value) {
        walked.remove(value);
    }

    private WalkedValue walkedAt(long entry) {
        for (int i = 0; i < walked.size(); i++) {
            if (walked.get(i).isAt(entry)) {
                return walked.get(i);
            }
        }
        return null;
    }

    /** An entry stands elsewhere, with its value, or the bytes of its value do. */
    void moved(long old, long fresh) {
        if (!walked.isEmpty()) {
            WalkedValue value = walkedAt(old);
            if (value != null) {
                value.moved(fresh);
            }
        }
    }

    // ---- freeing ----

    /** Frees what an entry's value holds outside of the entry. */
    void value(long entry, boolean background) {
        int kind = Entry.kind(entry);
        if (kind == Entry.EXTERNAL) {
            long value = Entry.valueAddress(entry);
            pins.free(Memory.getLong(value), Memory.getInt(value + 12));
        } else if (kind == Entry.OBJECT) {
            StoredType type = store.types().at(Entry.objectType(entry));
            object(type, store.objects().remove(Entry.objectSlot(entry)), background);
        } else if (Entry.isEmbedded(kind)) {
            embedded(entry, background);
            EmbeddedValues.freeBlock(allocator, entry);
        }
    }

    private void embedded(long entry, boolean background) {
        WalkedValue walk = walked.isEmpty() ? null : walkedAt(entry);
        if (walk != null) {
            walk.depart();
            return;
        }
        StoredType type = store.types().at(Entry.embeddedType(entry));
        StoreValueContext context = store.context(type);
        LooseCell cell = departing.over(Entry.cellAddress(entry), Entry.cellLength(entry));
        if (background && type.type().freeEffort(context, cell) >= EFFORT_MAX) {
            // The entry goes now; what hangs on the value goes step by step, from a copy of it.
            LooseCell kept = new LooseCell(allocator).begin(cell.length());
            Memory.copy(cell.address(), kept.address(), cell.length());
            later.add(type, kept);
        } else {
            type.type().free(context, cell);
            type.freed();
        }
        cell.release();
    }

    /** Frees a heap object that is no key's any more. */
    void object(StoredType type, Object value, boolean background) {
        StoreValueContext context = store.context(type);
        if (background && type.type().freeEffort(context, value) >= EFFORT_MAX) {
            later.add(type, value);
        } else {
            type.type().free(context, value);
            type.freed();
        }
    }

    /** Frees an entry whose table is being drained. */
    private void detached(long entry) {
        value(entry, false);
        allocator.free(entry, Entry.size(entry));
    }

    /** Frees the entries of a table that is no database's any more, step by step. */
    void table(Table table) {
        later.add(table);
    }
}

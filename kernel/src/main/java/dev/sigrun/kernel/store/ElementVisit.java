// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.ElementExpiry;

/** A visit of the active expiry to a value with elements that expire. Owner thread only. */
final class ElementVisit implements ElementExpiry {
    private final Store store;
    private final StoredKey key;
    private final Slice keyName = new Slice();
    private int elementsMax;

    ElementVisit(Store store) {
        this.store = store;
        this.key = new StoredKey(store);
    }

    /**
     * Lets the value's type remove what is past its time.
     *
     * @return number of elements that were removed
     */
    int run(Database db, long entry, int most) {
        // The name must outlive the entry, which goes when nothing is left of the value.
        int nameLength = Entry.keyLength(entry);
        long name = store.allocator().allocate(Math.max(1, nameLength));
        try {
            Memory.copy(Entry.keyAddress(entry), name, nameLength);
            return run(db, entry, keyName.wrap(name, nameLength), most);
        } finally {
            key.expireLoans();
            store.allocator().free(name, Math.max(1, nameLength));
        }
    }

    private int run(Database db, long entry, Slice name, int most) {
        long hash = store.hash(name.address(), name.length());
        key.openFound(db, hash, name, Access.WRITE | Access.NO_TOUCH | Access.NO_STATS, entry);
        elementsMax = most;
        StoredType type = key.typeAt(entry);
        Object value = key.valueAt(entry);
        int removed =
                type.type().expireElements(store.context(type, key.name, db.index()), value, this);
        store.stats().expiredFields += removed;
        return removed;
    }

    @Override
    public Key key() {
        return key;
    }

    @Override
    public long nowMillis() {
        return store.nowMillis();
    }

    @Override
    public int elementsMax() {
        return elementsMax;
    }

    @Override
    public CommandEmitter effect() {
        return store.listener().effect(key.dbIndex(), key.name());
    }
}

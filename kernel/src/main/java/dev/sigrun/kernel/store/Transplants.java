// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Check;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;

/**
 * Values that come from one key to another. The new place is taken before anything old is left, so
 * that want of memory, or a type that cannot be copied, loses nothing. Owner thread only.
 */
final class Transplants {
    private Transplants() {}

    static void move(StoredKey from, StoredKey to) {
        Store store = from.store;
        from.mayChange();
        to.mayChange();
        long old = from.entry();
        Check.that(
                old != 0 && !to.isPresent(), "a value moves from a present key to an absent one");
        long fresh = Entries.copyUnderName(store.allocator(), old, to.name, Entry.expiry(old));
        to.insert(fresh);
        store.freeing().moved(old, fresh);
        store.listener().modified(from.db.index(), from.name);
        from.db.remove(from.hash, old);
        store.allocator().free(old, Entry.size(old));
        store.entryMoved();
        from.entry = 0;
        from.generation = store.generation();
        to.stand(fresh);
        to.appeared();
        to.changed();
    }

    static void copy(StoredKey from, StoredKey to) throws CommandException {
        long old = from.entry();
        Check.that(old != 0, "only a present key is copied");
        boolean replaces = to.isPresent();
        if (Entry.isString(Entry.kind(old))) {
            Bytes content = from.string();
            to.putString(content.address(), content.length(), Entry.expiry(old));
        } else {
            copyObject(from, to, old);
        }
        if (replaces) {
            to.appeared();
        }
    }

    private static void copyObject(StoredKey from, StoredKey to, long old) throws CommandException {
        StoredType stored = from.storedType(old);
        Store store = from.store;
        try {
            Object copy =
                    stored.type()
                            .copy(store.context(stored, to.name, to.db.index()), from.valueAt(old));
            if (copy == null) {
                throw CommandException.of("not supported for this module key");
            }
            to.put(stored, copy, Entry.expiry(old));
        } finally {
            store.releaseCell();
        }
        to.changed();
    }
}

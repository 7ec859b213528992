// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.memory.EntryLayout;

/** What the tables of a store ask about an entry. Owner thread only. */
final class EntryKeys implements EntryLayout {
    private final Store store;

    EntryKeys(Store store) {
        this.store = store;
    }

    @Override
    public long hash(long entry) {
        return store.hash(Entry.keyAddress(entry), Entry.keyLength(entry));
    }

    @Override
    public boolean isMarked(long entry) {
        // What expires is looked for among everything, by the active expiry and by eviction.
        return Entry.hasExpiry(entry) || Entry.elementsExpire(entry);
    }

    @Override
    public boolean matches(long entry, long key, int keyLength) {
        return Entry.keyEquals(entry, key, keyLength);
    }
}

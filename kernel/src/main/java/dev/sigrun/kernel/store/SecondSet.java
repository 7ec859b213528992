// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

/**
 * As many databases as the store has, beside those that commands see: filled while the others are
 * served, then exchanged with them in one turn or dropped. Owner thread only.
 */
public final class SecondSet {
    private final Store store;
    private final Database[] databases;

    SecondSet(Store store, Database[] databases) {
        this.store = store;
        this.databases = databases;
    }

    /** A database by its number. */
    public Database database(int index) {
        return databases[index];
    }

    /** Number of keys. */
    public long keys() {
        long sum = 0;
        for (Database db : databases) {
            sum += db.size();
        }
        return sum;
    }

    /**
     * Exchanges the databases with those of the store, whose old keys are freed.
     *
     * @param background whether step by step afterwards
     */
    public void exchange(boolean background) {
        for (Database db : databases) {
            store.listener().flushing(db.index());
            db.swap(store.database(db.index()));
            store.entryMoved();
            store.listener().flushed(db.index());
        }
        drop();
        if (!background) {
            store.freeSome(Long.MAX_VALUE / 2);
        }
    }

    /** Frees everything in these databases, step by step. */
    public void drop() {
        for (Database db : databases) {
            if (db.size() > 0) {
                store.freeing().table(db.detach());
                store.entryMoved();
            }
        }
    }
}

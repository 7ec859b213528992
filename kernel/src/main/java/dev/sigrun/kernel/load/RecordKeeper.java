// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.load.read.KeyText;
import dev.sigrun.kernel.load.read.LoadException;
import dev.sigrun.kernel.load.read.LoadFailure;
import dev.sigrun.kernel.load.read.LoadFailure.Kind;
import dev.sigrun.kernel.rdb.ModuleId;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.store.Arrivals;
import dev.sigrun.kernel.store.Database;
import dev.sigrun.kernel.store.PluginMemory;
import dev.sigrun.kernel.store.SecondSet;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.spi.type.RdbException;

/** Puts the records of batches where they belong. Owner thread only. */
final class RecordKeeper {
    /** Records whose places are brought into the cache together. */
    private static final int TOGETHER = 16;

    private static final int EMPTY_KEYS_LOGGED = 10;

    private final Store store;
    private final LoadPlan plan;
    private final Arrivals arrivals;
    private final SecondSet beside;
    private final LongString string;
    private final FieldKeeper fields;
    private final Slice lent = new Slice();
    private final Slice lentField = new Slice();
    private int record;
    private int version;

    /** Only keeps the reads of what is touched from being left out. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    private long keys;
    private long keysExpired;
    private long hashesExpired;
    private long keysSkipped;
    private long emptyKeysSkipped;

    RecordKeeper(Store store, LoadPlan plan) {
        this.store = store;
        this.plan = plan;
        this.arrivals = new Arrivals(store);
        this.beside = plan.target() == LoadPlan.Target.BESIDE ? store.secondSet() : null;
        this.string = new LongString(store.allocator());
        this.fields = new FieldKeeper(plan, store);
    }

    /** Keys that are in their place. */
    long keys() {
        return keys;
    }

    /** The record that was looked at last. */
    int record() {
        return record;
    }

    private Database database(int index) {
        return beside == null ? store.database(index) : beside.database(index);
    }

    /**
     * Keeps some records.
     *
     * @return the next one
     */
    int keep(Batch batch, int from) throws LoadException {
        int end = Math.min(batch.records, from + TOGETHER);
        for (int i = from; i < end; i++) {
            if (batch.kind[i] <= Batch.LAST_OF_KEYS) {
                touched += database(batch.db[i]).touchBucket(batch.hash[i]);
            }
        }
        for (int i = from; i < end; i++) {
            record = i;
            try {
                keepOne(batch, i);
            } catch (RdbException e) {
                throw new LoadException(
                        e.reason() == RdbException.Reason.UNKNOWN_TYPE ? Kind.PLUGIN : Kind.CORRUPT,
                        e.getMessage());
            } catch (MemoryExhausted e) {
                throw new LoadException(Kind.MEMORY, "No memory is left: " + e.getMessage());
            }
            if (batch.kind[i] >= Batch.VALUE) {
                // Anything but an entry may take its time.
                return i + 1;
            }
        }
        return end;
    }

    private void keepOne(Batch batch, int i) throws LoadException, RdbException {
        long at = batch.address() + batch.at[i];
        switch (batch.kind[i]) {
            case Batch.READY -> keepReady(batch, i, at);
            case Batch.VALUE, Batch.FIRST_PART -> keepValue(batch, i, at);
            case Batch.NEXT_PART -> keepPart(batch, i, at);
            case Batch.FIRST_BYTES -> {
                string.begin(batch.total[i]);
                keepBytes(batch, i, at);
            }
            case Batch.NEXT_BYTES -> keepBytes(batch, i, at);
            case Batch.EXPIRED -> {
                keysExpired++;
                plan.hooks().expired(batch.db[i], lent.wrap(at, batch.keyLength[i]));
            }
            case Batch.EXPIRED_FIELD -> expiredField(batch, i, at);
            case Batch.EXPIRED_HASH -> hashesExpired++;
            case Batch.BEGIN -> {
                version = batch.layout[i];
                plan.hooks().accepted(version);
            }
            default -> fields.keep(batch, i, at);
        }
    }

    private void expiredField(Batch batch, int i, long at) {
        int keyLength = batch.keyLength[i];
        plan.hooks()
                .expiredField(
                        batch.db[i],
                        lent.wrap(at, keyLength),
                        lentField.wrap(at + keyLength, batch.length[i]));
    }

    private void keepReady(Batch batch, int i, long ready) throws LoadException {
        Database db = database(batch.db[i]);
        long hash = batch.hash[i];
        makeWay(db, hash, Arrivals.keyAddress(ready), Arrivals.keyLength(ready));
        arrivals.add(db, hash, ready, batch.length[i], arrivals.clock(batch.access[i]));
        keys++;
    }

    private void makeWay(Database db, long hash, long key, int keyLength) throws LoadException {
        long present = db.find(hash, key, keyLength);
        if (present == 0) {
            return;
        }
        if (plan.duplicates() == LoadPlan.Duplicates.FAIL) {
            throw LoadException.corrupt(
                    "RDB has duplicated key '"
                            + KeyText.of(key, keyLength)
                            + "' in DB "
                            + db.index());
        }
        arrivals.remove(db, hash, present);
    }

    private void keepValue(Batch batch, int i, long key) throws LoadException, RdbException {
        Database db = database(batch.db[i]);
        int keyLength = batch.keyLength[i];
        if (isLeftOut(batch, i, key + keyLength)) {
            keysSkipped++;
            return;
        }
        makeWay(db, batch.hash[i], key, keyLength);
        boolean added =
                arrivals.addValue(
                        db,
                        batch.hash[i],
                        key,
                        keyLength,
                        batch.layout[i],
                        key + keyLength,
                        batch.length[i],
                        batch.total[i] != 0,
                        batch.expiry[i],
                        arrivals.clock(batch.access[i]));
        if (added) {
            keys++;
        } else if (batch.kind[i] == Batch.VALUE || batch.total[i] == 0) {
            if (emptyKeysSkipped++ < EMPTY_KEYS_LOGGED) {
                LoadLog.tellEmptyKey(KeyText.of(key, keyLength));
            }
        }
    }

    /** Whether a value stays out because its plugin is not there; or makes it a type, if wanted. */
    private boolean isLeftOut(Batch batch, int i, long value) {
        if (plan.absentPlugins() == LoadPlan.AbsentPlugins.FAIL
                || batch.layout[i] != RdbFormat.TYPE_MODULE_2) {
            return false;
        }
        long id = FieldKeeper.moduleId(value, batch.length[i]);
        String wireName = ModuleId.name(id);
        if (store.types().reader(wireName) != null) {
            return false;
        }
        if (plan.absentPlugins() == LoadPlan.AbsentPlugins.KEEP) {
            LoadLog.tellKept(wireName);
            store.types().add(new KeptType(id), new PluginMemory(store.allocator()));
            return false;
        }
        LoadLog.tellSkipped(wireName, keysSkipped);
        return true;
    }

    /** What comes after parts without elements is the first part. */
    private void keepPart(Batch batch, int i, long key) throws LoadException, RdbException {
        Database db = database(batch.db[i]);
        int keyLength = batch.keyLength[i];
        if (db.find(batch.hash[i], key, keyLength) == 0) {
            keepValue(batch, i, key);
            return;
        }
        arrivals.addElements(
                db,
                batch.hash[i],
                key,
                keyLength,
                batch.layout[i],
                key + keyLength,
                batch.length[i],
                batch.total[i] != 0);
    }

    private void keepBytes(Batch batch, int i, long key) throws LoadException {
        int keyLength = batch.keyLength[i];
        if (!string.add(key + keyLength, batch.length[i])) {
            return;
        }
        Database db = database(batch.db[i]);
        makeWay(db, batch.hash[i], key, keyLength);
        int length = string.length();
        arrivals.addString(
                db,
                batch.hash[i],
                key,
                keyLength,
                string.take(),
                length,
                batch.expiry[i],
                arrivals.clock(batch.access[i]));
        keys++;
    }

    /** The key of the record that was looked at last, for the log; null when it has none. */
    String keyText(Batch batch) {
        if (batch.kind[record] == Batch.READY) {
            long ready = batch.address() + batch.at[record];
            return KeyText.of(Arrivals.keyAddress(ready), Arrivals.keyLength(ready));
        }
        return batch.kind[record] > Batch.LAST_OF_KEYS
                ? null
                : KeyText.of(batch.address() + batch.at[record], batch.keyLength[record]);
    }

    /** Says how it ended, and keeps nothing for itself. */
    LoadEnd end(LoadFailure failure, long bytes, long millis) {
        string.drop();
        arrivals.close();
        return new LoadEnd(
                failure,
                bytes,
                keys,
                keysExpired,
                hashesExpired,
                keysSkipped,
                emptyKeysSkipped,
                version,
                fields.facts(),
                millis,
                beside == null ? null : new Beside(beside));
    }
}

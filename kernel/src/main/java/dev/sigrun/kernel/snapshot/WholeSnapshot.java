// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.base.HashSlot;
import dev.sigrun.kernel.rdb.Crc64;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.kernel.store.SavedEntries;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.spi.type.RdbException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A snapshot that the owner writes all by itself, while nothing else happens. */
final class WholeSnapshot {
    private static final int BUFFER_BYTES_MAX = 1 << 20;

    private final Store store;
    private final Clock clock;
    private final SnapshotPlan plan;
    private final SavedEntries entries;
    private final SnapshotSink sink;
    private final RdbOutput out;
    private long crc;
    private long keys;
    private long skipped;

    WholeSnapshot(
            Store store, Clock clock, SnapshotPlan plan, SavedEntries entries, SnapshotSink sink) {
        this.store = store;
        this.clock = clock;
        this.plan = plan;
        this.entries = entries;
        this.sink = sink;
        this.out = RdbOutput.draining(BUFFER_BYTES_MAX, plan.compression(), this::drain);
    }

    SnapshotEnd write() {
        long begin = clock.nanos();
        Throwable failure = null;
        try {
            Frame.head(out, store, plan);
            for (int db = 0; db < store.databaseCount(); db++) {
                write(db);
            }
            out.writeByte(RdbFormat.OPCODE_EOF);
            out.flush();
            out.writeLong(plan.checksum() ? crc : 0);
            out.flush();
            sink.finish();
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            failure = e instanceof UncheckedIOException io ? io.getCause() : e;
            sink.abort();
        }
        long millis = (clock.nanos() - begin) / 1_000_000;
        return new SnapshotEnd(failure, false, keys, skipped, out.written(), millis, 0);
    }

    private void write(int db) {
        if (store.database(db).size() > 0) {
            Frame.select(out, db);
            store.database(db).table().forEach(entry -> write(db, entry));
        }
    }

    private void write(int db, long entry) {
        if (plan.slots() != null
                && !plan.slots().test(HashSlot.of(entries.key(entry), entries.keyLength(entry)))) {
            return;
        }
        String problem = entries.problem(entry);
        if (problem != null) {
            if (!plan.skipsUnknown()) {
                throw new IllegalStateException(problem);
            }
            skipped++;
            return;
        }
        try {
            entries.write(out, db, entry);
            keys++;
        } catch (RdbException e) {
            throw new IllegalStateException("a value in memory could not be encoded", e);
        }
    }

    private void drain(byte[] content, int offset, int length) {
        if (plan.checksum()) {
            crc = Crc64.update(crc, content, offset, length);
        }
        try {
            sink.write(content, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

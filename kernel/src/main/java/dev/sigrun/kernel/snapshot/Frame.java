// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.kernel.store.Database;
import dev.sigrun.kernel.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What stands before the keys of an RDB file. Owner thread only. */
final class Frame {
    private Frame() {}

    /** The magic word and version, what the plan adds, and how many keys to expect. */
    static void head(RdbOutput out, Store store, SnapshotPlan plan) {
        int version = plan.rdbVersion();
        // Versions that Valkey numbers by itself have a word that says so.
        String magic =
                version > RdbFormat.FOREIGN_VERSION_MAX
                        ? String.format(Locale.ROOT, "VALKEY%03d", version)
                        : String.format(Locale.ROOT, "REDIS%04d", version);
        byte[] bytes = magic.getBytes(StandardCharsets.US_ASCII);
        out.writeRaw(bytes, 0, bytes.length);
        plan.head().accept(out);
        if (plan.slots() == null) {
            sizes(out, store);
        }
    }

    /** The keys that follow are of this database. */
    static void select(RdbOutput out, int db) {
        out.writeByte(RdbFormat.OPCODE_SELECT_DB);
        out.writeLength(db);
    }

    private static void sizes(RdbOutput out, Store store) {
        for (int db = 0; db < store.databaseCount(); db++) {
            Database database = store.database(db);
            if (database.size() > 0) {
                select(out, db);
                out.writeByte(RdbFormat.OPCODE_RESIZE_DB);
                out.writeLength(database.size());
                out.writeLength(database.volatileKeys());
            }
        }
    }
}

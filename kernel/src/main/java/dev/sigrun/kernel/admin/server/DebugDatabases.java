// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.store.Database;
import dev.sigrun.kernel.store.Inspection;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.memory.Table;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;

/** The actions of {@code DEBUG} on whole databases. Owner thread only. */
final class DebugDatabases {
    private static final int SLOTS_PER_BUCKET = 10;
    private static final CommandException OUT_OF_RANGE =
            CommandException.of("Out of range database");
    private static final CommandException NEGATIVE =
            CommandException.of("value is out of range, must be positive");

    private final Store store;
    private final Inspection inspection;
    private final DatasetDigest digest = new DatasetDigest();

    DebugDatabases(AdminContext context) {
        this.store = context.store();
        this.inspection = new Inspection(store);
    }

    void addTo(DebugCommand debug) {
        debug.add("digest", 2, 2, this::digest);
        debug.add("htstats", 3, 4, this::tableStatistics);
        debug.add("populate", 3, 5, this::populate);
    }

    private void digest(CommandContext command) {
        byte[] sum = DatasetDigest.empty();
        for (int i = 0; i < store.databaseCount(); i++) {
            if (store.database(i).size() > 0) {
                digest.database(sum, i);
                inspection.visit(i, key -> digest.key(sum, key));
            }
        }
        command.reply().simple(DatasetDigest.text(sum));
    }

    private void tableStatistics(CommandContext command) throws CommandException {
        Args args = command.args();
        long index = args.longAt(2);
        if (index < 0 || index >= store.databaseCount()) {
            throw OUT_OF_RANGE;
        }
        boolean full = args.count() == 4 && args.is(3, "full");
        Database db = store.database((int) index);
        StringBuilder text = new StringBuilder("[Dictionary HT]\n");
        if (db.size() > 0) {
            describe(text, db.table().statistics(), full);
        }
        text.append("[Expires HT]\n");
        if (db.volatileKeys() > 0) {
            // The time to live is in the key's entry: there is no second table.
            appendHead(text, 0, db.volatileKeys());
        }
        command.reply().verbatim("txt", text.toString());
    }

    private static void appendHead(StringBuilder text, long size, long entries) {
        text.append("Hash table 0 stats (main hash table):\n table size: ").append(size);
        text.append("\n number of entries: ").append(entries);
        text.append("\n rehashing index: -1\n");
    }

    private static void describe(StringBuilder text, Table.Statistics table, boolean full) {
        appendHead(text, table.buckets() * SLOTS_PER_BUCKET, table.entries());
        if (full) {
            text.append(" top-level buckets: ").append(table.buckets());
            text.append("\n child buckets: 0\n segments: ").append(table.segments());
            text.append("\n directory: ").append(table.directory());
            text.append("\n spilled entries: ").append(table.spilled());
            text.append("\n load: ").append(Math.round(table.load() * 100)).append("%\n");
        }
    }

    private void populate(CommandContext command) throws CommandException {
        Args args = command.args();
        long count = args.longAt(2, 0, Long.MAX_VALUE, NEGATIVE);
        long size = args.count() == 5 ? args.longAt(4, 0, command.stringBytesMax(), NEGATIVE) : 0;
        byte[] prefix = args.count() > 3 ? args.bytes(3).copy() : new byte[] {'k', 'e', 'y'};
        try (Population population = new Population((Execution) command, prefix, (int) size)) {
            for (long i = 0; i < count; i++) {
                population.add(i);
            }
        }
        command.reply().ok();
    }
}

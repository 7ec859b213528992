// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.store.Database;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.wire.RequestBatch;
import java.util.Arrays;

/**
 * Finds, for a whole batch before it is executed, the commands and the entries of their keys. It
 * goes in rounds: hash the keys, touch all buckets, touch all entries, so that the cache misses of
 * one batch overlap. Owner thread only.
 */
final class BatchLookup {
    private final Store store;
    private final CommandTable table;
    private final ServerStats stats;
    private final Command[] commands = new Command[Dispatcher.BATCH_COMMANDS_MAX];
    private final long[] hashes = new long[Dispatcher.BATCH_COMMANDS_MAX];
    private final long[] entries = new long[Dispatcher.BATCH_COMMANDS_MAX];
    private Database db;
    private long generation;

    /** What the touching has read; kept so that it cannot be optimised away. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    BatchLookup(Store store, CommandTable table, ServerStats stats) {
        this.store = store;
        this.table = table;
        this.stats = stats;
    }

    /** What the name of a command stands for; null for nothing. */
    Command command(int index) {
        return commands[index];
    }

    /** The hash of a command's first key, when its position is fixed. */
    long hash(int index) {
        return hashes[index];
    }

    /** The entry of a command's first key, or 0; good as long as db and generation are. */
    long entry(int index) {
        return entries[index];
    }

    /** The database that was looked into. */
    Database db() {
        return db;
    }

    /** The store's generation at the time. */
    long generation() {
        return generation;
    }

    /** Looks the commands of a session's batch up, from one of them on. */
    void prepare(Session session, RequestBatch batch, long base, int from) {
        boolean isStream = session.isReplicated();
        int count = batch.commands();
        for (int i = from; i < count; i++) {
            int first = batch.firstArgument(i);
            long name = base + batch.offset(first);
            int length = batch.length(first);
            Command command =
                    isStream ? table.findInStream(name, length) : table.find(name, length);
            commands[i] = command;
            hashes[i] = 0;
            if (command != null && command.firstKey() > 0) {
                int key = command.firstKey();
                if (key < batch.argumentCount(i)) {
                    hashes[i] =
                            store.hash(base + batch.offset(first + key), batch.length(first + key));
                }
            }
        }
        stats.batches++;
        stats.batchCommandsMax = Math.max(stats.batchCommandsMax, count - from);
        db = store.database(session.db());
        generation = store.generation();
        Arrays.fill(entries, from, count, 0);
        if (count - from >= 2 && db.size() > 0) {
            stats.prefetchBatches++;
            stats.prefetchEntries += count - from;
            touched += touch(batch, base, from, count);
        }
    }

    private long touch(RequestBatch batch, long base, int from, int count) {
        long sum = 0;
        for (int i = from; i < count; i++) {
            sum += db.touchBucket(hashes[i]);
        }
        for (int i = from; i < count; i++) {
            long entry = hashes[i] == 0 ? 0 : db.likelyEntry(hashes[i]);
            entries[i] = entry;
            if (entry != 0) {
                sum += Database.touchEntry(entry);
            }
        }
        for (int i = from; i < count; i++) {
            if (entries[i] != 0) {
                int key = batch.firstArgument(i) + commands[i].firstKey();
                entries[i] = db.find(hashes[i], base + batch.offset(key), batch.length(key));
                if (entries[i] != 0) {
                    sum += Database.touchValue(entries[i]);
                }
            }
        }
        return sum;
    }
}

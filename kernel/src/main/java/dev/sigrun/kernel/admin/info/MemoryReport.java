// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.base.ProcessStatus;
import dev.sigrun.kernel.command.ServerStats;
import dev.sigrun.kernel.replication.Backlog;
import dev.sigrun.kernel.store.Database;
import dev.sigrun.kernel.store.Store;

/**
 * The memory of the server at one moment, in bytes. Immutable.
 *
 * <p>What is used is what keys, values and tables take off the heap together with the buffers of
 * clients; {@code maxmemory} leaves the latter out. The Java heap is part of the process and shows
 * in {@code resident} alone.
 *
 * @param used what is used now
 * @param peak the most that was used
 * @param startup what was used before there was any data
 * @param clients buffers of clients
 * @param backlog the end of the stream of changes that is kept for replicas
 * @param replicas what is kept beyond that, since some replica has not taken it yet
 * @param pending what has come of a primary's stream and waits for the data before it
 * @param tables the tables of databases that have keys
 * @param keys number of keys
 * @param allocated off the heap, in use
 * @param committed off the heap, taken from the operating system
 * @param resident real memory of the process
 */
public record MemoryReport(
        long used,
        long peak,
        long startup,
        long clients,
        long backlog,
        long replicas,
        long pending,
        long tables,
        long keys,
        long allocated,
        long committed,
        long resident) {
    private static final long CLIENTS_AGE_MILLIS_MAX = 100;

    /** Looks at the server. */
    public static MemoryReport of(AdminContext context, ProcessStatus process) {
        return of(context, process, new ClientUsage(context.sessions()));
    }

    static MemoryReport of(AdminContext context, ProcessStatus process, ClientUsage usage) {
        Store store = context.store();
        long tables = 0;
        long keys = 0;
        for (int i = 0; i < store.databaseCount(); i++) {
            Database db = store.database(i);
            tables += db.size() == 0 ? 0 : db.tableBytes();
            keys += db.size();
        }
        long clients = usage.refresh(store.nowMillis(), CLIENTS_AGE_MILLIS_MAX).memoryBytes();
        long allocated = store.usedBytes();
        Backlog kept = context.replication().backlog();
        boolean isShared = context.primary().replicas().count() > 0;
        long stream = kept.memoryBytes();
        long backlog = isShared ? Math.min(stream, kept.sizeBytes()) : stream;
        ServerStats stats = context.stats();
        boolean isReplica = context.replication().isReplica();
        long pending = isReplica ? context.replication().upstream().pendingBytes() : 0;
        long used = allocated + clients + stream + pending;
        stats.memoryPeakBytes = Math.max(stats.memoryPeakBytes, used);
        return new MemoryReport(
                used,
                stats.memoryPeakBytes,
                stats.memoryStartupBytes,
                clients,
                backlog,
                stream - backlog,
                pending,
                tables,
                keys,
                allocated,
                store.allocator().committedBytes(),
                process.residentBytes());
    }

    /** What is no data. */
    public long overhead() {
        return Math.min(startup + clients + backlog + replicas + pending + tables, used);
    }

    /** What is data. */
    public long dataset() {
        return used - overhead();
    }

    /** Share of the data in what came after the start, in percent. */
    public double datasetPercent() {
        return used > startup ? dataset() * 100.0 / (used - startup) : 0;
    }

    /** Share of the peak, in percent. */
    public double peakPercent() {
        return 100 * ratio(used, peak);
    }

    /** How much more is committed than used off the heap. */
    public double fragmentation() {
        return ratio(committed, allocated);
    }

    /** Bytes off the heap that are committed but not used. */
    public long fragmentationBytes() {
        return committed - allocated;
    }

    /** How much more the process has than is committed off the heap; the Java heap is in there. */
    public double residentOverhead() {
        return ratio(resident, committed);
    }

    /** Bytes of the process that are not off the heap, negative when some are not touched yet. */
    public long residentOverheadBytes() {
        return resident - committed;
    }

    /** How much more the process has than is used. */
    public double totalFragmentation() {
        return ratio(resident, used);
    }

    /** Bytes of the process that are not used. */
    public long totalFragmentationBytes() {
        return resident - used;
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}

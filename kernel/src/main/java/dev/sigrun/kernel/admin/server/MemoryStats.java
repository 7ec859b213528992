// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.info.MemoryReport;
import dev.sigrun.kernel.store.Database;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.spi.reply.ReplyWriter;

/** Writes {@code MEMORY STATS} under the names that Valkey has. Owner thread only. */
final class MemoryStats {
    private final ReplyWriter reply;
    private final MemoryReport report;
    private final long aofBufferBytes;
    private int fields;

    MemoryStats(ReplyWriter reply, MemoryReport report, long aofBufferBytes) {
        this.reply = reply;
        this.report = report;
        this.aofBufferBytes = aofBufferBytes;
    }

    void write(Store store) {
        long mark = reply.deferredArray();
        usage();
        databases(store);
        field("overhead.db.hashtable.lut", report.tables());
        // Tables change their size in small parts, within the command that makes it necessary.
        field("overhead.db.hashtable.rehashing", 0);
        field("overhead.total", report.overhead());
        field("db.dict.rehashing.count", 0);
        field("keys.count", report.keys());
        field("keys.bytes-per-key", report.keys() == 0 ? 0 : report.dataset() / report.keys());
        field("dataset.bytes", report.dataset());
        field("dataset.percentage", report.datasetPercent());
        field("peak.percentage", report.peakPercent());
        allocator();
        reply.closeMap(mark, fields);
    }

    private void usage() {
        field("peak.allocated", report.peak());
        field("total.allocated", report.used());
        field("startup.allocated", report.startup());
        field("replication.backlog", report.backlog());
        field("replicas.repl.buffer", report.pending());
        field("clients.slaves", report.replicas());
        field("clients.normal", report.clients());
        field("cluster.links", 0);
        field("cluster.slot_import", 0);
        field("cluster.slot_export", 0);
        field("aof.buffer", aofBufferBytes);
        field("lua.caches", 0);
        field("functions.caches", 0);
    }

    private void databases(Store store) {
        for (int i = 0; i < store.databaseCount(); i++) {
            Database db = store.database(i);
            if (db.size() > 0) {
                fields++;
                reply.bulk("db." + i);
                reply.map(2);
                reply.bulk("overhead.hashtable.main");
                reply.integer(db.tableBytes());
                reply.bulk("overhead.hashtable.expires");
                reply.integer(0);
            }
        }
    }

    private void allocator() {
        field("allocator.allocated", report.allocated());
        field("allocator.active", report.committed());
        field("allocator.resident", report.committed());
        field("allocator.muzzy", 0);
        field("allocator-fragmentation.ratio", report.fragmentation());
        field("allocator-fragmentation.bytes", report.fragmentationBytes());
        field("allocator-rss.ratio", 1.0);
        field("allocator-rss.bytes", 0);
        field("rss-overhead.ratio", report.residentOverhead());
        field("rss-overhead.bytes", report.residentOverheadBytes());
        field("fragmentation", report.totalFragmentation());
        field("fragmentation.bytes", report.totalFragmentationBytes());
    }

    private void field(String name, long value) {
        fields++;
        reply.bulk(name);
        reply.integer(value);
    }

    private void field(String name, double value) {
        fields++;
        reply.bulk(name);
        reply.dbl(value);
    }
}

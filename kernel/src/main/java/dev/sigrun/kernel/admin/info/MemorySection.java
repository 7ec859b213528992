// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.ServerFacts;
import dev.sigrun.kernel.base.ProcessStatus;
import dev.sigrun.kernel.config.MemoryParameters;
import dev.sigrun.kernel.script.Scripts;
import dev.sigrun.kernel.store.StoreStats;
import dev.sigrun.spi.script.ScriptKind;

/** What memory is used for. Owner thread only. */
final class MemorySection implements Section {
    private final AdminContext context;
    private final ProcessStatus process;
    private final ClientUsage usage;

    MemorySection(AdminContext context, ProcessStatus process, ClientUsage usage) {
        this.context = context;
        this.process = process;
        this.usage = usage;
    }

    @Override
    public void write(InfoText out) {
        MemoryReport report = MemoryReport.of(context, process, usage);
        out.section("Memory");
        writeUsed(out, report);
        writeScripts(out);
        writeLimit(out);
        writeRatios(out, report);
        writeBuffers(out, report);
        StoreStats stats = context.store().stats();
        out.field("mem_allocator", "sigrun-" + ServerFacts.SIGRUN_VERSION);
        out.field("mem_overhead_db_hashtable_rehashing", 0);
        out.field("active_defrag_running", 0);
        out.field("lazyfree_pending_objects", stats.lazyfreePending);
        out.field("lazyfreed_objects", stats.lazyfreedObjects);
        writeJava(out, report);
    }

    private void writeUsed(InfoText out, MemoryReport report) {
        amount(out, "used_memory", report.used());
        amount(out, "used_memory_rss", report.resident());
        amount(out, "used_memory_peak", report.peak());
        out.percent("used_memory_peak_perc", report.peakPercent());
        out.field("used_memory_overhead", report.overhead());
        out.field("used_memory_startup", report.startup());
        out.field("used_memory_dataset", report.dataset());
        out.percent("used_memory_dataset_perc", report.datasetPercent());
        out.field("allocator_allocated", report.allocated());
        out.field("allocator_active", report.committed());
        out.field("allocator_resident", report.committed());
        out.field("allocator_muzzy", 0);
        amount(out, "total_system_memory", process.machineBytes());
    }

    private static void amount(InfoText out, String name, long bytes) {
        out.field(name, bytes);
        out.human(name + "_human", bytes);
    }

    private void writeScripts(InfoText out) {
        Scripts scripts = context.scripts();
        long eval = scripts.engineBytes(ScriptKind.EVAL);
        long function = scripts.engineBytes(ScriptKind.FUNCTION);
        out.field("used_memory_lua", eval);
        out.field("used_memory_vm_eval", eval);
        out.human("used_memory_lua_human", eval);
        out.field("used_memory_scripts_eval", scripts.cacheBytes());
        out.field("number_of_cached_scripts", scripts.cachedScripts());
        out.field("number_of_functions", scripts.functions());
        out.field("number_of_libraries", scripts.libraryCount());
        out.field("used_memory_vm_functions", function);
        amount(out, "used_memory_vm_total", eval + function);
        out.field("used_memory_functions", scripts.libraryBytes());
        amount(out, "used_memory_scripts", scripts.cacheBytes() + scripts.libraryBytes());
    }

    private void writeLimit(InfoText out) {
        amount(out, "maxmemory", context.config().longValue(MemoryParameters.MAXMEMORY));
        out.field("maxmemory_policy", context.config().choice(MemoryParameters.MAXMEMORY_POLICY));
    }

    private static void writeRatios(InfoText out, MemoryReport report) {
        out.ratio("allocator_frag_ratio", report.fragmentation());
        out.field("allocator_frag_bytes", report.fragmentationBytes());
        out.ratio("allocator_rss_ratio", 1);
        out.field("allocator_rss_bytes", 0);
        out.ratio("rss_overhead_ratio", report.residentOverhead());
        out.field("rss_overhead_bytes", report.residentOverheadBytes());
        out.ratio("mem_fragmentation_ratio", report.totalFragmentation());
        out.field("mem_fragmentation_bytes", report.totalFragmentationBytes());
    }

    private void writeBuffers(InfoText out, MemoryReport report) {
        out.field("mem_not_counted_for_evict", report.clients() + report.replicas());
        out.field("mem_replication_backlog", report.backlog());
        out.field(
                "mem_total_replication_buffers",
                report.backlog() + report.replicas() + report.pending());
        out.field("mem_replicas_repl_buffer", report.pending());
        out.field("mem_clients_slaves", report.replicas());
        out.field("mem_clients_normal", report.clients());
        out.field("mem_cluster_links", 0);
        out.field("mem_cluster_slot_import", 0);
        out.field("mem_cluster_slot_export", 0);
        out.field("mem_aof_buffer", context.aof().figures().bufferBytes());
    }

    private static void writeJava(InfoText out, MemoryReport report) {
        Runtime java = Runtime.getRuntime();
        out.field("sigrun_offheap_used", report.allocated());
        out.field("sigrun_offheap_committed", report.committed());
        out.field("sigrun_heap_used", java.totalMemory() - java.freeMemory());
        out.field("sigrun_heap_committed", java.totalMemory());
        out.field("sigrun_heap_max", java.maxMemory());
    }
}

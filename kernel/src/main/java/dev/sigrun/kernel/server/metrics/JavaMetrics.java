// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server.metrics;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/** What the Java virtual machine knows of itself. Any thread. */
final class JavaMetrics {
    private JavaMetrics() {}

    static void write(Families out) {
        memory(out, "heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage());
        memory(out, "nonheap", ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage());
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            out.gauge(
                    "sigrun_jvm_buffer_bytes",
                    Long.toString(pool.getMemoryUsed()),
                    "pool",
                    pool.getName());
        }
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            out.counter(
                    "sigrun_jvm_gc_collections_total",
                    Long.toString(collector.getCollectionCount()),
                    "gc",
                    collector.getName());
            out.counter(
                    "sigrun_jvm_gc_seconds_total",
                    Double.toString(collector.getCollectionTime() / 1e3),
                    "gc",
                    collector.getName());
        }
        out.gauge(
                "sigrun_jvm_threads",
                Integer.toString(ManagementFactory.getThreadMXBean().getThreadCount()));
    }

    private static void memory(Families out, String area, MemoryUsage usage) {
        String prefix = "sigrun_jvm_" + area;
        out.gauge(prefix + "_used_bytes", Long.toString(usage.getUsed()));
        out.gauge(prefix + "_committed_bytes", Long.toString(usage.getCommitted()));
        if (usage.getMax() >= 0) {
            out.gauge(prefix + "_max_bytes", Long.toString(usage.getMax()));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import dev.sigrun.bloom.filter.Totals;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.InfoWriter;

/** Owner thread only. The sections of {@code INFO}, under valkey-bloom's names. */
final class Counters {
    private final Totals totals;

    Counters(Totals totals) {
        this.totals = totals;
    }

    void register(Registrar registrar) {
        registrar.info("bf_bloom_core_metrics", this::core);
        registrar.info("bf_bloom_defrag_metrics", Counters::defragmentation);
    }

    private void core(InfoWriter out) {
        out.field("bf_bloom_total_memory_bytes", totals.memoryBytes());
        out.field("bf_bloom_num_objects", totals.objects());
        out.field("bf_bloom_num_filters_across_objects", totals.filters());
        out.field("bf_bloom_num_items_across_objects", totals.items());
        out.field("bf_bloom_capacity_across_objects", totals.capacity());
    }

    private static void defragmentation(InfoWriter out) {
        // Blocks never move here, so nothing is hit or missed.
        out.field("bf_bloom_defrag_hits", 0);
        out.field("bf_bloom_defrag_misses", 0);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import dev.sigrun.bloom.filter.Totals;
import dev.sigrun.bloom.sketch.Shelf;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.InfoWriter;
import java.util.List;

/** Owner thread only. The sections of {@code INFO}; those of filters under valkey-bloom's names. */
final class Counters {
    private final Totals totals;
    private final List<Shelf<?>> sketches;

    Counters(Totals totals, List<Shelf<?>> sketches) {
        this.totals = totals;
        this.sketches = List.copyOf(sketches);
    }

    void register(Registrar registrar) {
        registrar.info("bf_bloom_core_metrics", this::core);
        registrar.info("bf_bloom_defrag_metrics", Counters::defragmentation);
        registrar.info("bf_sketch_core_metrics", this::sketches);
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

    private void sketches(InfoWriter out) {
        for (Shelf<?> each : sketches) {
            out.field("bf_" + each.name() + "_num_objects", each.census().objects());
        }
    }
}

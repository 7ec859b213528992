// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static dev.sigrun.kernel.config.BooleanParameter.flag;
import static dev.sigrun.kernel.config.EnumParameter.choice;
import static dev.sigrun.kernel.config.LongParameter.number;
import static dev.sigrun.kernel.config.LongParameter.size;
import static dev.sigrun.kernel.config.LongParameter.sizeOrPercent;
import static dev.sigrun.kernel.config.Trait.HONOURED;
import static dev.sigrun.kernel.config.Trait.IMMUTABLE;
import static dev.sigrun.kernel.config.Trait.MEANINGLESS;
import static dev.sigrun.kernel.config.Trait.UNSIGNED;
import static dev.sigrun.kernel.config.ValueParameter.value;

import dev.sigrun.kernel.config.value.OomScores;
import dev.sigrun.kernel.config.value.OomScores.Scores;

/** How much memory, what happens at the limit, and how it is given back. */
public final class MemoryParameters {
    public static final BooleanParameter ACTIVEREHASHING =
            flag("activerehashing", true, MEANINGLESS);
    public static final BooleanParameter LAZYFREE_LAZY_EVICTION =
            flag("lazyfree-lazy-eviction", true, HONOURED);
    public static final BooleanParameter LAZYFREE_LAZY_EXPIRE =
            flag("lazyfree-lazy-expire", true, HONOURED);
    public static final BooleanParameter LAZYFREE_LAZY_SERVER_DEL =
            flag("lazyfree-lazy-server-del", true, HONOURED);
    public static final BooleanParameter LAZYFREE_LAZY_USER_DEL =
            flag("lazyfree-lazy-user-del", true, HONOURED);
    public static final BooleanParameter LAZYFREE_LAZY_USER_FLUSH =
            flag("lazyfree-lazy-user-flush", true, HONOURED);
    public static final BooleanParameter JEMALLOC_BG_THREAD =
            flag("jemalloc-bg-thread", true, MEANINGLESS);
    public static final BooleanParameter ACTIVEDEFRAG = flag("activedefrag", false);
    public static final BooleanParameter DISABLE_THP =
            flag("disable-thp", true, MEANINGLESS, IMMUTABLE);
    public static final EnumParameter MAXMEMORY_POLICY =
            choice(
                    "maxmemory-policy",
                    "volatile-lru volatile-lfu volatile-random volatile-ttl"
                            + " allkeys-lru allkeys-lfu allkeys-random noeviction",
                    "noeviction",
                    HONOURED);
    public static final EnumParameter OOM_SCORE_ADJ =
            choice("oom-score-adj", "no yes relative=yes absolute", "no", HONOURED);
    public static final LongParameter ACTIVE_DEFRAG_CYCLE_MIN =
            number("active-defrag-cycle-min", 1).between(1, 99);
    public static final LongParameter ACTIVE_DEFRAG_CYCLE_MAX =
            number("active-defrag-cycle-max", 25).between(1, 99);
    public static final LongParameter ACTIVE_DEFRAG_THRESHOLD_LOWER =
            number("active-defrag-threshold-lower", 10).between(0, 1000);
    public static final LongParameter ACTIVE_DEFRAG_THRESHOLD_UPPER =
            number("active-defrag-threshold-upper", 100).between(0, 1000);
    public static final LongParameter ACTIVE_DEFRAG_CYCLE_US =
            number("active-defrag-cycle-us", 500).between(0, 100000);
    public static final LongParameter LFU_LOG_FACTOR = number("lfu-log-factor", 10, HONOURED);
    public static final LongParameter LFU_DECAY_TIME = number("lfu-decay-time", 1, HONOURED);
    public static final LongParameter MAXMEMORY_SAMPLES =
            number("maxmemory-samples", 5, HONOURED).between(1, 64);
    public static final LongParameter MAXMEMORY_EVICTION_TENACITY =
            number("maxmemory-eviction-tenacity", 10, HONOURED).between(0, 100);
    public static final LongParameter ACTIVE_EXPIRE_EFFORT =
            number("active-expire-effort", 1, HONOURED).between(1, 10);
    public static final LongParameter ACTIVE_DEFRAG_MAX_SCAN_FIELDS =
            number("active-defrag-max-scan-fields", 1000, UNSIGNED).between(1, Long.MAX_VALUE);
    public static final LongParameter MAXMEMORY =
            size("maxmemory", 0, HONOURED, UNSIGNED).between(0, -1L);
    public static final LongParameter ACTIVE_DEFRAG_IGNORE_BYTES =
            size("active-defrag-ignore-bytes", 100L << 20, UNSIGNED).between(1, Long.MAX_VALUE);
    public static final LongParameter MAXMEMORY_CLIENTS =
            sizeOrPercent("maxmemory-clients", 0, HONOURED).between(-100, Long.MAX_VALUE);
    public static final ValueParameter<Scores> OOM_SCORE_ADJ_VALUES =
            value("oom-score-adj-values", new OomScores(), HONOURED);

    private MemoryParameters() {}

    static Parameter[] all() {
        return new Parameter[] {
            ACTIVEREHASHING,
            LAZYFREE_LAZY_EVICTION,
            LAZYFREE_LAZY_EXPIRE,
            LAZYFREE_LAZY_SERVER_DEL,
            LAZYFREE_LAZY_USER_DEL,
            LAZYFREE_LAZY_USER_FLUSH,
            JEMALLOC_BG_THREAD,
            ACTIVEDEFRAG,
            DISABLE_THP,
            MAXMEMORY_POLICY,
            OOM_SCORE_ADJ,
            ACTIVE_DEFRAG_CYCLE_MIN,
            ACTIVE_DEFRAG_CYCLE_MAX,
            ACTIVE_DEFRAG_THRESHOLD_LOWER,
            ACTIVE_DEFRAG_THRESHOLD_UPPER,
            ACTIVE_DEFRAG_CYCLE_US,
            LFU_LOG_FACTOR,
            LFU_DECAY_TIME,
            MAXMEMORY_SAMPLES,
            MAXMEMORY_EVICTION_TENACITY,
            ACTIVE_EXPIRE_EFFORT,
            ACTIVE_DEFRAG_MAX_SCAN_FIELDS,
            MAXMEMORY,
            ACTIVE_DEFRAG_IGNORE_BYTES,
            MAXMEMORY_CLIENTS,
            OOM_SCORE_ADJ_VALUES,
        };
    }
}

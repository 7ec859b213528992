// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static dev.sigrun.kernel.config.BooleanParameter.flag;
import static dev.sigrun.kernel.config.EnumParameter.choice;
import static dev.sigrun.kernel.config.LongParameter.number;
import static dev.sigrun.kernel.config.LongParameter.size;
import static dev.sigrun.kernel.config.TextParameter.ruled;
import static dev.sigrun.kernel.config.TextParameter.text;
import static dev.sigrun.kernel.config.Trait.DENY_LOADING;
import static dev.sigrun.kernel.config.Trait.HIDDEN;
import static dev.sigrun.kernel.config.Trait.HONOURED;
import static dev.sigrun.kernel.config.Trait.IMMUTABLE;
import static dev.sigrun.kernel.config.Trait.MEANINGLESS;
import static dev.sigrun.kernel.config.Trait.PROTECTED;
import static dev.sigrun.kernel.config.ValueParameter.value;

import dev.sigrun.kernel.config.value.SavePoints;
import dev.sigrun.kernel.config.value.SavePoints.SavePoint;
import java.util.List;

/** Snapshots and the append-only file. */
public final class PersistenceParameters {
    public static final BooleanParameter RDBCHECKSUM =
            flag("rdbchecksum", true, HONOURED, IMMUTABLE);
    public static final BooleanParameter RDBCOMPRESSION = flag("rdbcompression", true, HONOURED);
    public static final BooleanParameter RDB_DEL_SYNC_FILES = flag("rdb-del-sync-files", false);
    public static final BooleanParameter STOP_WRITES_ON_BGSAVE_ERROR =
            flag("stop-writes-on-bgsave-error", true, HONOURED);
    public static final BooleanParameter AOF_REWRITE_INCREMENTAL_FSYNC =
            flag("aof-rewrite-incremental-fsync", true, HONOURED);
    public static final BooleanParameter NO_APPENDFSYNC_ON_REWRITE =
            flag("no-appendfsync-on-rewrite", false, HONOURED);
    public static final BooleanParameter RDB_SAVE_INCREMENTAL_FSYNC =
            flag("rdb-save-incremental-fsync", true, HONOURED);
    public static final BooleanParameter AOF_LOAD_TRUNCATED =
            flag("aof-load-truncated", true, HONOURED);
    public static final BooleanParameter AOF_USE_RDB_PREAMBLE =
            flag("aof-use-rdb-preamble", true, HONOURED);
    public static final BooleanParameter AOF_TIMESTAMP_ENABLED =
            flag("aof-timestamp-enabled", false, HONOURED);
    public static final BooleanParameter APPENDONLY =
            flag("appendonly", false, DENY_LOADING, HONOURED);
    public static final BooleanParameter AOF_DISABLE_AUTO_GC =
            flag("aof-disable-auto-gc", false, HIDDEN, HONOURED);
    public static final TextParameter DBFILENAME =
            ruled("dbfilename", "dump.rdb", TextRule.DB_FILE, HONOURED, PROTECTED);
    public static final TextParameter APPENDFILENAME =
            ruled("appendfilename", "appendonly.aof", TextRule.AOF_FILE, IMMUTABLE, HONOURED);
    public static final TextParameter APPENDDIRNAME =
            ruled("appenddirname", "appendonlydir", TextRule.AOF_DIRECTORY, IMMUTABLE, HONOURED);
    public static final TextParameter AOF_REWRITE_CPULIST =
            text("aof-rewrite-cpulist aof_rewrite_cpulist", null, MEANINGLESS, IMMUTABLE);
    public static final EnumParameter APPENDFSYNC =
            choice("appendfsync", "everysec always no", "everysec", HONOURED);
    public static final EnumParameter RDB_VERSION_CHECK =
            choice("rdb-version-check", "strict relaxed", "strict", HONOURED);
    public static final LongParameter AUTO_AOF_REWRITE_PERCENTAGE =
            number("auto-aof-rewrite-percentage", 100, HONOURED);
    public static final LongParameter RDB_KEY_SAVE_DELAY =
            number("rdb-key-save-delay", 0, HONOURED, HIDDEN)
                    .between(Integer.MIN_VALUE, Integer.MAX_VALUE);
    public static final LongParameter KEY_LOAD_DELAY =
            number("key-load-delay", 0, HONOURED, HIDDEN)
                    .between(Integer.MIN_VALUE, Integer.MAX_VALUE);
    public static final LongParameter AUTO_AOF_REWRITE_MIN_SIZE =
            size("auto-aof-rewrite-min-size", 64L << 20, HONOURED);
    public static final LongParameter LOADING_PROCESS_EVENTS_INTERVAL_BYTES =
            number("loading-process-events-interval-bytes", 2L << 20, MEANINGLESS, HIDDEN)
                    .between(1024, Integer.MAX_VALUE);
    public static final ValueParameter<List<SavePoint>> SAVE =
            value("save", new SavePoints(), HONOURED);

    private PersistenceParameters() {}

    static Parameter[] all() {
        return new Parameter[] {
            RDBCHECKSUM,
            RDBCOMPRESSION,
            RDB_DEL_SYNC_FILES,
            STOP_WRITES_ON_BGSAVE_ERROR,
            AOF_REWRITE_INCREMENTAL_FSYNC,
            NO_APPENDFSYNC_ON_REWRITE,
            RDB_SAVE_INCREMENTAL_FSYNC,
            AOF_LOAD_TRUNCATED,
            AOF_USE_RDB_PREAMBLE,
            AOF_TIMESTAMP_ENABLED,
            APPENDONLY,
            AOF_DISABLE_AUTO_GC,
            DBFILENAME,
            APPENDFILENAME,
            APPENDDIRNAME,
            AOF_REWRITE_CPULIST,
            APPENDFSYNC,
            RDB_VERSION_CHECK,
            AUTO_AOF_REWRITE_PERCENTAGE,
            RDB_KEY_SAVE_DELAY,
            KEY_LOAD_DELAY,
            AUTO_AOF_REWRITE_MIN_SIZE,
            LOADING_PROCESS_EVENTS_INTERVAL_BYTES,
            SAVE,
        };
    }
}

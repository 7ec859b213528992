// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.kernel.snapshot.SnapshotPlan;
import java.util.function.Consumer;

/**
 * What a base looks like.
 *
 * @param plan what the snapshot is to contain
 * @param isRdb whether it has the form of a snapshot file, and not of commands
 * @param head what stands before it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record BaseForm(SnapshotPlan plan, boolean isRdb, byte[] head) {
    /**
     * What the configuration says.
     *
     * @param plan how data is saved otherwise
     * @param head writes what stands before the keys
     * @param nowMillis Unix milliseconds
     */
    public static BaseForm of(
            Config config, SnapshotPlan plan, Consumer<RdbOutput> head, long nowMillis) {
        boolean isRdb = config.booleanValue(PersistenceParameters.AOF_USE_RDB_PREAMBLE);
        boolean stamps = config.booleanValue(PersistenceParameters.AOF_TIMESTAMP_ENABLED);
        SnapshotPlan wanted =
                new SnapshotPlan(
                        plan.rdbVersion(),
                        // What becomes commands is not compressed before.
                        plan.compression() && isRdb,
                        plan.checksum(),
                        head,
                        plan.skipsUnknown(),
                        null,
                        plan.keyDelayMicros());
        byte[] stamp = stamps ? AofFeed.annotation(nowMillis / 1000) : new byte[0];
        return new BaseForm(wanted, isRdb, stamp);
    }
}

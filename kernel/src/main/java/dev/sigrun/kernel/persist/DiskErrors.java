// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist;

import dev.sigrun.kernel.command.Condition;
import dev.sigrun.spi.command.CommandException;
import java.util.function.Supplier;

/**
 * What keeps data from reaching the disk, for which writes are refused: a snapshot that failed, or
 * the append-only file. Owner thread only.
 */
public final class DiskErrors {
    private static final CommandException SNAPSHOT_FAILED =
            new CommandException(
                    "MISCONF",
                    "Valkey is configured to save RDB snapshots, but it's currently unable to"
                            + " persist to disk. Commands that may modify the data set are"
                            + " disabled, because this instance is configured to report errors"
                            + " during writes if RDB snapshotting fails"
                            + " (stop-writes-on-bgsave-error option). Please check the Valkey logs"
                            + " for details about the RDB error.");

    private final Condition condition;
    private boolean snapshotFailed;
    private Supplier<CommandException> file = () -> null;
    private boolean fileAsked;

    DiskErrors(Condition condition) {
        this.condition = condition;
    }

    /** Says whether writes are refused because of a snapshot. */
    void snapshotFailed(boolean yes) {
        if (snapshotFailed != yes) {
            snapshotFailed = yes;
            settle();
        }
    }

    /**
     * Says who knows of the append-only file.
     *
     * @param asked whether it needs to be asked at all
     * @param error the error that writes get, or null
     */
    public void appendOnlyFile(boolean asked, Supplier<CommandException> error) {
        file = error;
        fileAsked = asked;
        settle();
    }

    private void settle() {
        condition.diskError(snapshotFailed || fileAsked, this::error);
    }

    private CommandException error() {
        return snapshotFailed ? SNAPSHOT_FAILED : file.get();
    }
}

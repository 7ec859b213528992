// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.kernel.snapshot.SnapshotEnd;
import dev.sigrun.kernel.snapshot.Snapshots;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The primary's side for servers in tests that nobody follows, and that save nothing. */
public final class LonelyPrimary {
    private LonelyPrimary() {}

    /** Adds it to a server. */
    public static void addTo(AdminContext context) {
        Snapshots snapshots =
                new Snapshots(
                        context.store(), context.owner(), (name, task) -> {}, context.clock());
        context.primary(
                new Primary(
                        context.replication(),
                        context.dispatcher(),
                        context.config(),
                        context.owner(),
                        context.clock(),
                        (name, task) -> {},
                        snapshots,
                        new Nothing(),
                        () -> "e".repeat(40)));
    }

    private static final class Nothing implements Snapshooting {
        @Override
        public void writeHead(RdbOutput out, boolean withFunctions) {}

        @Override
        public boolean isBusy() {
            return false;
        }

        @Override
        public boolean isSaving() {
            return false;
        }

        @Override
        public boolean save(Consumer<SnapshotEnd> done) {
            return false;
        }

        @Override
        public void cancelSave() {}

        @Override
        public Path file() {
            return Path.of("/srv/dump.rdb");
        }

        @Override
        public boolean isFileTemporary() {
            return false;
        }
    }
}

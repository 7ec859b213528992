// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.persist;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.Shutdown;
import dev.sigrun.kernel.base.DaemonThreads;
import dev.sigrun.kernel.load.LoadHooks;
import dev.sigrun.kernel.load.Loads;
import dev.sigrun.kernel.persist.Persistence;
import dev.sigrun.kernel.persist.SaveHost;
import dev.sigrun.kernel.persist.aof.Aof;
import dev.sigrun.kernel.persist.aof.SystemDisk;
import dev.sigrun.kernel.snapshot.Snapshots;

/**
 * Gives a server in a test what saves and loads, though it has nothing to save, and a file that is
 * off.
 */
public final class IdlePersistence {
    private IdlePersistence() {}

    /** Adds it to what the commands reach. */
    public static void addTo(AdminContext context) {
        DaemonThreads background = new DaemonThreads();
        context.persistence(
                new Persistence(
                        context.config(),
                        context.store(),
                        context.clock(),
                        context.dispatcher().condition(),
                        new Loads(context.store(), context.owner(), background, context.clock()),
                        new Snapshots(
                                context.store(), context.owner(), background, context.clock()),
                        new SaveHost(
                                "9.1.2", () -> null, _ -> {}, () -> LoadHooks.NONE, () -> false)),
                new Shutdown(context, () -> context.actions().shutdown()));
        context.aof(
                new Aof(
                        context.config(),
                        context.owner(),
                        background,
                        context.clock(),
                        context.dispatcher(),
                        context.persistence().snapshots(),
                        context.persistence().loads(),
                        new SystemDisk(),
                        () -> null,
                        () -> 0,
                        () -> {}));
    }
}

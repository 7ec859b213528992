// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.DaemonThreads;
import dev.sigrun.kernel.base.ProcFiles;
import dev.sigrun.kernel.base.ProcessStatus;
import dev.sigrun.kernel.base.Sleeper;
import dev.sigrun.kernel.base.SystemSleeper;

/** The commands of this package, all together. Owner thread only. */
public final class ServerCommands {
    private final AdminContext context;
    private final Sleeper sleeper;
    private final Background background;
    private final ProcessStatus process;

    /** Commands that reach the real machine. */
    public ServerCommands(AdminContext context) {
        this(context, new SystemSleeper(), new DaemonThreads(), new ProcFiles());
    }

    /** Commands that reach the machine that a test brings. */
    public ServerCommands(
            AdminContext context, Sleeper sleeper, Background background, ProcessStatus process) {
        this.context = context;
        this.sleeper = sleeper;
        this.background = background;
        this.process = process;
    }

    /** Registers all of them. */
    public void register() {
        Declaring declaring = new Declaring(context.registry());
        new ConfigCommands(context).register(declaring);
        new DatabaseCommands(context).register(declaring);
        new ShutdownCommand(context).register(declaring);
        new ModuleCommands(context, background).register(declaring);
        new MemoryCommands(context, process).register(declaring);
        new ObjectCommands(context).register(declaring);
        new DebugCommand(context, sleeper).register(declaring);
        new ClusterCommands().register(declaring);
    }
}

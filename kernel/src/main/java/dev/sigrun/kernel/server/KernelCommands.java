// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.connection.ConnectionCommands;
import dev.sigrun.kernel.admin.info.InfoCommand;
import dev.sigrun.kernel.admin.introspect.IntrospectCommands;
import dev.sigrun.kernel.admin.migrate.MigrateCommand;
import dev.sigrun.kernel.admin.server.ServerCommands;
import dev.sigrun.kernel.admin.transaction.TransactionCommands;
import dev.sigrun.kernel.base.Links;

/** Registers the kernel's own commands. */
final class KernelCommands {
    private KernelCommands() {}

    static void register(AdminContext context, Links links) {
        new ConnectionCommands(context).register();
        new IntrospectCommands(context).register();
        new ServerCommands(context).register();
        new InfoCommand(context).register();
        new MigrateCommand(context, links).register();
        new TransactionCommands(context).register();
    }
}

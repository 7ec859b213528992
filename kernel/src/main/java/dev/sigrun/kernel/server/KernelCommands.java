// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.acl.AclCommandSet;
import dev.sigrun.kernel.admin.connection.ConnectionCommands;
import dev.sigrun.kernel.admin.info.InfoCommand;
import dev.sigrun.kernel.admin.introspect.IntrospectCommands;
import dev.sigrun.kernel.admin.measure.MeasureCommands;
import dev.sigrun.kernel.admin.messaging.MessagingCommands;
import dev.sigrun.kernel.admin.migrate.MigrateCommand;
import dev.sigrun.kernel.admin.persist.PersistCommands;
import dev.sigrun.kernel.admin.server.ServerCommands;
import dev.sigrun.kernel.admin.transaction.TransactionCommands;
import dev.sigrun.kernel.base.Links;
import dev.sigrun.kernel.config.ConfigFiles;
import dev.sigrun.kernel.script.EvalCommands;
import dev.sigrun.kernel.script.FunctionCommands;
import java.security.SecureRandom;

/** Registers the kernel's own commands. */
final class KernelCommands {
    private KernelCommands() {}

    /** Registers all; returns what writes the text of {@code INFO}. */
    static InfoCommand register(AdminContext context, Links links, ConfigFiles files) {
        new ConnectionCommands(context).register();
        new IntrospectCommands(context).register();
        new ServerCommands(context).register();
        InfoCommand info = new InfoCommand(context);
        info.register();
        new MeasureCommands(context).register();
        new MigrateCommand(context, links).register();
        new PersistCommands(context).register();
        new TransactionCommands(context).register();
        new EvalCommands(context.scripts()).register(context.registry());
        new FunctionCommands(context.scripts()).register(context.registry());
        new MessagingCommands(context).register();
        new AclCommandSet(context, files, new SecureRandom()).register();
        return info;
    }
}

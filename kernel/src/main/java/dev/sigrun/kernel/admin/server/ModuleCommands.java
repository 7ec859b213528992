// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.config.SecurityParameters;
import dev.sigrun.kernel.config.text.ByteText;
import dev.sigrun.kernel.plugin.PluginException;
import dev.sigrun.kernel.plugin.PluginInfo;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code MODULE}: shows, loads and unloads plugins. Owner thread only. */
final class ModuleCommands {
    private static final Logger LOG = LoggerFactory.getLogger(ModuleCommands.class);

    private static final CommandException MUST_WAIT =
            CommandException.of(
                    "A plugin has to be checked before it is loaded, which is not possible here");

    private final AdminContext context;
    private final Background background;

    ModuleCommands(AdminContext context, Background background) {
        this.context = context;
        this.background = background;
    }

    void register(Declaring declaring) {
        declaring
                .container("module")
                .add(
                        CommandSpec.command("list", 2)
                                .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT)
                                .tips("nondeterministic_output_order"),
                        this::list)
                .add(changing("load", -3), command -> load(command, false))
                .add(changing("loadex", -3), command -> load(command, true))
                .add(changing("unload", 3), this::unload)
                .help(
                        new String[0],
                        "LIST",
                        "    Show the plugins that are loaded.",
                        "LOAD <path> [<arg> ...]",
                        "    Load a plugin from a jar or zip file; it finds the arguments.",
                        "LOADEX <path> [CONFIG <name> <value> ...] [ARGS <arg> ...]",
                        "    The same, with values for the plugin's parameters.",
                        "UNLOAD <name>",
                        "    Take a plugin out of the server.");
    }

    private static CommandSpec.Builder changing(String name, int arity) {
        return CommandSpec.command(name, arity)
                .flags(CommandFlag.NO_ASYNC_LOADING, CommandFlag.ADMIN, CommandFlag.NOSCRIPT);
    }

    private void list(CommandContext command) {
        List<PluginInfo> plugins = context.plugins().list();
        ReplyWriter reply = command.reply();
        reply.array(plugins.size());
        for (PluginInfo plugin : plugins) {
            reply.map(4);
            reply.bulk("name");
            reply.bulk(plugin.name());
            reply.bulk("ver");
            reply.integer(plugin.number());
            reply.bulk("path");
            reply.bulk(plugin.path().toString());
            reply.bulk("args");
            reply.array(plugin.arguments().size());
            plugin.arguments().forEach(argument -> reply.bulk(ByteText.toBytes(argument)));
        }
    }

    private void requireAllowed(CommandContext command) throws CommandException {
        Errors.requireAllowed(context, command, SecurityParameters.ENABLE_MODULE_COMMAND, "MODULE");
    }

    private void load(CommandContext command, boolean extended) throws CommandException {
        requireAllowed(command);
        if (!command.mayBlock()) {
            throw MUST_WAIT;
        }
        LoadRequest request =
                extended ? LoadRequest.extended(command.args()) : LoadRequest.plain(command.args());
        new PluginLoad(context, ((Execution) command).session(), request).begin(background);
    }

    private void unload(CommandContext command) throws CommandException {
        requireAllowed(command);
        try {
            context.plugins().unload(ByteText.toPeople(command.args().bytes(2).text()));
        } catch (PluginException e) {
            LOG.warn("{}", e.logText());
            throw Errors.whole(e.wireText());
        }
        command.reply().ok();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.config.text.ByteText;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code MODULE LOAD} and {@code MODULE LOADEX} ask for. Immutable.
 *
 * @param arguments what the plugin finds as its arguments
 * @param configs values of its parameters, by full name
 */
record LoadRequest(Path file, List<String> arguments, Map<String, String> configs) {
    static final CommandException FAILED =
            CommandException.of("Error loading the extension. Please check the server logs.");

    private static final Logger LOG = LoggerFactory.getLogger(LoadRequest.class);

    static LoadRequest plain(Args args) throws CommandException {
        return new LoadRequest(file(args), ConfigCommands.texts(args, 3), Map.of());
    }

    static LoadRequest extended(Args args) throws CommandException {
        Map<String, String> configs = new LinkedHashMap<>();
        int at = 3;
        while (at < args.count() && args.is(at, "config")) {
            if (at + 2 >= args.count()) {
                throw refused("CONFIG needs a name and a value");
            }
            configs.put(args.bytes(at + 1).text(), args.bytes(at + 2).text());
            at += 3;
        }
        if (at == args.count()) {
            return new LoadRequest(file(args), List.of(), configs);
        }
        if (!args.is(at, "args")) {
            throw refused("'" + args.bytes(at).text() + "' is neither CONFIG nor ARGS");
        }
        return new LoadRequest(file(args), ConfigCommands.texts(args, at + 1), configs);
    }

    private static Path file(Args args) throws CommandException {
        String name = ByteText.toPeople(args.bytes(2).text());
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw refused("'" + name + "' cannot be the name of a file");
        }
    }

    private static CommandException refused(String why) {
        LOG.warn("A plugin was not loaded: {}", why);
        return FAILED;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import static dev.sigrun.spi.command.CommandFlag.ALLOW_BUSY;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;

import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;

/** CLIENT SETNAME, GETNAME and SETINFO: what clients call themselves. Owner thread only. */
final class ClientNames {
    private static final String[] TO_ALL_NODES = {
        "request_policy:all_nodes", "response_policy:all_succeeded"
    };
    private static final CommandException BAD_NAME =
            CommandException.of(
                    "Client names cannot contain spaces, newlines or special characters.");

    private ClientNames() {}

    static void register(Registry registry, Command client) {
        Specs.addTo(
                registry,
                client,
                Specs.client("setname", 3, ALLOW_BUSY, NOSCRIPT).tips(TO_ALL_NODES),
                ClientNames::setName);
        Specs.addTo(
                registry,
                client,
                Specs.client("getname", 2, ALLOW_BUSY, NOSCRIPT),
                ClientNames::getName);
        Specs.addTo(
                registry,
                client,
                Specs.client("setinfo", 4, ALLOW_BUSY, NOSCRIPT).tips(TO_ALL_NODES),
                ClientNames::setInfo);
    }

    /** The argument as a client's name, which may be empty. */
    static String name(Bytes argument) throws CommandException {
        if (!isPrintable(argument)) {
            throw BAD_NAME;
        }
        return argument.text();
    }

    /** A blank in a name would break the lines of {@code CLIENT LIST} apart. */
    private static boolean isPrintable(Bytes text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.byteAt(i) < '!' || text.byteAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static void setName(Execution execution) throws CommandException {
        execution.session().name(name(execution.args().bytes(2)));
        execution.reply().ok();
    }

    private static void getName(Execution execution) {
        String name = execution.session().name();
        if (name.isEmpty()) {
            execution.reply().nil();
        } else {
            execution.reply().bulk(name);
        }
    }

    private static void setInfo(Execution execution) throws CommandException {
        String option = execution.args().bytes(2).text();
        boolean isName = execution.args().is(2, "lib-name");
        if (!isName && !execution.args().is(2, "lib-ver")) {
            throw Arguments.error("Unrecognized option '", option, "'");
        }
        Bytes value = execution.args().bytes(3);
        if (!isPrintable(value)) {
            throw Arguments.error(
                    "", option, " cannot contain spaces, newlines or special characters.");
        }
        if (isName) {
            execution.session().libName(value.text());
        } else {
            execution.session().libVersion(value.text());
        }
        execution.reply().ok();
    }
}

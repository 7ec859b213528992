// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import static dev.sigrun.spi.command.CommandFlag.ADMIN;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;

import dev.sigrun.kernel.acl.Users;
import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.command.Sessions;
import dev.sigrun.spi.command.CommandException;
import java.util.List;

/**
 * CLIENT KILL. With a single argument, which is an address, it may hit the client itself and says
 * whether it hit anybody; otherwise it spares the client unless told not to, and counts. Owner
 * thread only.
 */
final class ClientKill {
    private static final CommandException NO_SUCH_CLIENT = CommandException.of("No such client");
    private static final int ARGUMENTS_OF_OLD_FORM = 3;

    private final Sessions sessions;
    private final Users users;

    ClientKill(AdminContext admin) {
        this.sessions = admin.sessions();
        this.users = admin.access().users();
    }

    void register(Registry registry, Command client) {
        Specs.addTo(registry, client, Specs.client("kill", -3, ADMIN, NOSCRIPT), this::kill);
    }

    private void kill(Execution execution) throws CommandException {
        boolean byAddress = execution.args().count() == ARGUMENTS_OF_OLD_FORM;
        ClientFilter filter = new ClientFilter(execution.session(), !byAddress);
        if (byAddress) {
            String address = execution.args().bytes(2).text();
            filter.require("addr", one -> one.transport().remoteAddress().equals(address));
        } else {
            ClientListing.parse(execution, filter, users);
        }
        List<Session> doomed = filter.select(sessions.all());
        if (byAddress && doomed.isEmpty()) {
            throw NO_SUCH_CLIENT;
        }
        for (Session session : doomed) {
            if (session == execution.session()) {
                session.closeAfterReply();
            } else {
                sessions.kill(session);
            }
        }
        if (byAddress) {
            execution.reply().ok();
        } else {
            execution.reply().integer(doomed.size());
        }
    }
}

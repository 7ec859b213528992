// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Registry;

/** The way into this package: registers its commands. Owner thread only. */
public final class ConnectionCommands {
    private final AdminContext admin;

    /** For the commands of one server. */
    public ConnectionCommands(AdminContext admin) {
        this.admin = admin;
    }

    /** Registers the commands. */
    public void register() {
        Registry registry = admin.registry();
        Authentication authentication = new Authentication(admin);
        authentication.register(registry);
        admin.dispatcher()
                .gate()
                .clientInfo(session -> ClientListing.line(session, admin.clock().unixMillis()));
        new HelloCommand(admin, authentication).register(registry);
        new BasicCommands(admin.dispatcher(), authentication).register(registry);
        new WaitCommands(admin).register(registry);
        new StateCommands(admin).register(registry);
        new LolwutCommand(admin.config()).register(registry);
        registerClient(registry);
        admin.sessions()
                .describer(session -> ClientListing.line(session, admin.store().nowMillis()));
    }

    private void registerClient(Registry registry) {
        Command client = registry.add(Registry.KERNEL, Specs.spec("client", -2).build(), null);
        ClientNames.register(registry, client);
        new ClientListing(admin).register(registry, client);
        new ClientKill(admin).register(registry, client);
        ClientSwitches.register(registry, client);
        new ClientWaits(admin).register(registry, client);
        ClientHelp.register(registry, client);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.acl;

import static dev.sigrun.spi.command.CommandFlag.ADMIN;
import static dev.sigrun.spi.command.CommandFlag.LOADING;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;
import static dev.sigrun.spi.command.CommandFlag.STALE;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.config.ConfigFiles;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import java.util.random.RandomGenerator;

/** The way into this package: registers ACL. Owner thread only. */
public final class AclCommandSet {
    private static final String DOCS = "dev/sigrun/kernel/command/acl.json";

    private final AdminContext admin;
    private final ConfigFiles files;
    private final RandomGenerator random;

    /**
     * For the users of one server.
     *
     * @param files where the file of users is
     * @param random what nobody can guess, for passwords
     */
    public AclCommandSet(AdminContext admin, ConfigFiles files, RandomGenerator random) {
        this.admin = admin;
        this.files = files;
        this.random = random;
    }

    /** A handler that uses what only the kernel's own commands have. */
    @FunctionalInterface
    interface Handler {
        void handle(Execution execution) throws CommandException;

        /** As the table wants it. */
        default CommandHandler plain() {
            return context -> handle((Execution) context);
        }
    }

    /** Registers the command. */
    public void register() {
        Registry registry = admin.registry();
        CommandSpec container = CommandSpec.command("acl", -2).docs(DOCS).build();
        Command acl = registry.add(Registry.KERNEL, container, null);
        UserSessions sessions = new UserSessions(admin);
        admin.access().users().channelLoss(sessions);
        new UserCommands(admin, sessions).register(registry, acl);
        new FileCommands(admin, files, sessions).register(registry, acl);
        new TrialCommands(admin, random).register(registry, acl);
        new AclLogCommand(admin).register(registry, acl);
    }

    /** Begins the description of a sub-command that anybody may use. */
    static CommandSpec.Builder open(String name, int arity) {
        return CommandSpec.command(name, arity).flags(NOSCRIPT, LOADING, STALE).docs(DOCS);
    }

    /** Begins the description of a sub-command for administrators. */
    static CommandSpec.Builder admin(String name, int arity) {
        return open(name, arity).flags(ADMIN);
    }

    /** The same for one that has to be given to every server of a cluster. */
    static CommandSpec.Builder everywhere(String name, int arity) {
        return admin(name, arity).tips("request_policy:all_nodes", "response_policy:all_succeeded");
    }

    /** Begins the description of the sub-command that explains the others. */
    static CommandSpec.Builder help() {
        return CommandSpec.command("help", 2).flags(LOADING, STALE).docs(DOCS);
    }

    static void add(Registry registry, Command acl, CommandSpec.Builder spec, Handler handler) {
        registry.addSubcommand(Registry.KERNEL, acl, spec.build(), handler.plain());
    }
}

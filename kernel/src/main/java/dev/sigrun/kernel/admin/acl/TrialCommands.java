// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.acl;

import dev.sigrun.kernel.acl.AccessControl;
import dev.sigrun.kernel.acl.Denial;
import dev.sigrun.kernel.acl.User;
import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.introspect.ArgsBehind;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.CommandErrors;
import dev.sigrun.kernel.command.CommandTable;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** ACL CAT, DRYRUN, GENPASS and HELP: what helps to write rules. Owner thread only. */
final class TrialCommands {
    private static final int COMMAND = 3;
    private static final int SHOWN_CHARACTERS_MAX = 128;
    private static final int PASSWORD_BITS = 256;
    private static final int PASSWORD_BITS_MAX = 4096;
    private static final CommandException BAD_BITS =
            CommandException.of(
                    "ACL GENPASS argument must be the number of bits for the output password, a"
                            + " positive number up to "
                            + PASSWORD_BITS_MAX);
    private static final List<String> HELP =
            List.of(
                    "ACL <subcommand> [<argument> ...], where the subcommand is one of:",
                    "CAT [<category>]",
                    "    The categories of commands, or the commands of one.",
                    "DELUSER <user> [<user> ...]",
                    "    Remove users and close their connections.",
                    "DRYRUN <user> <command> [<argument> ...]",
                    "    Say whether the user might run the command, which is not run.",
                    "GENPASS [<bits>]",
                    "    A password that nobody can guess, of 256 bits or as many as given.",
                    "GETUSER <user>",
                    "    The rules and the hashes of the passwords of a user.",
                    "LIST",
                    "    All users as lines of a file.",
                    "LOAD",
                    "    Replace all users by those in the file that aclfile names.",
                    "LOG [<count>|RESET]",
                    "    What was refused lately, or forget that.",
                    "SAVE",
                    "    Write all users into the file that aclfile names.",
                    "SETUSER <user> [<rule> ...]",
                    "    Make a user or change one; see docs/access-control.md for the rules.",
                    "USERS",
                    "    The names of all users.",
                    "WHOAMI",
                    "    The user of this connection.",
                    "HELP",
                    "    This text.");

    private final AdminContext admin;
    private final RandomGenerator random;

    TrialCommands(AdminContext admin, RandomGenerator random) {
        this.admin = admin;
        this.random = random;
    }

    void register(Registry registry, Command acl) {
        AclCommandSet.add(registry, acl, AclCommandSet.open("cat", -2), this::cat);
        AclCommandSet.add(registry, acl, AclCommandSet.admin("dryrun", -4), this::dryRun);
        AclCommandSet.add(registry, acl, AclCommandSet.open("genpass", -2), this::genPass);
        AclCommandSet.add(
                registry,
                acl,
                AclCommandSet.help(),
                execution -> {
                    execution.reply().array(HELP.size());
                    HELP.forEach(execution.reply()::simple);
                });
    }

    private void cat(Execution execution) throws CommandException {
        Registry registry = admin.registry();
        if (execution.args().count() == 2) {
            execution.reply().array(registry.categories().size());
            registry.categories().forEach(execution.reply()::bulk);
            return;
        }
        onlyArguments(execution, COMMAND);
        String wanted = execution.args().bytes(2).text();
        String category = wanted.toLowerCase(Locale.ROOT);
        if (!registry.categories().contains(category)) {
            throw CommandException.of("Unknown category '" + shown(wanted) + "'");
        }
        long mark = execution.reply().deferredArray();
        execution.reply().closeArray(mark, cat(execution, registry.table(), category));
    }

    private static int cat(Execution execution, CommandTable table, String category) {
        int count = 0;
        for (Command command : table.all()) {
            if (command.categories().contains(category)) {
                execution.reply().bulk(command.fullName());
                count++;
            }
            count += cat(execution, command.subcommands(), category);
        }
        return count;
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(text.length(), SHOWN_CHARACTERS_MAX));
    }

    static void onlyArguments(Execution execution, int most) throws CommandException {
        if (execution.args().count() > most) {
            throw CommandException.of(
                    "unknown subcommand or wrong number of arguments for '"
                            + shown(execution.args().bytes(1).text())
                            + "'. Try ACL HELP.");
        }
    }

    private void dryRun(Execution execution) throws CommandException {
        Args args = execution.args();
        User user = admin.access().users().find(args.bytes(2).text());
        if (user == null) {
            throw CommandException.of("User '" + args.bytes(2).text() + "' not found");
        }
        Args tried = new ArgsBehind(args, COMMAND);
        Command command = named(tried);
        if (command == null) {
            throw CommandException.of("Command '" + tried.bytes(0).text() + "' not found");
        }
        if (!command.acceptsCount(tried.count())) {
            throw CommandErrors.wrongCount(command);
        }
        AccessControl access = admin.access();
        Denial denial =
                access.check(user, command.access(), tried, execution.session().aclDatabase());
        if (denial == null) {
            execution.reply().ok();
            return;
        }
        String object = tried.bytes(access.position()).text();
        String message = AccessControl.message(denial, user, command.access(), object);
        execution.reply().bulk(message.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What a whole command names; null when there is no such command or sub-command. */
    private Command named(Args tried) {
        Bytes name = tried.bytes(0);
        Command command = admin.registry().table().find(name.address(), name.length());
        if (command == null || command.subcommands().size() == 0 || tried.count() == 1) {
            return command;
        }
        Bytes part = tried.bytes(1);
        return command.subcommands().find(part.address(), part.length());
    }

    private void genPass(Execution execution) throws CommandException {
        onlyArguments(execution, COMMAND);
        long bits = PASSWORD_BITS;
        if (execution.args().count() == COMMAND) {
            bits = execution.args().longAt(2);
        }
        if (bits <= 0 || bits > PASSWORD_BITS_MAX) {
            throw BAD_BITS;
        }
        int digits = (int) (bits + 3) / 4;
        byte[] bytes = new byte[(digits + 1) / 2];
        random.nextBytes(bytes);
        execution.reply().bulk(HexFormat.of().formatHex(bytes).substring(0, digits));
    }
}

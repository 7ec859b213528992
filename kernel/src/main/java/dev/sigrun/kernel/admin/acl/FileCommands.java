// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.acl;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.config.ConfigFiles;
import dev.sigrun.spi.command.CommandException;

/** ACL LOAD and SAVE. Owner thread only. */
final class FileCommands {
    private static final CommandException NO_FILE =
            CommandException.of(
                    "This instance is not configured to use an ACL file. You may want to specify"
                            + " users via the ACL SETUSER command and then issue a CONFIG REWRITE"
                            + " (assuming you have a configuration file set) in order to store"
                            + " users in the configuration.");
    private static final CommandException NOT_SAVED =
            CommandException.of(
                    "There was an error trying to save the ACLs. Please check the server logs for"
                            + " more information");

    private final UserFile file;
    private final UserSessions sessions;

    FileCommands(AdminContext admin, ConfigFiles files, UserSessions sessions) {
        this.file = new UserFile(admin, files);
        this.sessions = sessions;
    }

    void register(Registry registry, Command acl) {
        AclCommandSet.add(registry, acl, AclCommandSet.admin("load", 2), this::load);
        AclCommandSet.add(registry, acl, AclCommandSet.everywhere("save", 2), this::save);
    }

    private void load(Execution execution) throws CommandException {
        if (!file.isConfigured()) {
            throw NO_FILE;
        }
        sessions.asking(execution.session());
        String complaint = file.load(sessions::end);
        if (complaint != null) {
            throw CommandException.of(complaint);
        }
        execution.reply().ok();
    }

    private void save(Execution execution) throws CommandException {
        if (!file.isConfigured()) {
            throw NO_FILE;
        }
        if (!file.save()) {
            throw NOT_SAVED;
        }
        execution.reply().ok();
    }
}

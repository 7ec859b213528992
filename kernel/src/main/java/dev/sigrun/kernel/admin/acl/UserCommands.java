// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.acl;

import dev.sigrun.kernel.acl.User;
import dev.sigrun.kernel.acl.Users;
import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.ArrayList;
import java.util.List;

/** ACL SETUSER, DELUSER, GETUSER, LIST, USERS and WHOAMI. Owner thread only. */
final class UserCommands {
    private static final CommandException BAD_NAME =
            CommandException.of("Usernames can't contain spaces or null characters");
    private static final CommandException NOT_THE_DEFAULT_USER =
            CommandException.of("The 'default' user cannot be removed");

    private final Users users;
    private final UserSessions sessions;

    UserCommands(AdminContext admin, UserSessions sessions) {
        this.users = admin.access().users();
        this.sessions = sessions;
    }

    void register(Registry registry, Command acl) {
        AclCommandSet.add(registry, acl, AclCommandSet.everywhere("setuser", -3), this::setUser);
        AclCommandSet.add(registry, acl, AclCommandSet.everywhere("deluser", -3), this::delUser);
        AclCommandSet.add(registry, acl, AclCommandSet.admin("getuser", 3), this::getUser);
        AclCommandSet.add(registry, acl, AclCommandSet.admin("list", 2), this::list);
        AclCommandSet.add(registry, acl, AclCommandSet.admin("users", 2), this::users);
        AclCommandSet.add(registry, acl, AclCommandSet.open("whoami", 2), UserCommands::whoAmI);
    }

    private void setUser(Execution execution) throws CommandException {
        Args args = execution.args();
        String name = args.bytes(2).text();
        if (!User.isName(name)) {
            throw BAD_NAME;
        }
        List<String> rules = new ArrayList<>(args.count() - 3);
        for (int i = 3; i < args.count(); i++) {
            rules.add(args.bytes(i).text());
        }
        sessions.asking(execution.session());
        String complaint = users.set(name, rules);
        if (complaint != null) {
            throw CommandException.of(complaint);
        }
        execution.reply().ok();
    }

    private void delUser(Execution execution) throws CommandException {
        Args args = execution.args();
        for (int i = 2; i < args.count(); i++) {
            if (args.bytes(i).text().equals(User.DEFAULT_NAME)) {
                throw NOT_THE_DEFAULT_USER;
            }
        }
        sessions.asking(execution.session());
        int removed = 0;
        for (int i = 2; i < args.count(); i++) {
            User user = users.remove(args.bytes(i).text());
            if (user != null) {
                sessions.end(user);
                removed++;
            }
        }
        execution.reply().integer(removed);
    }

    private void getUser(Execution execution) {
        ReplyWriter reply = execution.reply();
        User user = users.find(execution.args().bytes(2).text());
        if (user == null) {
            reply.nil();
            return;
        }
        reply.map(7);
        reply.bulk("flags");
        reply.set(user.flags().size());
        user.flags().forEach(reply::bulk);
        reply.bulk("passwords");
        reply.array(user.passwords().size());
        user.passwords().forEach(reply::bulk);
        selector(reply, user, 0);
        reply.bulk("selectors");
        reply.array(user.selectorCount() - 1);
        for (int i = 1; i < user.selectorCount(); i++) {
            reply.map(4);
            selector(reply, user, i);
        }
    }

    private static void selector(ReplyWriter reply, User user, int index) {
        List<String> rules = user.describeSelector(index);
        reply.bulk("commands");
        text(reply, rules.get(0));
        reply.bulk("keys");
        text(reply, rules.get(1));
        reply.bulk("channels");
        text(reply, rules.get(2));
        reply.bulk("databases");
        text(reply, rules.get(3));
    }

    private void list(Execution execution) {
        execution.reply().array(users.all().size());
        users.all().forEach(user -> text(execution.reply(), user.line()));
    }

    private void users(Execution execution) {
        execution.reply().array(users.all().size());
        users.all().forEach(user -> text(execution.reply(), user.name()));
    }

    private static void whoAmI(Execution execution) {
        text(execution.reply(), execution.session().user().name());
    }

    /** Replies with a text of one character a byte. */
    private static void text(ReplyWriter reply, String text) {
        reply.bulk(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
